"""`tf.contrib.framework` against recordings of TF 1.15."""

import importlib

import pytest
import tensorflow as tf

import estimator_heads
from tests.golden.layers.ours import CONTRIB, GOLDEN
from tests.golden.layers.subject import case_ids

FRAMEWORK = CONTRIB.framework


@pytest.fixture
def installed():
    estimator_heads.install()
    yield
    estimator_heads.uninstall()


@pytest.mark.parametrize("case_id", case_ids("contrib", "framework"))
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize(
    "path",
    [
        "tensorflow.contrib.framework.python.ops.arg_scope",
        "tensorflow.contrib.framework.python.ops.variables",
        "tensorflow.contrib.framework.python.framework.checkpoint_utils",
    ],
)
def test_importing_a_module_leaves_the_function_of_its_name(installed, path):
    module = importlib.import_module(path)

    assert module.arg_scope is tf.contrib.framework.arg_scope is FRAMEWORK.arg_scope
    assert not isinstance(tf.contrib.framework.arg_scope, type(tf))


def test_deprecated_functions_still_answer():
    @FRAMEWORK.deprecated("2017-01-01", "Use something else.")
    def function():
        """Does something."""
        return 1

    @FRAMEWORK.deprecated_args(None, "It is no more.", "old")
    def with_argument(old=None):
        """Does something."""
        return old

    assert [function(), with_argument(old=2)] == [1, 2]
    assert "Use something else." in function.__doc__


def test_messages_name_the_argument_and_what_came():
    with pytest.raises(ValueError, match=r"`tensors`. Expected .* Received: \[\]"):
        FRAMEWORK.reduce_sum_n([])
    with pytest.raises(TypeError, match="`graph`. Expected a tf.Graph. Received: 1"):
        FRAMEWORK.get_placeholders(1)
    with (
        pytest.raises(ValueError, match=r"Expected shape \[3\]. Received: \(2,\)"),
        tf.Graph().as_default(),
    ):
        FRAMEWORK.with_shape([3], tf.zeros([2]))
    with pytest.raises(ValueError, match="`expected_shape`. Expected a list of integers"):
        FRAMEWORK.with_shape([[3]], tf.zeros([2]))
