"""`pytest -p estimator_heads.pytest_plugin` runs a legacy test suite without an edit.

The legacy names are there, and where the tests and the modules under test are TF1 source, or with
`--tf1`, `import tensorflow` means TF1's API in the modules below pytest's root folder. The summary
says what was decided and why; `--tf2` overrides. In `pytest.ini`:

    [pytest]
    addopts = -p estimator_heads.pytest_plugin
    estimator_heads_tf1 = true      ; or estimator_heads_tf2 = true
    estimator_heads_tf1_packages = some_installed_package
"""

from __future__ import annotations

from typing import Any

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook, rewrite_asserts

from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.session import Session

_session = pytest.StashKey[Session]()
_said = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--tf1`, `--tf2` and `--tf1-package`, and their settings in the ini-file."""
    group = parser.getgroup("estimator-heads", "TensorFlow 1 source on today's TensorFlow")
    group.addoption("--tf1", action="store_true", help="the tests are TensorFlow 1 source")
    group.addoption("--tf2", action="store_true", help="they are not")
    group.addoption(
        "--tf1-package",
        metavar="NAME",
        action="append",
        default=[],
        help="an installed package that is TensorFlow 1 source too; may be repeated",
    )
    parser.addini("estimator_heads_tf1", "as --tf1", type="bool", default=False)
    parser.addini("estimator_heads_tf2", "as --tf2", type="bool", default=False)
    parser.addini("estimator_heads_tf1_packages", "as --tf1-package", type="args", default=[])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Starts before any module of the suite is imported."""
    options = early_config.known_args_namespace
    packages = options.tf1_package + early_config.getini("estimator_heads_tf1_packages")
    own = OwnModules([early_config.rootpath, early_config.invocation_params.dir], packages)
    said: list[str] = []
    early_config.stash[_said] = said
    early_config.stash[_session] = Session(
        own,
        early_config.rootpath,
        _is_tf1(options, early_config.getini),
        say=said.append,
        adapt_loader=_with_assertions,
    )


def _is_tf1(options, setting):
    """What the command line says, or else the ini-file; None if neither does."""
    for tf1, tf2 in (
        (options.tf1, options.tf2),
        (setting("estimator_heads_tf1"), setting("estimator_heads_tf2")),
    ):
        if tf1 and tf2:
            raise pytest.UsageError("Expected --tf1 or --tf2 (or their settings), not both.")
        if tf1 or tf2:
            return tf1
    return None


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says what was decided, where it is seen with every verbosity."""
    for message in config.stash.get(_said, ()):
        terminalreporter.write_line(f"estimator-heads: {message}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands what was decided in a process of pytest-xdist over to the one that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[__name__] = session.config.stash[_said]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes it over."""
    said = node.config.stash[_said]
    said += [
        text for text in getattr(node, "workeroutput", {}).get(__name__, ()) if text not in said
    ]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends with the test run."""
    if session := config.stash.get(_session, None):
        session.close()


def _with_assertions(found, loader):
    """`loader`, made to rewrite assertions too where the loader that pytest found would do it."""
    if isinstance(found, AssertionRewritingHook):
        rewriter = loader.rewriter

        def rewriter_of_assertions_too(fullname, path, source):
            rewrite_imports = rewriter(fullname, path, source)

            def rewrite(tree):
                tree = rewrite_imports(tree)
                rewrite_asserts(tree, loader.get_data(path), path, found.config)
                return tree

            return rewrite

        loader.rewriter = rewriter_of_assertions_too
    return loader
