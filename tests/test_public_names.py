"""The names of the package itself."""

import ast
import importlib
import inspect

import pytest

import estimator_heads


@pytest.mark.parametrize("name", estimator_heads.__all__)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(estimator_heads, name)
    assert inspect.getdoc(value)
    assert name in dir(estimator_heads)


def test_type_checkers_see_the_same_names():
    tree = ast.parse(inspect.getsource(estimator_heads))
    blocks = [node for node in tree.body if isinstance(node, ast.If)]
    (block,) = [node for node in blocks if ast.unparse(node.test) == "TYPE_CHECKING"]
    seen = {
        alias.name: getattr(importlib.import_module(node.module), alias.name)
        for node in block.body
        for alias in node.names
    }
    assert sorted(seen) == sorted([*estimator_heads.__all__, "keras"])
    for name, value in seen.items():
        assert getattr(estimator_heads, name) is value


def test_an_unknown_name_is_named():
    with pytest.raises(AttributeError, match="estimator_heads.*no attribute 'Nothing'"):
        estimator_heads.Nothing  # noqa: B018
