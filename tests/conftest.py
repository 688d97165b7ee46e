"""Fixtures that tests of several folders share."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def run_python() -> Callable[..., subprocess.CompletedProcess]:
    """Runs Python in a process of its own, with the package importable from the checkout.

    Returns:
        A function `(*arguments, env=None, check=True, **run_options)`. `env` is added to the
        environment (None takes a variable out). The process must succeed unless `check=False`.
    """

    def run(*arguments, env: Mapping[str, str | None] | None = None, check=True, **run_options):
        variables = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TF_CPP_MIN_LOG_LEVEL": "2"}
        variables.update(env or {})
        result = subprocess.run(
            [sys.executable, *map(str, arguments)],
            env={name: value for name, value in variables.items() if value is not None},
            capture_output=True,
            text=True,
            **run_options,
        )
        if check:
            assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
        return result

    return run
