"""`tf.contrib.training` against recordings of TF 1.15."""

import pytest
import tensorflow as tf

from tests.golden.layers.ours import CONTRIB, GOLDEN
from tests.golden.layers.subject import case_ids


@pytest.mark.parametrize("case_id", case_ids("contrib", "training"))
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_the_size_of_a_resource_variable_is_that_of_its_value():
    with tf.Graph().as_default():
        variable = tf.compat.v1.get_variable("v", [3, 2], tf.float64, use_resource=True)

        assert CONTRIB.training.byte_size_load_fn(variable.handle.op) == 48
