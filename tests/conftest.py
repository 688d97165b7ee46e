"""The options of pytest here, and fixtures that tests of several folders share."""

import collections
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.programs import CHECKOUT, LEAVE_GARBAGE_AT_EXIT, Forks, environment
from tests.same_with_any_keras import is_same_with_any_keras


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-what-keras-may-change",
        action="store_true",
        help="leave out the modules of tests that TF_USE_LEGACY_KERAS cannot change",
    )
    parser.addoption(
        "--quick",
        action="store_true",
        help="compare part of the recorded answers, each in one way of execution, leaving out the "
        "tests marked another_execution; graphs are not optimized, and programs share an import of "
        "TensorFlow",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--quick"):
        os.environ[LEAVE_GARBAGE_AT_EXIT] = "1"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    left_out = config.getoption("--only-what-keras-may-change")
    return True if left_out and is_same_with_any_keras(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--quick"):
        return
    first_executions = [item for item in items if not item.get_closest_marker("another_execution")]
    kept = set(sample_of_recorded_cases(first_executions))
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def sample_of_recorded_cases(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Every fourth of the recorded cases of a test that has more than 60; all other tests."""
    tests = collections.defaultdict(list)
    for item in items:
        tests[item.path, item.originalname].append(item)
    for cases in tests.values():
        are_recorded = "case_id" in getattr(getattr(cases[0], "callspec", None), "params", {})
        yield from cases[::4] if are_recorded and len(cases) > 60 else cases


def pytest_collection_finish(session: pytest.Session) -> None:
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow and session.config.getoption("--quick"):
        # Most graphs run once or twice. Estimators optimize theirs as their session_config says.
        tensorflow.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    # What is imported by now, TensorFlow above all, stays: the collector need not look through it.
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def run_python_or_fork(pytestconfig, run_python) -> Iterator[Callable[..., object]]:
    """As `run_python`; in a quick run a fork of a process that holds TensorFlow is the process.

    For programs that have no extras, and set no variable that TensorFlow reads as it is imported.

    Returns:
        A function `(*arguments, env=None, check=True, cwd=None, input=None)`; the arguments start
        with a script, or with -m.
    """
    if not pytestconfig.getoption("--quick") or not hasattr(os, "fork"):
        yield run_python
        return
    with Forks() as forks:

        def run(*arguments, env=None, check=True, cwd=None, input=None):
            result = forks.run([*map(str, arguments)], environment(env), str(cwd or "."), input)
            if check:
                assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
            return result

        yield run
