"""Where a program does no more than mention a class."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def mentions(tree: ast.AST) -> Iterator[ast.expr]:
    """The annotations of a program, and the classes that it tests objects for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("isinstance", "issubclass") and len(node.args) == 2:
                yield node.args[1]
