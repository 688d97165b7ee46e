"""Which variables of its modules a code base takes from elsewhere than where they are bound."""

from __future__ import annotations

import ast
import functools
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence

from estimator_heads.migration.sources import read_source


class Exports:
    """The variables that files take from modules.

    Modules are told apart by the last part of their names only: rather too many variables than too
    few.

    Args:
        paths: Those of the files that may take some.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths

    @functools.cached_property
    def _names(self) -> dict[str, set[str]]:
        """From modules to the names taken from them; read when an edit first asks."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self._paths:
            tree = read_source(path).tree
            for module, name in _taken(tree, path) if tree is not None else ():
                found[module].add(name)
        return found

    def has(self, path: str, name: str) -> bool:
        """Whether some file takes a variable from the module in the file `path`."""
        folder, file = os.path.split(os.path.abspath(path))
        stem = os.path.splitext(file)[0]
        module = os.path.basename(folder) if stem == "__init__" else stem
        return not self._names.get(module, set()).isdisjoint((name, "*"))


def _taken(tree: ast.Module, path: str) -> Iterator[tuple[str, str]]:
    """Pairs of the last name of a module and a name that is taken from it."""
    # From variables to the last names of the modules that they may be.
    modules: dict[str | None, str] = {}
    nodes = [*ast.walk(tree)]
    for node in nodes:
        if isinstance(node, ast.Import):
            modules.update((alias.asname, _last(alias.name)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            modules.update((alias.asname, alias.name) for alias in node.names)
            module = _last(node.module or _package(path, node.level))
            yield from ((module, alias.name) for alias in node.names)
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            module = getattr(node.value, "attr", getattr(node.value, "id", ""))
            yield modules.get(module, module), node.attr


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _package(path: str, level: int) -> str:
    """The folder that a relative import is from."""
    folder = os.path.abspath(path)
    for _ in range(level):
        folder = os.path.dirname(folder)
    return os.path.basename(folder)
