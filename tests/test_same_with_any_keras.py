"""What a run with `--only-what-keras-may-change` leaves out is there."""

import pytest

from tests.same_with_any_keras import PATTERNS, TESTS, is_same_with_any_keras


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_is_of_a_module(pattern):
    modules = list(TESTS.glob(pattern))
    assert modules
    assert all(is_same_with_any_keras(module) for module in modules)
