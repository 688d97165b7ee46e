"""Where programs import from what serves a legacy name. Read from source: nothing is imported."""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Iterator

import estimator_heads
from estimator_heads import compat
from estimator_heads.compat.names.kinds import Served

# The modules of public names, those that are preferred first.
_PUBLIC = (
    "estimator_heads",
    "estimator_heads.experimental",
    "estimator_heads.export",
    "estimator_heads.inputs",
    "estimator_heads.tpu",
    "estimator_heads.keras",
)
_ADAPTERS = "estimator_heads.compat."


def public_import(entry: Served) -> tuple[str, str] | None:
    """The public module and name of what serves a legacy name.

    >>> from estimator_heads.compat.names import table
    >>> public_import(table.find("tensorflow.estimator.BestExporter"))
    ('estimator_heads', 'BestExporter')
    >>> public_import(table.find("tensorflow.contrib.layers.real_valued_column"))
    ('estimator_heads.compat.contrib.layers.feature_columns', 'real_valued_column')

    Args:
        entry: A `Served` of the table of names.

    Returns:
        (module, name), or None if there is no public one, or it is a module.
    """
    module, _, name = entry.target.partition(":")
    if not name:
        return None
    home = _home(module, name)
    for public in _PUBLIC:
        last = name.rpartition(".")[2]
        if last in _exported(public) and _home(public, last) == home:
            return public, last
    if "." not in name and module.startswith(_ADAPTERS):
        return module, name
    if module == "tensorflow" and name.startswith("compat.v1."):
        above, _, last = name.rpartition(".")
        return f"tensorflow.{above}", last
    return None


@functools.cache
def _home(module: str, name: str) -> tuple[str, str]:
    """The module that defines a name, and the name there, through all that import it from it."""
    top, _, below = name.partition(".")
    found = _bindings(module).get(top)
    if found is None:
        return module, name
    value = ".".join(filter(None, [found[1], below]))
    return _home(found[0], value) if found[0] != module or value != name else (module, name)


@functools.cache
def _bindings(module: str) -> dict[str, tuple[str, str]]:
    """What a module has from elsewhere: from each name to the module and the name there."""
    tree = _tree(module)
    found: dict[str, tuple[str, str]] = {}
    for node in _statements(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = node.module or "", alias.name
        elif isinstance(node, ast.Import):
            found.update({alias.asname: (alias.name, "") for alias in node.names if alias.asname})
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute | ast.Name):
            if isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = module, ast.unparse(node.value)
    return found


@functools.cache
def _exported(module: str) -> set[str]:
    """The `__all__` of a module."""
    for node in _statements(_tree(module)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, and those below an `if`, which is for type checkers."""
    for node in tree.body:
        yield from node.body if isinstance(node, ast.If) else [node]


@functools.cache
def _tree(module: str) -> ast.Module:
    if module.partition(".")[0] != "estimator_heads":
        return ast.Module([], [])
    # importlib.util.find_spec() would import the packages above.
    is_compat = f"{module}.".startswith(_ADAPTERS)
    (folder, *_), start = (compat.__path__, 2) if is_compat else (estimator_heads.__path__, 1)
    stem = os.path.join(folder, *module.split(".")[start:])
    for file in (os.path.join(stem, "__init__.py"), f"{stem}.py"):
        if os.path.isfile(file):
            with open(file, "rb") as source:
                return ast.parse(source.read())
    return ast.Module([], [])
