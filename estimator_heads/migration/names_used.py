"""The names of TensorFlow and Keras that a module uses, however it spells them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Outside
from estimator_heads.compat.names.mentions import mentions
from estimator_heads.migration.scopes import Alias, Scope
from estimator_heads.runner.module_parts import LEAVES, Place, children_of

ROOTS = ("tensorflow", "tensorflow_estimator", "keras")

# So many variables in a row are followed.
_MOST_ALIASES = 50
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Use:
    """One use of one name.

    Attributes:
        path: The dotted name, from one of `ROOTS` on: "tensorflow.contrib.layers.dense".
        imported: As much of `path` as an import statement has already said; empty for an import.
        form: "import", "attribute", "getattr", or "star" for a name that `import *` brings.
        line, column, end_line, end_column: Where it stands; lines count from 1, columns (in
            characters) from 0.
        guarded: Whether the program does without the name where it is missing, or asks before.
        is_mention: Whether it is a class that is not served, and no object has to be of it: in
            annotations and `isinstance`.
        part: The line of the function or class that it runs in; 0 for what runs at import.
    """

    path: str
    imported: str
    form: str
    line: int
    column: int
    end_line: int
    end_column: int
    guarded: bool
    is_mention: bool
    part: int


def names_used(tree: ast.Module, text: str, places: Mapping[int, Place]) -> list[Use]:
    """All uses in a module.

    Args:
        tree: Its `ast.Module`.
        text: Its source.
        places: Where its nodes stand, as `parts_of` tells.

    Returns:
        A list of `Use`, in the order of the source.
    """
    reader = _Reader()
    reader.read(tree)
    found = [*reader.found()]
    if not found:
        return []
    mentioned = _mentioned(tree) if any(_is_outside(path) for _, path, *_ in found) else set()
    lines = _Lines(text)
    uses = []
    for node, path, imported, form in found:
        # Of what ast.parse() returns, they are known.
        assert node.end_lineno is not None and node.end_col_offset is not None
        place = places.get(id(node))
        uses.append(
            Use(
                path=path,
                imported=imported,
                form=form,
                line=node.lineno,
                column=lines.column(node.lineno, node.col_offset),
                end_line=node.end_lineno,
                end_column=lines.column(node.end_lineno, node.end_col_offset),
                guarded=_has_default(node)
                or (place is not None and (place.without_names or place.one_version)),
                is_mention=id(node) in mentioned,
                part=place.part.line if place is not None else 0,
            )
        )
    return sorted(uses, key=lambda use: (use.line, use.column, use.path))


def _mentioned(tree: ast.Module) -> set[int]:
    return {id(node) for part in mentions(tree) for node in ast.walk(part)}


def _is_outside(path: str) -> bool:
    return table.is_legacy(path) and isinstance(table.find(path), Outside)


class _Reader:
    """Walks over a tree, however deep it is, and collects bindings first and chains of names."""

    def __init__(self) -> None:
        self.imports: list[tuple[ast.Import | ast.ImportFrom, str]] = []
        self.chains: list[tuple[ast.expr, Scope]] = []
        self._values: dict[int, tuple[str, str] | None] = {}  # of aliases
        self._depth = 0
        self._stars: list[str | None] = []  # Modules of `import *`; None if it is no legacy one.

    def read(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, Scope]] = [(tree, Scope(tree.body))]
        while waiting:
            node, scope = waiting.pop()
            kind = type(node)
            if kind is ast.Import or kind is ast.ImportFrom:
                self._import(node, scope)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if self._stars:
                    self.chains.append((node, scope))
            elif kind not in LEAVES:
                waiting += reversed([*self._below(node, scope)])  # the first is taken next

    def _below(self, node, scope):
        """What stands below a node, with its scope."""
        if isinstance(node, ast.Attribute):
            return self._chain(node, scope)
        if isinstance(node, _FUNCTIONS):
            return self._function(node, scope)
        if isinstance(node, ast.ClassDef):
            return self._class(node, scope)
        self._expression(node, scope)
        return [(child, scope) for child in children_of(node)]

    def _chain(self, node, scope):
        if isinstance(node.ctx, ast.Load):  # otherwise the program makes the name
            self.chains.append((node, scope))
        while isinstance(node, ast.Attribute):
            node = node.value
        if isinstance(node, ast.Call) and _constant_call(node):  # is a part of the chain
            return [(argument, scope) for argument in node.args]
        return [] if isinstance(node, ast.Name) else [(node, scope)]

    def _class(self, node, scope):
        scope.bind(node.name, None, node)
        inner = Scope(node.body, scope, is_class=True)
        for outer in [*node.decorator_list, *node.bases, *node.keywords]:
            yield outer, scope
        for statement in node.body:
            yield statement, inner

    def _expression(self, node, scope):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            value = node.value
            if isinstance(value, ast.Name | ast.Attribute | ast.Call):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        scope.bind(target.id, Alias(value, scope), node)
        elif isinstance(node, ast.Global):
            scope.of_module.update(node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            scope.bind(node.id, None, node)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            scope.bind(node.name, None, node)
        elif isinstance(node, ast.Call) and _constant_call(node):
            self.chains.append((node, scope))

    def _function(self, node, scope):
        inner = Scope([] if isinstance(node, ast.Lambda) else node.body, scope)
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for argument in [*named, arguments.vararg, arguments.kwarg]:
            if argument is not None:
                inner.bind(argument.arg, None, argument)
                if argument.annotation:
                    yield argument.annotation, scope
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                yield default, scope
        if isinstance(node, ast.Lambda):
            yield node.body, inner
            return
        scope.bind(node.name, None, node)
        for outer in [*node.decorator_list, *filter(None, [node.returns])]:
            yield outer, scope
        for statement in node.body:
            yield statement, inner

    def _import(self, node, scope):
        for alias in node.names:
            if isinstance(node, ast.Import):
                top = alias.name.partition(".")[0]
                path = alias.name if top in ROOTS else None
                value = (path if alias.asname else top) if path else None
                scope.bind(alias.asname or top, value, node)
            else:
                is_ours = not node.level and (node.module or "").partition(".")[0] in ROOTS
                path = f"{node.module}.{alias.name}" if is_ours else None
                if alias.name == "*":
                    path = node.module if is_ours else None
                    self._stars.append(path if path and table.find_module(path) else None)
                else:
                    scope.bind(alias.asname or alias.name, path, node)
            if path and path not in ROOTS:
                self.imports.append((node, path))

    def found(self) -> Iterator[tuple[ast.expr | ast.Import | ast.ImportFrom, str, str, str]]:
        """Each use, as its node, path, what was imported of that, and its form."""
        for statement, path in self.imports:
            yield statement, path, "", "import"
        for node, scope in self.chains:
            resolved = self._resolve(node, scope)
            if resolved is None or resolved[0] == resolved[1]:
                continue
            if isinstance(node, ast.Name):
                if self._by_star(node.id) == resolved:  # and no variable
                    yield node, *resolved, "star"
                continue
            yield node, *resolved, "attribute" if isinstance(node, ast.Attribute) else "getattr"

    def _resolve(self, expression: ast.expr, scope: Scope) -> tuple[str, str] | None:
        """The path of an expression, and what an import has said of it; None if it is no name."""
        node, attributes = _attributes(expression)
        if isinstance(node, ast.Call):
            called = _constant_call(node)
            if called is None or called[1].partition(".")[0] not in ROOTS:
                return None
            kind, path = called
            path = path.partition(".")[0] if kind == "__import__" else path
            return ".".join([path, *attributes]), path if path in ROOTS else ""
        if not isinstance(node, ast.Name):
            return None
        bound = scope.values(node.id, node)
        if bound is None:
            found = self._by_star(node.id)
            return found and (".".join([found[0], *attributes]), found[1])
        candidates = [*filter(None, map(self._value, bound))]
        if not candidates:
            return None
        # Of `try: import tensorflow.compat.v1 as tf` and its `except`, the first is what counts.
        v1 = [candidate for candidate in candidates if ".compat.v1" in candidate[0]]
        path, imported = (v1 or candidates)[0]
        return ".".join([path, *attributes]), imported

    def _by_star(self, name: str) -> tuple[str, str] | None:
        """The path of a name that the file does not bind, and the module of the `import *`."""
        for path in reversed(self._stars):
            module = table.find_module(path) if path else None
            if path is None or module is None:
                return None  # which may bring the name, too
            if not name.startswith("_") and (name in module.rows or name in module.submodules):
                return f"{path}.{name}", path
        return None

    def _value(self, value: str | Alias | None) -> tuple[str, str] | None:
        """The path that a binding leads to, and what an import has said of it."""
        if not isinstance(value, Alias):
            return (value, value) if value else None
        if id(value) not in self._values:
            self._values[id(value)] = None  # of one that leads to itself
            if self._depth < _MOST_ALIASES:
                self._depth += 1
                self._values[id(value)] = self._resolve(value.expression, value.scope)
                self._depth -= 1
        return self._values[id(value)]


def _attributes(node: ast.expr) -> tuple[ast.expr, list[str]]:
    """What stands left of a chain of attributes, and their names."""
    attributes: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
            continue
        called = _constant_call(node) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or called is None or called[0] != "getattr":
            return node, attributes
        attributes.insert(0, called[1])
        node = node.args[0]


def _constant_call(node: ast.Call) -> tuple[str, str] | None:
    """The kind of a call that gives a name as a constant str, and that str; or None."""
    called = getattr(node.func, "attr", getattr(node.func, "id", None))
    constants = [getattr(argument, "value", None) for argument in node.args]
    if called == "getattr" and len(constants) in (2, 3) and isinstance(constants[1], str):
        return "getattr", constants[1]
    if called in ("import_module", "__import__") and constants and isinstance(constants[0], str):
        return called, constants[0]
    return None


def _has_default(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and len(node.args) == 3


class _Lines:
    """The lines of a source: ast counts columns in bytes."""

    def __init__(self, text: str) -> None:
        self.is_ascii = text.isascii()
        self.lines = [] if self.is_ascii else text.split("\n")

    def column(self, line: int, offset: int) -> int:
        if self.is_ascii or line > len(self.lines):
            return offset
        return len(self.lines[line - 1].encode()[:offset].decode(errors="ignore"))
