"""The metrics of the heads as `tf.compat.v1.metrics` pairs of value and update op."""

import tensorflow as tf


def value_and_update(metric, batch):
    """The v1 metric for a `HeadMetric`.

    Args:
        metric: a `estimator_heads.heads.metrics.HeadMetric`.
        batch: an `EvalBatch`.

    Returns:
        A tuple of value Tensor and update op.
    """
    return _KINDS[metric.kind](*metric.inputs(batch), weights=batch.weights, **metric.arguments)


def mean(values, weights=1.0):
    """Mean of all values; weights are broadcast to them."""
    return tf.compat.v1.metrics.mean(tf.cast(values, tf.float32), weights)


def _accuracy_baseline(labels, weights):
    label_mean, update = mean(labels, weights)
    return tf.maximum(label_mean, 1.0 - label_mean), tf.maximum(update, 1.0 - update)


def _accuracy(labels, predictions, weights, threshold=None):
    if threshold is not None:
        # A probability at the threshold counts as positive here; in tf_keras it does not.
        predictions = tf.cast(predictions >= threshold, tf.float32)
    return tf.compat.v1.metrics.accuracy(labels, predictions, weights)


def _precision(labels, predictions, weights, thresholds=None):
    if thresholds is None:
        return tf.compat.v1.metrics.precision(labels, predictions, weights)
    return _squeezed(
        tf.compat.v1.metrics.precision_at_thresholds(labels, predictions, [thresholds], weights)
    )


def _recall(labels, predictions, weights, thresholds=None):
    if thresholds is None:
        return tf.compat.v1.metrics.recall(labels, predictions, weights)
    return _squeezed(
        tf.compat.v1.metrics.recall_at_thresholds(labels, predictions, [thresholds], weights)
    )


def _auc(labels, predictions, weights, curve="ROC"):
    predictions = tf.cast(predictions, tf.float32)
    return tf.compat.v1.metrics.auc(labels, predictions, weights, curve=curve)


def _squeezed(pair):
    return tuple(tf.squeeze(tensor) for tensor in pair)


_KINDS = {
    "Mean": mean,
    "AccuracyBaseline": _accuracy_baseline,
    "Accuracy": _accuracy,
    "BinaryAccuracy": _accuracy,
    "Precision": _precision,
    "Recall": _recall,
    "AUC": _auc,
}
