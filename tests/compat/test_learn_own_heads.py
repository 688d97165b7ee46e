"""Heads of users' own among those of tf.contrib.learn, and what goldens cannot show of ours."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads import factories as learn
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps


class DistanceHead(learn.Head):
    """A head of a user's own: the mean absolute distance to its labels."""

    head_name = "distance"

    @property
    def logits_dimension(self):
        return 1

    def create_model_fn_ops(
        self,
        features,
        mode,
        labels=None,
        train_op_fn=None,
        logits=None,
        logits_input=None,
        scope=None,
    ):
        predictions = {"place": logits}
        if mode == ModeKeys.INFER:
            return ModelFnOps(mode, predictions, output_alternatives={"distance": (0, predictions)})
        loss = tf.reduce_mean(tf.abs(logits - labels["distance"]))
        train_op = train_op_fn(loss) if mode == ModeKeys.TRAIN else None
        return ModelFnOps(mode, predictions, loss, train_op)


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def ran(fetches):
    with tf.compat.v1.Session() as session:
        session.run(
            [
                tf.compat.v1.global_variables_initializer(),
                tf.compat.v1.local_variables_initializer(),
            ]
        )
        return session.run(fetches)


def multi_head():
    number = learn.regression_head("number", head_name="number")
    return learn.multi_head([number, DistanceHead()], loss_weights=[1.0, 10.0])


LABELS = {"number": [[1.0], [3.0]], "distance": [[0.0], [1.0]]}
LOGITS = [[1.0, 5.0], [1.0, 2.0]]


@pytest.mark.parametrize("mode", [ModeKeys.TRAIN, ModeKeys.EVAL])
def test_loss_of_a_head_of_ones_own_is_merged(mode):
    labels = {name: tf.constant(values) for name, values in LABELS.items()}
    ops = multi_head().create_model_fn_ops(
        {}, mode, labels, learn.no_op_train_fn, logits=tf.constant(LOGITS)
    )
    # ((1 - 1)**2 + (3 - 1)**2) / 2 + 10 * (|5 - 0| + |2 - 1|) / 2
    assert ran(ops.loss) == pytest.approx(2.0 + 30.0)


def test_predictions_of_a_head_of_ones_own_are_merged_and_served():
    ops = multi_head().create_model_fn_ops({}, ModeKeys.INFER, logits=tf.constant(LOGITS))
    np.testing.assert_allclose(ran(ops.predictions[("distance", "place")]), [[5.0], [2.0]])
    spec = ops.estimator_spec("distance")
    np.testing.assert_allclose(
        ran(spec.export_outputs["serving_default"].outputs["place"]), [[5.0], [2.0]]
    )


def test_a_head_must_define_create_model_fn_ops():
    class Unfinished(learn.Head):
        logits_dimension = 1

    with pytest.raises(TypeError, match="create_model_fn_ops"):
        Unfinished()


def test_both_optimizers_of_a_centered_bias_see_it_as_it_was_before_the_step():
    head = learn.regression_head(enable_centered_bias=True)
    ops = head.create_model_fn_ops(
        {},
        ModeKeys.TRAIN,
        tf.constant([[1.0], [2.0]]),
        lambda loss: tf.compat.v1.train.GradientDescentOptimizer(0.5).minimize(loss),
        logits=tf.zeros([2, 1]),
    )
    (bias,) = tf.compat.v1.trainable_variables()
    assert bias.op.name == "regression_head/centered_bias_weight"
    with tf.compat.v1.Session() as session:
        session.run(tf.compat.v1.global_variables_initializer())
        session.run(ops.train_op)
        gradient = -2 * (1.0 + 2.0) / 2
        by_descent = -0.5 * gradient
        by_adagrad = -0.1 * gradient / np.sqrt(0.1 + gradient**2)
        np.testing.assert_allclose(session.run(bias), [by_descent + by_adagrad], rtol=1e-5)


def test_a_head_may_be_used_in_several_graphs():
    head = learn.multi_class_head(3, label_keys=["a", "b", "c"], weight_column_name="w")
    losses = []
    for _ in range(2):
        with tf.Graph().as_default():
            ops = head.create_model_fn_ops(
                {"w": tf.constant([1.0, 3.0])},
                ModeKeys.EVAL,
                tf.constant(["b", "c"]),
                logits=tf.zeros([2, 3]),
            )
            with tf.compat.v1.Session() as session:
                session.run(tf.compat.v1.tables_initializer())
                losses.append(session.run(ops.loss))
    # log(3) for each, weighted: (1 + 3) * log(3) / 2
    np.testing.assert_allclose(losses, [2 * np.log(3.0)] * 2, rtol=1e-6)
