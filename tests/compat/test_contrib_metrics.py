"""`tf.contrib.metrics` against recordings of TF 1.15."""

import pytest

from tests.golden.layers.ours import GOLDEN
from tests.golden.layers.subject import case_ids


@pytest.mark.parametrize("case_id", case_ids("contrib", "metrics"))
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)
