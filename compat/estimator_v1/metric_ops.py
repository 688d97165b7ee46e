"""The metrics of the heads as `tf.compat.v1.metrics` pairs of value and update op."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import tensorflow as tf

from estimator_heads.heads.tasks import checks
from estimator_heads.heads.tasks.metrics import EvalBatch, HeadMetric
from estimator_heads.types import TensorLike

# What `tf.compat.v1.metrics` return.
ValueAndUpdate: TypeAlias = tuple[tf.Tensor, tf.Tensor]


def value_and_update(metric: HeadMetric, batch: EvalBatch) -> ValueAndUpdate:
    """The v1 metric for a `HeadMetric`.

    Args:
        metric: A `estimator_heads.heads.tasks.metrics.HeadMetric`.
        batch: An `EvalBatch`.

    Returns:
        A tuple of value Tensor and update op.
    """
    return _KINDS[metric.kind](*metric.inputs(batch), weights=batch.weights, **metric.arguments)


def mean(values: TensorLike, weights: TensorLike | None = 1.0) -> ValueAndUpdate:
    """Mean of all values; weights are broadcast to them."""
    return tf.compat.v1.metrics.mean(tf.cast(values, tf.float32), weights)


def accuracy_baseline(label_mean: ValueAndUpdate) -> ValueAndUpdate:
    """Accuracy of always predicting the commoner of two classes.

    Args:
        label_mean: Value and update op of the mean of 0/1 labels.
    """
    return tuple(tf.maximum(tensor, 1.0 - tensor) for tensor in label_mean)


def accuracy(
    labels: TensorLike,
    predictions: tf.Tensor,
    weights: TensorLike | None,
    threshold: float | None = None,
) -> ValueAndUpdate:
    """Accuracy of class ids, or of probabilities that are cut off at a threshold."""
    if threshold is not None:
        # A probability at the threshold counts as positive here; in tf_keras it does not.
        predictions = tf.cast(predictions >= threshold, tf.float32)
    # TensorFlow casts predictions to the dtype of the labels, which need not have every class id.
    labels = checks.widened(tf.convert_to_tensor(labels))
    return tf.compat.v1.metrics.accuracy(labels, predictions, weights)


def precision(
    labels: TensorLike,
    predictions: tf.Tensor,
    weights: TensorLike | None,
    thresholds: float | None = None,
) -> ValueAndUpdate:
    """Precision of 0/1 predictions, or of probabilities at one threshold."""
    if thresholds is None:
        return tf.compat.v1.metrics.precision(labels, predictions, weights)
    return _squeezed(
        tf.compat.v1.metrics.precision_at_thresholds(labels, predictions, [thresholds], weights)
    )


def recall(
    labels: TensorLike,
    predictions: tf.Tensor,
    weights: TensorLike | None,
    thresholds: float | None = None,
) -> ValueAndUpdate:
    """Recall of 0/1 predictions, or of probabilities at one threshold."""
    if thresholds is None:
        return tf.compat.v1.metrics.recall(labels, predictions, weights)
    return _squeezed(
        tf.compat.v1.metrics.recall_at_thresholds(labels, predictions, [thresholds], weights)
    )


def auc(
    labels: TensorLike,
    predictions: TensorLike,
    weights: TensorLike | None = None,
    curve: str = "ROC",
) -> ValueAndUpdate:
    """Area under the ROC or the PR curve of probabilities."""
    predictions = tf.cast(predictions, tf.float32)
    return tf.compat.v1.metrics.auc(labels, predictions, weights, curve=curve)


def _squeezed(pair):
    return tuple(tf.squeeze(tensor) for tensor in pair)


_KINDS: dict[str, Callable[..., ValueAndUpdate]] = {
    "Mean": mean,
    "AccuracyBaseline": lambda labels, weights: accuracy_baseline(mean(labels, weights)),
    "Accuracy": accuracy,
    "BinaryAccuracy": accuracy,
    "Precision": precision,
    "Recall": recall,
    "AUC": auc,
}
