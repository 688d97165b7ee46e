"""The metrics that heads report, each described once: its key, its object and what updates it.

A head lists its metrics as `HeadMetric`s; `Head.metrics` makes the objects and
`Head.update_metrics` feeds each the parts of an `EvalBatch` that it wants. The objects are those of
tf_keras, which is imported when the first head is asked for metrics.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from estimator_heads.keys import MetricKeys


@dataclass(frozen=True)
class EvalBatch:
    """What is known about one batch when metrics are updated.

    Attributes:
        labels: processed labels, shape [D0, ..., DN, label dimension].
        predictions: the head's predictions, by key.
        unweighted_loss: loss of each label.
        weights: 1.0, or a Tensor that broadcasts against the loss.
    """

    labels: Any
    predictions: dict
    unweighted_loss: Any
    weights: Any


@dataclass(frozen=True)
class HeadMetric:
    """One metric of a head.

    Attributes:
        key: what it is called, before the head's name is appended.
        make: function from the object's name to a new tf_keras metric.
        update: function of (metric object, EvalBatch) that adds a batch.
    """

    key: str
    make: Callable
    update: Callable


def loss_mean() -> HeadMetric:
    """Mean loss over all labels."""
    return HeadMetric(MetricKeys.LOSS_MEAN, _mean, _update_loss_mean)


def label_mean() -> HeadMetric:
    """Mean of the labels."""
    return HeadMetric(MetricKeys.LABEL_MEAN, _mean, _update_label_mean)


def accuracy_baseline() -> HeadMetric:
    """Accuracy of always predicting the commoner of two classes."""
    make = _new("AccuracyBaseline")
    return HeadMetric(MetricKeys.ACCURACY_BASELINE, make, _update_label_mean)


def prediction_mean(key) -> HeadMetric:
    """Mean of the predictions under `key`."""

    def update(metric, batch):
        add_to_mean(metric, batch.predictions[key], batch.weights)

    return HeadMetric(MetricKeys.PREDICTION_MEAN, _mean, update)


def against_labels(metric_key, prediction_key, class_name, **arguments) -> HeadMetric:
    """A tf_keras metric that compares the labels with the predictions under `prediction_key`."""

    def update(metric, batch):
        metric.update_state(
            batch.labels, batch.predictions[prediction_key], sample_weight=batch.weights
        )

    return HeadMetric(metric_key, _new(class_name, **arguments), update)


def at_thresholds(thresholds, prediction_key) -> list[HeadMetric]:
    """Accuracy, precision and recall when probabilities are cut off at each threshold."""
    compare = functools.partial(against_labels, prediction_key=prediction_key)
    metrics = []
    for cut in thresholds:
        metrics += [
            compare(
                MetricKeys.ACCURACY_AT_THRESHOLD % cut, class_name="BinaryAccuracy", threshold=cut
            ),
            compare(
                MetricKeys.PRECISION_AT_THRESHOLD % cut, class_name="Precision", thresholds=cut
            ),
            compare(MetricKeys.RECALL_AT_THRESHOLD % cut, class_name="Recall", thresholds=cut),
        ]
    return metrics


def for_class(class_id, class_name, prediction_key) -> list[HeadMetric]:
    """Mean probability and both AUCs of one class among several.

    Args:
        class_id: position of the class in the last dimension of labels and probabilities.
        class_name: its name in the vocabulary, or None to call it by its id.
        prediction_key: key of the probabilities.
    """

    def update_mean(metric, batch):
        add_to_mean(metric, _column(batch.predictions[prediction_key], class_id), batch.weights)

    def update_auc(metric, batch):
        metric.update_state(
            _column(batch.labels, class_id),
            _column(batch.predictions[prediction_key], class_id),
            sample_weight=batch.weights,
        )

    if class_name is None:
        which = class_id
        mean_key, auc_key, auc_pr_key = (
            MetricKeys.PROBABILITY_MEAN_AT_CLASS,
            MetricKeys.AUC_AT_CLASS,
            MetricKeys.AUC_PR_AT_CLASS,
        )
    else:
        which = class_name
        mean_key, auc_key, auc_pr_key = (
            MetricKeys.PROBABILITY_MEAN_AT_NAME,
            MetricKeys.AUC_AT_NAME,
            MetricKeys.AUC_PR_AT_NAME,
        )
    return [
        HeadMetric(mean_key % which, _mean, update_mean),
        HeadMetric(auc_key % which, _new("AUC"), update_auc),
        HeadMetric(auc_pr_key % which, _new("AUC", curve="PR"), update_auc),
    ]


def new_mean(name):
    """A tf_keras `Mean` metric."""
    return _mean(name)


def add_to_mean(mean, values, weights):
    """Adds `values` to a `Mean`, each with its weight; weights are broadcast to the values."""
    values = tf.cast(values, tf.float32)
    mean.update_state(values, sample_weight=tf.broadcast_to(weights, tf.shape(values)))


def _update_loss_mean(metric, batch):
    metric.update_state(batch.unweighted_loss, sample_weight=batch.weights)


def _update_label_mean(metric, batch):
    add_to_mean(metric, batch.labels, batch.weights)


def _column(tensor, index):
    return tensor[..., index : index + 1]


def _new(class_name, **arguments):
    def make(name):
        if class_name == "AccuracyBaseline":
            return _accuracy_baseline_class()(name=name)
        import tf_keras

        return getattr(tf_keras.metrics, class_name)(name=name, **arguments)

    return make


_mean = _new("Mean")


@functools.cache
def _accuracy_baseline_class():
    import tf_keras

    class AccuracyBaseline(tf_keras.metrics.Mean):
        """max(mean, 1 - mean) of 0/1 labels."""

        def result(self):
            mean = super().result()
            return tf.maximum(mean, 1.0 - mean)

    return AccuracyBaseline
