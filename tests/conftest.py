"""Fixtures that tests of several folders share."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.programs import CHECKOUT, environment
from tests.same_with_any_keras import is_same_with_any_keras


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-what-keras-may-change",
        action="store_true",
        help="leave out the modules of tests that TF_USE_LEGACY_KERAS cannot change",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    left_out = config.getoption("--only-what-keras-may-change")
    return True if left_out and is_same_with_any_keras(collection_path) else None


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def run_python() -> Callable[..., subprocess.CompletedProcess]:
    """Runs Python in a process of its own, with the package importable from the checkout.

    Returns:
        A function `(*arguments, env=None, with_extras=False, check=True, **run_options)`. `env` is
        added to the environment (None takes a variable out); `with_extras` is as for
        `tests.programs.environment`. The process must succeed unless `check=False`.
    """

    def run(
        *arguments,
        env: Mapping[str, str | None] | None = None,
        with_extras=False,
        check=True,
        **run_options,
    ):
        result = subprocess.run(
            [sys.executable, *map(str, arguments)],
            env=environment(env, with_extras),
            capture_output=True,
            text=True,
            **run_options,
        )
        if check:
            assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
        return result

    return run
