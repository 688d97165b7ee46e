"""What a run with `--only-what-keras-may-change` leaves out is what the reasons say."""

import re

import pytest

from tests.same_with_any_keras import PATTERNS, TESTS, WITHOUT_KERAS, is_same_with_any_keras

# Heads have metrics of Keras.
KERAS = re.compile(r"keras|\w+Head\(|\b(tf|v1)\.(optimizers|layers)\b|\btf\.(losses|metrics)\b")
HELPERS = (
    "estimator/golden/*.py",
    "estimator/*_process.py",
    "estimator/*_model.py",
    "estimator/early_stopping_task.py",
    "estimator/fault_programs.py",
    "golden_runtime/early_stopping.py",
    "golden_runtime/global_steps.py",
    "golden_runtime/hooks.py",
    "golden_runtime/loops.py",
    "golden_runtime/warm_start.py",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_is_of_a_module(pattern):
    modules = list(TESTS.glob(pattern))
    assert modules
    assert all(is_same_with_any_keras(module) for module in modules)


@pytest.mark.parametrize("pattern", [*WITHOUT_KERAS, *HELPERS])
def test_modules_without_keras_have_none(pattern):
    modules = list(TESTS.glob(pattern))
    assert modules
    for module in modules:
        assert not KERAS.search(module.read_text()), module
