"""What was found in a code base, and what that means for each program in it."""

from __future__ import annotations

from dataclasses import dataclass

from estimator_heads.migration.rules import Level
from estimator_heads.migration.units import Reached, Unit, UnitKind


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands.

    Attributes:
        path: The file.
        cell: Of a notebook, the number of the cell; otherwise 0.
        line: In the file or cell, from 1; 0 for the whole file.
        column: From 1.
        end_line, end_column: Behind its last character.
    """

    path: str
    cell: int = 0
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        parts = [self.path, f"cell {self.cell}" if self.cell else "", self.line or ""]
        return ":".join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Finding:
    """One thing in one place.

    Attributes:
        place: A `Place`.
        rule: One of `RULES`.
        level: A `Level`.
        name: What was found, as programs write it; empty if it is the file itself.
        message: What is said of it, to follow the name.
        at_import: Whether the file cannot be imported, or started, without it.
    """

    place: Place
    rule: str
    level: Level
    name: str
    message: str
    at_import: bool

    @property
    def text(self) -> str:
        """The name and what is said of it."""
        return f"`{self.name}` {self.message}" if self.name else self.message


@dataclass(frozen=True)
class Verdict:
    """What becomes of one unit.

    Attributes:
        unit: A `Unit`.
        reached: What it reaches.
        needs_keras2: Whether TF_USE_LEGACY_KERAS=1 has to be set.
        stops: The `Finding`s that stop it, in code that it may run; those at its start first.
    """

    unit: Unit
    reached: Reached
    needs_keras2: bool
    stops: tuple[Finding, ...]

    @property
    def runs(self) -> bool:
        """Whether nothing stops it."""
        return not self.stops

    @property
    def starts(self) -> bool:
        """Whether what stops it, if anything, is in functions that it may never call."""
        return not any(finding.at_import for finding in self.stops)

    @property
    def command(self) -> str:
        """How it is run unedited."""
        name, kind = _shown(self.unit.name), self.unit.kind
        tf1 = "--tf1 " if self.reached.needs_tf1 else ""
        if kind is UnitKind.NOTEBOOK:
            command = "%load_ext estimator_heads"
            command += f", then %estimator_heads {tf1.strip()}" if tf1 else ""
        elif kind is UnitKind.TESTS:
            command = f"pytest -p estimator_heads.pytest_plugin {tf1}{name}"
        elif kind is UnitKind.SCRIPT:
            command = f"estimator-heads run {tf1}{name}"
        elif kind is UnitKind.MODULE:
            command = f"estimator-heads run {tf1}-m {name}"
        else:
            is_package = kind is UnitKind.PACKAGE and self.reached.sees_tf1
            package = f"--tf1-package {name} " if is_package else ""
            command = f"estimator-heads run {package}PROGRAM"
        return f"TF_USE_LEGACY_KERAS=1 {command}" if self.needs_keras2 else command


def _shown(path: str) -> str:
    return f'"{path}"' if " " in path else path


@dataclass(frozen=True)
class Report:
    """The whole.

    Attributes:
        files: How many files were read.
        findings: All `Finding`s, sorted by their places.
        verdicts: The `Verdict` of each unit that uses anything that was found.
    """

    files: int
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def runs(self) -> bool:
        """Whether nothing stops any of it."""
        return all(verdict.runs for verdict in self.verdicts)

    def count(self, level: Level) -> int:
        return sum(finding.level is level for finding in self.findings)
