"""What the methods of a head compute but once while it makes a spec."""

import pytest
import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1

LOGITS, LABELS = [[1.0], [2.0]], [[0.0], [1.0]]


class CountedLoss:
    """A loss_fn that counts its calls."""

    def __init__(self):
        self.calls = 0

    def __call__(self, labels, logits):
        self.calls += 1
        return tf.abs(logits - labels)


class CountedHead(eh.BinaryClassHead):
    """A user's head that counts the calls of what it overrides."""

    def __init__(self, name=None):
        super().__init__(name=name)
        self.calls = {"labels": 0, "predictions": 0}

    def _processed_labels(self, logits, labels):
        self.calls["labels"] += 1
        return super()._processed_labels(logits, labels)

    def predictions(self, logits, keys=None):
        self.calls["predictions"] += 1
        return super().predictions(logits, keys)


@pytest.mark.parametrize("make", [eh.BinaryClassHead, eh.RegressionHead])
def test_eval_of_one_head(make):
    loss_fn = CountedLoss()
    with tf.Graph().as_default(), v1.Session() as session:
        head = make(loss_fn=loss_fn)
        spec = head.create_estimator_spec({}, "eval", tf.constant(LOGITS), tf.constant(LABELS))
        assert loss_fn.calls == 1
        session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
        session.run([update for _, update in spec.eval_metric_ops.values()])
        assert session.run(spec.eval_metric_ops["average_loss"][0]) == session.run(spec.loss) == 1.0


@pytest.mark.parametrize("mode", ["eval", "train"])
def test_heads_of_a_multi_head(mode):
    loss_fns = CountedLoss(), CountedLoss()
    first = eh.BinaryClassHead(loss_fn=loss_fns[0], name="first")
    second = eh.RegressionHead(loss_fn=loss_fns[1], name="second")
    with tf.Graph().as_default():
        weight = v1.get_variable("weight", [], initializer=v1.ones_initializer())
        logits = {name: weight * tf.constant(LOGITS) for name in ("first", "second")}
        labels = {name: tf.constant(LABELS) for name in logits}
        v1.train.get_or_create_global_step()
        eh.MultiHead([first, second]).create_estimator_spec(
            {}, mode, logits, labels, v1.train.AdamOptimizer(), [weight]
        )
        assert [loss_fn.calls for loss_fn in loss_fns] == [1, 1]
        if mode == "train":
            summaries = v1.get_collection(v1.GraphKeys.SUMMARIES)
            tags = {summary.op.name for summary in summaries}
            assert tags == {"loss", "loss/first", "loss/second"}
            # As TF 2.15 names it, and checkpoints with it.
            assert "training_2/beta1_power" in {v.op.name for v in v1.global_variables()}


def test_what_a_user_overrides_is_called_as_often_as_the_spec_asks_for_it():
    head = CountedHead()
    with tf.Graph().as_default():
        head.create_estimator_spec({}, "eval", tf.constant(LOGITS), tf.constant(LABELS))
    assert head.calls == {"labels": 2, "predictions": 2}  # for the loss, and for the metrics
    head = CountedHead("mine")
    with tf.Graph().as_default():
        eh.MultiHead([head]).create_estimator_spec(
            {},
            "train",
            {"mine": tf.constant(LOGITS)},
            {"mine": tf.constant(LABELS)},
            train_op_fn=tf.identity,
        )
    assert head.calls == {"labels": 2, "predictions": 2}  # for all heads, and for its own spec


def test_nothing_is_kept_when_a_method_is_called_alone():
    loss_fn = CountedLoss()
    head = eh.RegressionHead(loss_fn=loss_fn)
    logits, labels = tf.constant(LOGITS), tf.constant(LABELS)
    assert float(head.loss(labels, logits)) == float(head.loss(labels, logits)) == 1.0
    head.update_metrics(head.metrics(), {}, logits, labels)
    assert loss_fn.calls == 3
