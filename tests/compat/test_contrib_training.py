"""`tf.contrib.training` against recordings of TF 1.15."""

import pytest
import tensorflow as tf

from tests.golden.layers import answers, ours


@pytest.mark.parametrize("case_id", answers.cases_of("contrib", "training"))
def test_answers_are_those_of_tf_1_15(case_id):
    assert ours.difference_of(case_id) is None


def test_the_size_of_a_resource_variable_is_that_of_its_value():
    with tf.Graph().as_default():
        variable = tf.compat.v1.get_variable("v", [3, 2], tf.float64, use_resource=True)

        assert ours.contrib().training.byte_size_load_fn(variable.handle.op) == 48
