"""Wrong shapes and values: one error that `except` clauses of both kinds catch."""

import copy
import pickle

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.heads.tasks.errors import InvalidInputError

LABELS, LOGITS = [[1.0], [0.0]], [[2.0], [-1.0]]


def loss(labels=LABELS, logits=LOGITS, weights=None, loss_fn=None):
    head = eh.BinaryClassHead(weight_column="weight" if weights else None, loss_fn=loss_fn)
    return head.loss(labels, logits, features={"weight": weights})


def mean_loss(labels, logits):
    return tf.reduce_mean(logits)


MISTAKES = {
    "labels of another batch size": {"labels": [[1.0], [0.0], [1.0]]},
    "logits of another size": {"logits": [[2.0, 1.0], [0.0, 1.0]]},
    "weights of another inner dimension": {"weights": [[1.0, 2.0], [3.0, 4.0]]},
    "reduced loss": {"loss_fn": mean_loss},
}


def in_eager_mode(call):
    call()


def in_a_function(call):
    tf.function(call, autograph=False)()


def in_a_function_of_autograph(call):
    tf.function(call)()


def in_a_graph(call):
    with tf.Graph().as_default():
        call()


@pytest.mark.parametrize("kind", [ValueError, tf.errors.InvalidArgumentError])
@pytest.mark.parametrize("arguments", MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize(
    "run", [in_eager_mode, in_a_function, in_a_function_of_autograph, in_a_graph]
)
def test_either_kind_of_error_is_caught(run, arguments, kind):
    with pytest.raises(kind, match="Invalid shape of `.*Expected .*Received: "):
        run(lambda: loss(**arguments))


@pytest.mark.parametrize("kind", [ValueError, tf.errors.InvalidArgumentError])
def test_values_out_of_range_are_caught_in_eager_mode(kind):
    with pytest.raises(kind, match=r"`labels`. Expected values in \[0, 1\]. Received"):
        loss(labels=[[1.0], [2.0]])


def test_values_out_of_range_fail_when_a_graph_is_run():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        tensor = loss(labels=[[1.0], [2.0]])
        with pytest.raises(tf.errors.InvalidArgumentError, match="`labels`"):
            session.run(tensor)


def test_the_error_is_its_message():
    error = InvalidInputError("Invalid shape.")
    assert str(error) == error.message == error.args[0] == "Invalid shape."
    assert error.op is None and error.error_code == tf.errors.INVALID_ARGUMENT


@pytest.mark.parametrize("through", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_the_error_can_be_copied_and_pickled(through):
    with pytest.raises(ValueError) as caught:
        loss(labels=[[1.0], [2.0]])
    again = through(caught.value)
    assert type(again) is InvalidInputError
    assert str(again) == str(caught.value)
