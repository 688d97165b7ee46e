"""What a code base is made of: programs, notebooks, tests and packages, and what each reaches."""

from __future__ import annotations

import dataclasses
import enum
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from estimator_heads.migration.files import relative
from estimator_heads.migration.reading import FileReading
from estimator_heads.runner.declared import declarations
from estimator_heads.runner.evidence import Evidence, Kind, decide
from estimator_heads.runner.module_parts import Part
from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.reach import Reach


class UnitKind(enum.Enum):
    """The ways in which code is started."""

    SCRIPT = "script"
    MODULE = "module"
    NOTEBOOK = "notebook"
    TESTS = "tests"
    PACKAGE = "package"
    FILE = "file"


@dataclass(frozen=True)
class Unit:
    """Something that is started, or imported by what is.

    Attributes:
        kind: A `UnitKind`.
        name: Its path; the name of a module or package.
        files: (real path, package) of those that it starts with.
        folders: Where its own modules stand.
    """

    kind: UnitKind
    name: str
    files: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """What a unit reaches, and what the runner takes it for.

    Attributes:
        files: The real paths of its modules.
        running: Of each part that runs, the file and the line; None if all do.
        is_tf1: Whether the runner takes it for TF1 source.
        needs_tf1: Whether it is to be told so, as its source leaves it in doubt.
        decision: The runner's words, or empty if it has none.
    """

    files: frozenset[str]
    running: frozenset[tuple[str, int]] | None
    is_tf1: bool
    needs_tf1: bool
    decision: str

    @property
    def sees_tf1(self) -> bool:
        return self.is_tf1 or self.needs_tf1

    def runs(self, file: str, line: int) -> bool:
        """Whether the part that starts in a line of a file is taken to run."""
        return self.running is None or (file, line) in self.running


def find_units(readings: Iterable[FileReading]) -> list[Unit]:
    """The units that files belong to.

    A test file is one by its name. A script is what asks whether it is run as a program, or stands
    in no package and is imported by none of the others.

    Args:
        readings: The `FileReading`s of all files.

    Returns:
        A list of `Unit`.
    """
    parsed = [reading for reading in readings if reading.is_parsed]
    tests = [reading for reading in parsed if reading.is_test and not reading.is_notebook]
    others = [reading for reading in parsed if not reading.is_test or reading.is_notebook]
    imported = {name for reading in parsed for name in reading.imports}
    imported |= {name.rpartition(".")[2] for name in imported}
    units = [_start(reading) for reading in others if _is_started(reading, imported)]
    packages: dict[tuple[str, str], list[FileReading]] = {}
    for reading in others:
        if reading.is_in_package and not reading.is_notebook:
            top = reading.module.partition(".")[0]
            packages.setdefault((reading.folder, top), []).append(reading)
    for (folder, top), members in packages.items():
        units.append(Unit(UnitKind.PACKAGE, top, _files(_entrances(members)), (folder,)))
    if tests:
        folders = tuple(dict.fromkeys(reading.folder for reading in tests))
        above = os.path.commonpath([os.path.dirname(reading.real_path) for reading in tests])
        units.append(Unit(UnitKind.TESTS, relative(above), _files(tests), folders))
    return units


class Follower:
    """Follows the imports of units, as the runner does, and asks the runner what they are.

    Args:
        read: A function from the real path of a file to its `FileReading`.
    """

    def __init__(self, read: Callable[[str], FileReading]) -> None:
        self._read = read
        # From folders to their modules, and to what they declare: many units share them.
        self._own: dict[tuple[str, ...], _OwnModules] = {}
        self._declared: dict[str, list[Evidence]] = {}

    def __call__(self, unit: Unit) -> Reached:
        """The `Reached` of a unit."""
        is_library = unit.kind is UnitKind.PACKAGE
        own = self._own.setdefault(unit.folders, _OwnModules(unit.folders))
        parts_in = self._all_parts if is_library else self._parts
        folder = unit.folders[0]
        if folder not in self._declared:
            self._declared[folder] = declarations(folder)
        walk = Reach(own, self._declared[folder], parts_in)
        for file, package in unit.files:
            parts = self._all_parts(file) if is_library else self._read(file).main_parts
            walk.add_parts(parts or (), file, package)
        return _reached(walk, is_library)

    def _parts(self, file: str | Path) -> list[Part] | None:
        return self._read(str(file)).parts

    def _all_parts(self, file: str | Path) -> list[Part] | None:
        """Anybody may use any part of a library."""
        parts = self._read(str(file)).parts
        return parts and [dataclasses.replace(part, runs=True) for part in parts]


