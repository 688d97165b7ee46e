"""What is read from each file on its own, in whichever process."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass

from estimator_heads.migration.names_used import Use, names_used
from estimator_heads.migration.sources import Problem, read_source
from estimator_heads.runner.module_parts import Part, Place, parts_of
from estimator_heads.runner.own_modules import imported_names

_MAY_USE_ROOTS = re.compile("tensorflow|keras")
_TESTS = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")


@dataclass(frozen=True)
class FileReading:
    """What is in a file.

    Attributes:
        path: As it is shown.
        real_path: Where it is, through all links.
        module: The dotted name that it has in its top-level package; a script has its stem.
        folder: The folder of its top-level package, or its own.
        uses: Of names of TensorFlow and Keras.
        problems: Why it cannot be checked, or not all of it.
        cells: As of `Source`.
        imports: The names of the modules that it may import.
        has_main: Whether it does something only when it is run as a program.
        parts: The `Part`s of it as an imported module; None if it is not parsed.
        main_parts: Those of it as a program.
    """

    path: str
    real_path: str
    module: str
    folder: str
    uses: tuple[Use, ...] = ()
    problems: tuple[Problem, ...] = ()
    cells: tuple[tuple[int, int], ...] | None = None
    imports: frozenset[str] = frozenset()
    has_main: bool = False
    parts: list[Part] | None = None
    main_parts: list[Part] | None = None

    @property
    def is_notebook(self) -> bool:
        return self.path.endswith(".ipynb")

    @property
    def is_test(self) -> bool:
        return bool(_TESTS.fullmatch(os.path.basename(self.path)))

    @property
    def is_in_package(self) -> bool:
        return os.path.dirname(self.real_path) != self.folder

    @property
    def is_parsed(self) -> bool:
        """Whether its source is known; of a notebook, that of the cells that are right."""
        return self.cells is not None or not self.problems

    @property
    def package(self) -> str:
        """The name of its package, for relative imports."""
        is_package = os.path.basename(self.real_path) == "__init__.py"
        return self.module if is_package else self.module.rpartition(".")[0]


def read_file(path: str) -> FileReading:
    """The `FileReading` of a file."""
    real_path = os.path.realpath(path)
    module, folder = _module(real_path)
    source = read_source(path)
    reading = FileReading(path, real_path, module, folder, problems=tuple(source.problems))
    if source.tree is None:
        return reading
    has_main = any(map(_asks_for_main, source.tree.body))
    places: dict[int, Place] = {}
    main_parts = parts_of(source.tree, is_main=True, places=places)
    parts = parts_of(source.tree, is_main=False) if has_main else main_parts
    may_use = _MAY_USE_ROOTS.search(source.text)
    return FileReading(
        path,
        real_path,
        module,
        folder,
        uses=tuple(names_used(source.tree, source.text, places)) if may_use else (),
        problems=tuple(source.problems),
        cells=None if source.cells is None else tuple(source.cells),
        imports=frozenset(imported_names(source.tree, reading.package)),
        has_main=has_main,
        parts=parts,
        main_parts=main_parts,
    )


def _module(real_path: str) -> tuple[str, str]:
    """The dotted name of a module in its top-level package, and the folder that this is in."""
    folder, name = os.path.split(real_path)
    stem = os.path.splitext(name)[0]
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    return ".".join(parts), folder


def _asks_for_main(statement: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    if not isinstance(statement, ast.If):
        return False
    constants = [node for node in ast.walk(statement.test) if isinstance(node, ast.Constant)]
    return any(constant.value == "__main__" for constant in constants)
