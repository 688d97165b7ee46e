"""What users override in heads of their own."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.model_fn import _TPUEstimatorSpec


class LabelSmoothing(eh.BinaryClassHead):
    """Changes the labels that loss and metrics see."""

    def _processed_labels(self, logits, labels):
        return super()._processed_labels(logits, labels) * 0.8 + 0.1


class FocalHead(eh.MultiClassHead):
    """Changes the loss of each example."""

    def _unweighted_loss_and_weights(self, logits, label_ids, features):
        loss, weights = super()._unweighted_loss_and_weights(logits, label_ids, features)
        return loss * (1 - tf.exp(-loss)) ** 2, weights


class PrefixedHead(eh.RegressionHead):
    """Changes the names of metrics and summaries."""

    def _summary_key(self, key):
        return f"mine/{key}"


class TripledHead(eh.RegressionHead):
    """Changes the loss as a whole."""

    def loss(self, labels, logits, features=None, mode=None, regularization_losses=None):
        return 3 * super().loss(labels, logits, features, mode, regularization_losses)


class CountingHead(eh.Head):
    """A head from scratch: predicts the number of examples."""

    name = "counting"
    logits_dimension = 1
    loss_reduction = "sum"

    def loss(self, labels, logits, features=None, mode=None, regularization_losses=None):
        return tf.reduce_sum(tf.abs(logits - labels))

    def predictions(self, logits, keys=None):
        return {"count": tf.fill([tf.shape(logits)[0], 1], tf.shape(logits)[0])}

    def metrics(self, regularization_losses=None):
        return {}

    def update_metrics(
        self, eval_metrics, features, logits, labels, mode=None, regularization_losses=None
    ):
        return eval_metrics

    def _create_tpu_estimator_spec(self, features, mode, logits, labels=None, **arguments):
        return _TPUEstimatorSpec(
            mode,
            predictions=self.predictions(logits),
            loss=None if labels is None else self.loss(labels, logits),
            train_op=tf.no_op(),
        )


def test_processed_labels():
    head, logits = LabelSmoothing(), np.array([[2.0]], np.float32)
    # Cross entropy of sigmoid(2) with 0.9 for class 1.
    expected = np.log(1 + np.exp(-2.0)) + 0.1 * 2.0
    np.testing.assert_allclose(head.loss([[1]], logits), expected, rtol=1e-5)
    metrics = head.update_metrics(head.metrics(), {}, logits, [[1]])
    np.testing.assert_allclose(metrics["label/mean"].result(), 0.9, rtol=1e-5)


def test_unweighted_loss_and_weights():
    logits = np.array([[1.0, 0.0, 0.0]], np.float32)
    cross_entropy = np.log(np.e + 2) - 1
    expected = cross_entropy * (1 - np.exp(-cross_entropy)) ** 2
    head = FocalHead(3)
    np.testing.assert_allclose(head.loss([[0]], logits), expected, rtol=1e-5)
    metrics = head.update_metrics(head.metrics(), {}, logits, [[0]])
    np.testing.assert_allclose(metrics["average_loss"].result(), expected, rtol=1e-5)


def test_attributes_of_the_originals_may_be_set():
    head = eh.RegressionHead()
    head._loss_fn = lambda labels, logits: tf.abs(logits - labels)
    head._weight_column = "weight"
    features = {"weight": tf.constant([1.0, 3.0])}
    loss = head.loss(tf.constant([[0.0], [0.0]]), tf.constant([[1.0], [3.0]]), features)
    np.testing.assert_allclose(loss, (1.0 * 1.0 + 3.0 * 3.0) / 2)


def test_summary_key():
    head = PrefixedHead()
    assert set(head.metrics()) == {"mine/average_loss", "mine/prediction/mean", "mine/label/mean"}
    with tf.Graph().as_default():
        head.create_estimator_spec(
            {}, "train", tf.constant([[1.0]]), tf.constant([[2.0]]), train_op_fn=tf.identity
        )
        (summary,) = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.SUMMARIES)
        assert summary.op.name == "mine/loss"


def test_loss_is_what_is_trained_on():
    head = TripledHead()
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        spec = head.create_estimator_spec(
            {}, "train", tf.constant([[1.0]]), tf.constant([[3.0]]), train_op_fn=tf.identity
        )
        assert session.run([spec.loss, spec.train_op]) == [12.0, 12.0]


def test_a_head_from_scratch_in_a_multi_head():
    head = eh.MultiHead([CountingHead(), eh.RegressionHead(name="other")])
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        logits = tf.constant([[1.0, 2.0], [3.0, 4.0]])
        spec = head.create_estimator_spec({}, "infer", logits)
        predictions = session.run(spec.predictions)
        np.testing.assert_array_equal(predictions["counting", "count"], [[2], [2]])
        assert set(spec.export_outputs) == {
            "serving_default",
            "counting",
            "other",
            "other/regression",
            "other/predict",
            "predict",
        }
        assert spec.export_outputs["serving_default"] is spec.export_outputs["counting"]


def test_abstract_members_are_named():
    with pytest.raises(TypeError, match="abstract"):
        eh.Head()

    class WithoutSpec(CountingHead):
        _create_tpu_estimator_spec = eh.Head._create_tpu_estimator_spec

    with pytest.raises(NotImplementedError, match="WithoutSpec must define create_estimator_spec"):
        WithoutSpec().create_estimator_spec({}, "infer", [[1.0]])
