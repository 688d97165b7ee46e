"""`pytest -p estimator_heads.pytest_plugin` runs a legacy test suite without an edit.

The legacy names are there, and where the tests or the modules under test can only be TF1 source, or
with `--tf1`, `import tensorflow` means TF1's API in the modules below pytest's root folder. In
`pytest.ini`:

    [pytest]
    addopts = -p estimator_heads.pytest_plugin
    estimator_heads_tf1 = true
    estimator_heads_tf1_packages = some_installed_package
"""

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook, rewrite_asserts

from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.session import Session

_session = pytest.StashKey[Session]()


def pytest_addoption(parser):
    """Adds `--tf1` and `--tf1-package`, and their settings in the ini-file."""
    group = parser.getgroup("estimator-heads", "TensorFlow 1 source on today's TensorFlow")
    group.addoption("--tf1", action="store_true", help="the tests are TensorFlow 1 source")
    group.addoption(
        "--tf1-package",
        metavar="NAME",
        action="append",
        default=[],
        help="an installed package that is TensorFlow 1 source too; may be repeated",
    )
    parser.addini("estimator_heads_tf1", "as --tf1", type="bool", default=False)
    parser.addini("estimator_heads_tf1_packages", "as --tf1-package", type="args", default=[])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Starts before any module of the suite is imported."""
    options = early_config.known_args_namespace
    packages = options.tf1_package + early_config.getini("estimator_heads_tf1_packages")
    own = OwnModules([early_config.rootpath, early_config.invocation_params.dir], packages)
    is_tf1 = options.tf1 or early_config.getini("estimator_heads_tf1")
    early_config.stash[_session] = Session(own, is_tf1, _with_assertions)


def pytest_unconfigure(config):
    """Ends with the test run."""
    if session := config.stash.get(_session, None):
        session.close()


def _with_assertions(found, loader):
    """`loader`, made to rewrite assertions too where the loader that pytest found would do it."""
    if isinstance(found, AssertionRewritingHook):
        rewrite = loader.rewrite

        def rewrite_imports_and_assertions(tree):
            tree = rewrite(tree)
            rewrite_asserts(tree, loader.get_data(loader.path), loader.path, found.config)
            return tree

        loader.rewrite = rewrite_imports_and_assertions
    return loader
