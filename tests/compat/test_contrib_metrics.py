"""`tf.contrib.metrics` against recordings of TF 1.15."""

import pathlib
import sys

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from golden_layers import answers, ours  # noqa: E402


@pytest.mark.parametrize("case_id", answers.cases_of("contrib", "metrics"))
def test_answers_are_those_of_tf_1_15(case_id):
    assert ours.difference_of(case_id) is None
