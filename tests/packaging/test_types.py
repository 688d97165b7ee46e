"""Every public function says what it takes and what it returns. That it is true, mypy checks."""

import ast

import pytest

from tests.programs import CHECKOUT

FILES = sorted(
    str(file.relative_to(CHECKOUT))
    for folder in ("estimator_heads", "compat")
    for file in (CHECKOUT / folder).rglob("*.py")
)
PUBLIC_METHODS = ("__init__", "__new__", "__call__")


def public_functions(body, within=""):
    """The functions of a module and the methods of its classes, each with its dotted name."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node.body, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            if not node.name.startswith("_") or node.name in PUBLIC_METHODS:
                yield within + node.name, node


def is_annotated(name, function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    static = any(getattr(each, "id", None) == "staticmethod" for each in function.decorator_list)
    if "." in name and not static:
        named = named[1:]
    rest = [arguments.vararg, arguments.kwarg]
    named += [*arguments.kwonlyargs, *(each for each in rest if each is not None)]
    return function.returns is not None and all(each.annotation is not None for each in named)


@pytest.mark.parametrize("file", FILES)
def test_public_functions_are_annotated(file):
    body = ast.parse((CHECKOUT / file).read_text(encoding="utf-8")).body
    missing = [name for name, node in public_functions(body) if not is_annotated(name, node)]
    assert missing == []
