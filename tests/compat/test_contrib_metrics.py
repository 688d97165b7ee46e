"""`tf.contrib.metrics` against recordings of TF 1.15."""

import pytest

from tests.golden.layers import answers, ours


@pytest.mark.parametrize("case_id", answers.cases_of("contrib", "metrics"))
def test_answers_are_those_of_tf_1_15(case_id):
    assert ours.difference_of(case_id) is None