def _reached(walk: Reach, is_library: bool) -> Reached:
    evidence = walk.evidence()
    decision = decide(evidence)
    # tf.contrib is served in TensorFlow 2 too.
    is_doubtful = any(item.name != "tf.contrib" for item in decision.against)
    is_doubtful = is_doubtful and not any(map(_is_of_tf2, evidence))
    is_said = decision.is_tf1 or decision.against
    return Reached(
        files=frozenset(walk.files),
        running=None if is_library else frozenset(walk.running),
        is_tf1=decision.is_tf1,
        needs_tf1=not decision.is_tf1 and is_doubtful,
        decision=str(decision).rpartition("; ")[0] if is_said else "",
    )


def _is_of_tf2(evidence: Evidence) -> bool:
    """Whether a program could not be TF1 source, whatever else it has."""
    if evidence.kind is Kind.KNOWS_TF2:
        return not evidence.name.startswith("tf.compat.v1")
    return evidence.kind is Kind.TF2_NAME


def _is_started(reading: FileReading, imported: set[str]) -> bool:
    if reading.is_notebook or reading.has_main:
        return True
    name = reading.module.rpartition(".")[2]
    if reading.is_in_package:
        return name == "__main__"
    return name not in imported


def _entrances(members: list[FileReading]) -> list[FileReading]:
    """The modules of a package that the others are reached from.

    They are those that none of the others imports, and one of each circle that is left. A module
    that others import is reached from there, if not only for another version.
    """
    modules = {reading.module: reading for reading in members}
    imported = {name for reading in members for name in reading.imports}
    entrances = [name for name in modules if name not in imported or name == modules[name].package]
    waiting, seen = list(entrances), set()
    for name in [None, *sorted(modules)]:
        if name is not None and name not in seen:
            entrances.append(name)
            waiting.append(name)
        while waiting:
            if (reached := waiting.pop()) not in seen:
                seen.add(reached)
                waiting += modules[reached].imports & modules.keys()
    return [modules[name] for name in entrances]


def _start(reading: FileReading) -> Unit:
    """The unit of a file that is run by itself."""
    own_folder = os.path.dirname(reading.real_path)
    if reading.is_notebook:
        return Unit(UnitKind.NOTEBOOK, reading.path, _files([reading]), (own_folder,))
    if not reading.is_in_package:
        return Unit(UnitKind.SCRIPT, reading.path, _files([reading]), (own_folder,))
    if _imports_neighbours(reading, own_folder):
        folders = (own_folder, reading.folder)
        return Unit(UnitKind.SCRIPT, reading.path, _files([reading]), folders)
    name = reading.module.removesuffix(".__main__")
    return Unit(UnitKind.MODULE, name, _files([reading]), (reading.folder,))


def _imports_neighbours(reading: FileReading, folder: str) -> bool:
    """Whether a module of a package imports others as Python lets it if it is run as a script."""
    tops = {name.partition(".")[0] for name in reading.imports}
    return any(os.path.isfile(os.path.join(folder, f"{top}.py")) for top in tops)


def _files(readings: Iterable[FileReading]) -> tuple[tuple[str, str], ...]:
    return tuple((reading.real_path, reading.package) for reading in readings)


class _OwnModules(OwnModules):
    """As the runner's; remembers where modules are."""

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(folders)
        self._files: dict[str, Path | None] = {}

    def file_of(self, name: str) -> Path | None:
        if name not in self._files:
            self._files[name] = super().file_of(name)
        return self._files[name]
