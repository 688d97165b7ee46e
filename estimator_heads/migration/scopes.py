"""The names of a module, class or function, and what is bound to each where it is used."""

from __future__ import annotations

import ast
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# A line and a column.
Position = tuple[float, float]
Binding = ast.stmt | ast.expr | ast.arg | ast.excepthandler

_START = (0.0, 0.0)
_END = (math.inf, 0)
_WITH_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_IGNORE_ERRORS = ("suppress", "raises", "assertRaises")


@dataclass
class Scope:
    """The names of a module, class or function.

    Attributes:
        body: Its statements.
        above: The scope around it, or None.
        is_class: Whether functions in it do not see its names.
        names: From each name to what is bound to it, with where that is done: dotted paths,
            `Alias`es, and None for what has nothing to do with TensorFlow.
        of_module: The names that a `global` statement leaves to the module.
    """

    body: Sequence[ast.stmt] = ()
    above: Scope | None = None
    is_class: bool = False
    names: dict[str, list[tuple[str | Alias | None, Position]]] = field(default_factory=dict)
    of_module: set[str] = field(default_factory=set)
    _flow: _Flow | None = None

    def bind(self, name: str, value: str | Alias | None, node: Binding) -> None:
        """Notes what a name is bound to by the time that `node` has been run."""
        scope = self
        while name in self.of_module and scope.above is not None:
            scope = scope.above
        # What a function does for the module, it may do at any time.
        position = _end(node) if scope is self else _END
        scope.names.setdefault(name, []).append((value, position))

    def values(self, name: str, node: ast.Name) -> Sequence[str | Alias | None] | None:
        """What may be bound to a name that is used by `node`, in this scope; None if it is none."""
        scope: Scope | None = self
        is_inner = False
        while scope is not None:
            if name in scope.names and not (scope.is_class and is_inner):
                return scope._bound_at(name, (node.lineno, node.col_offset), is_inner)
            scope, is_inner = scope.above, True
        return None

    def _bound_at(self, name: str, position: Position, later: bool) -> list[str | Alias | None]:
        """What may be bound to a name; `later` says whether what follows may have run too."""
        bindings = self.names[name]
        if len(bindings) == 1:
            return [bindings[0][0]]
        if self._flow is None:
            self._flow = _flow(self.body)
        start = _START
        for rebound, end in self._flow.rebindings[name]:
            if rebound <= position < end:
                start = max(start, rebound)
        # Before that, another value has certainly taken its place.
        bindings = [(value, bound) for value, bound in bindings if bound >= start]
        if later:
            return [value for value, _ in bindings]
        # What follows in a loop may have run before.
        ends = [end for first, end in self._flow.loops if start <= first <= position < end]
        last = max([position, *ends])
        before = [value for value, bound in bindings if bound <= last or bound == _END]
        if not before and start == _START:  # It is used first, as in `x.a if (x := b) else c`.
            return [value for value, _ in bindings]
        return before


@dataclass(frozen=True)
class Alias:
    """What `name = expression` binds."""

    expression: ast.expr
    scope: Scope


@dataclass
class _Flow:
    """What is certain of the order in which the statements of a scope run.

    Attributes:
        rebindings: From names to where each has certainly been bound anew, and up to where that is
            certain.
        loops: Where each loop begins and ends.
    """

    rebindings: dict[str, list[tuple[Position, Position]]]
    loops: list[tuple[Position, Position]]


def _flow(body: Sequence[ast.stmt]) -> _Flow:
    flow = _Flow(defaultdict(list), [])
    waiting: list[tuple[Sequence[ast.stmt], Position]] = [(body, _END)]
    while waiting:
        statements, end = waiting.pop()
        for statement in statements:
            for name, node in _bound_by(statement):
                flow.rebindings[name].append((_end(node), end))
            if isinstance(statement, _LOOPS):
                flow.loops.append(((statement.lineno, statement.col_offset), _end(statement)))
            is_certain = isinstance(statement, ast.With | ast.AsyncWith) and not any(
                _ignores_errors(item.context_expr) for item in statement.items
            )
            for block in _blocks(statement):
                waiting.append((block, end if is_certain else _end(block[-1])))
    return flow


def _ignores_errors(manager: ast.expr) -> bool:
    """Whether the rest of a `with` may be left out, as with `contextlib.suppress`."""
    function = getattr(manager, "func", None)
    return getattr(function, "attr", getattr(function, "id", None)) in _IGNORE_ERRORS


def _bound_by(statement: ast.stmt) -> Iterator[tuple[str, ast.stmt | ast.expr]]:
    """The names that a statement itself binds, and what it has done by then."""
    if isinstance(statement, _WITH_SCOPES):
        yield statement.name, statement
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0], statement
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from ((name, statement) for name in _stored(target))
    elif isinstance(statement, ast.AnnAssign) and statement.value:
        yield from ((name, statement) for name in _stored(statement.target))
    elif isinstance(statement, ast.With | ast.AsyncWith):
        for item in statement.items:
            if item.optional_vars:
                for name in _stored(item.optional_vars):
                    yield name, item.optional_vars


def _stored(target: ast.expr) -> list[str]:
    names = [node for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [node.id for node in names if isinstance(node.ctx, ast.Store)]


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The statements within a statement, block by block, that are of the same scope."""
    if isinstance(statement, _WITH_SCOPES):
        return
    parts = [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]
    for holder in (statement, *parts):
        for name in ("body", "orelse", "finalbody"):
            if block := getattr(holder, name, None):
                yield block


def _end(node: Binding) -> Position:
    assert node.end_lineno is not None and node.end_col_offset is not None  # of ast.parse()
    return node.end_lineno, node.end_col_offset
