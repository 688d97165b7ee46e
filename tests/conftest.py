"""The options of pytest here, and fixtures that tests of several folders share."""

import collections
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.keras_may_change import keras_may_change
from tests.programs import CHECKOUT, LEAVE_GARBAGE_AT_EXIT, Forks, environment


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
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # As shells start jobs in the background; the programs of tests would ignore it as well.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("--quick"):
        os.environ[LEAVE_GARBAGE_AT_EXIT] = "1"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    is_test = collection_path.name.startswith("test_")
    if config.getoption("--only-what-keras-may-change") and is_test:
        return True if not keras_may_change(collection_path) else None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--quick"):
        return
    first_executions = [item for item in items if not item.get_closest_marker("another_execution")]
    kept = set(sample_of_recorded_cases(first_executions))
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def sample_of_recorded_cases(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Of the recorded cases of each module a dozen, or every fourth; of the other tests all."""
    modules = collections.defaultdict(list)
    for item in items:
        is_recorded = "case_id" in getattr(getattr(item, "callspec", None), "params", {})
        modules[item.path, is_recorded].append(item)
    for (_, are_recorded), tests in modules.items():
        yield from tests[:: max(1, min(4, len(tests) // 12))] if are_recorded else tests


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
