"""The examples in docstrings run."""

import doctest
import importlib
import pkgutil

import pytest

import estimator_heads

MODULES = ["estimator_heads"] + [
    module.name
    for module in pkgutil.walk_packages(estimator_heads.__path__, "estimator_heads.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # an example may write to a folder
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
