"""The metrics that heads report, each described once: its key, its kind, and what it looks at.

A head lists its metrics as `HeadMetric`s. `Head.metrics` makes tf_keras objects of them and
`Head.update_metrics` shows each an `EvalBatch`; tf_keras is imported when the first is made.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import tensorflow as tf

from estimator_heads.heads.tasks import metric_updates
from estimator_heads.heads.tasks.weights import are_one
from estimator_heads.keys import MetricKeys
from estimator_heads.types import Metric

# Kinds that tf_keras has no class for.
ACCURACY_BASELINE = "AccuracyBaseline"


@dataclass(frozen=True)
class EvalBatch:
    """What is known about one batch when metrics are updated.

    Attributes:
        labels: Processed labels, shape [D0, ..., DN, label dimension].
        predictions: The head's predictions, by key.
        unreduced_loss: Loss of each label.
        weights: 1.0, or a Tensor that broadcasts against the loss.
        shared: What metrics have in common: see `metric_updates.add`.
    """

    labels: tf.Tensor
    predictions: dict[str, tf.Tensor]
    unreduced_loss: tf.Tensor
    weights: tf.Tensor | float
    shared: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HeadMetric:
    """One metric of a head.

    Attributes:
        key: What it is called, before the head's name is appended.
        kind: A class of tf_keras.metrics, or `ACCURACY_BASELINE`.
        inputs: Function from an EvalBatch to what the metric is updated with: a tuple of the values
            for a mean, of labels and predictions for others.
        arguments: Further arguments of the class.
        named_after_head: Whether the object, too, has the head's name in its name.
    """

    key: str
    kind: str
    inputs: Callable[[EvalBatch], tuple[tf.Tensor, ...]]
    arguments: dict[str, Any] = field(default_factory=dict)
    named_after_head: bool = False

    def new(self, summary_key: Callable[[str], str]) -> Metric:
        """A new metric object; `summary_key` is the head's function that adds its name to a key."""
        name = summary_key(self.key) if self.named_after_head else self.key
        if self.kind == ACCURACY_BASELINE:
            return _accuracy_baseline_class()(name=name)
        import tf_keras

        return getattr(tf_keras.metrics, self.kind)(name=name, **self.arguments)

    def update(self, metric: Metric, batch: EvalBatch) -> None:
        """Adds a batch to the metric object."""
        inputs = self.inputs(batch)
        if _is_of_tf_keras(metric) and metric_updates.add(
            metric, inputs, batch.weights, batch.shared
        ):
            return
        if len(inputs) > 1:
            update_state(metric, *inputs, sample_weight=batch.weights)
        else:
            add_to_mean(metric, inputs[0], batch.weights)


def loss_mean() -> HeadMetric:
    """Mean loss over all labels."""
    return HeadMetric(MetricKeys.LOSS_MEAN, "Mean", lambda batch: (batch.unreduced_loss,))


def label_mean() -> HeadMetric:
    """Mean of the labels."""
    return HeadMetric(MetricKeys.LABEL_MEAN, "Mean", lambda batch: (batch.labels,))


def accuracy_baseline() -> HeadMetric:
    """Accuracy of always predicting the commoner of two classes."""
    key = MetricKeys.ACCURACY_BASELINE
    return HeadMetric(key, ACCURACY_BASELINE, lambda batch: (batch.labels,))


def prediction_mean(key: str) -> HeadMetric:
    """Mean of the predictions under `key`."""
    return HeadMetric(MetricKeys.PREDICTION_MEAN, "Mean", lambda batch: (batch.predictions[key],))


def against_labels(metric_key: str, prediction_key: str, kind: str, **arguments: Any) -> HeadMetric:
    """A metric that compares the labels with the predictions under `prediction_key`."""
    return HeadMetric(
        metric_key,
        kind,
        lambda batch: (batch.labels, batch.predictions[prediction_key]),
        arguments,
    )


def at_thresholds(thresholds: Iterable[float], prediction_key: str) -> list[HeadMetric]:
    """Accuracy, precision and recall when probabilities are cut off at each threshold."""

    def inputs(batch):
        return batch.labels, batch.predictions[prediction_key]

    metrics = []
    for cut in thresholds:
        for key, kind, argument in (
            (MetricKeys.ACCURACY_AT_THRESHOLD, "BinaryAccuracy", "threshold"),
            (MetricKeys.PRECISION_AT_THRESHOLD, "Precision", "thresholds"),
            (MetricKeys.RECALL_AT_THRESHOLD, "Recall", "thresholds"),
        ):
            metrics.append(HeadMetric(key % cut, kind, inputs, {argument: cut}, True))
    return metrics


def for_class(class_id: int, class_name: str | None, prediction_key: str) -> list[HeadMetric]:
    """Mean probability and both AUCs of one class among several.

    Args:
        class_id: Position of the class in the last dimension of labels and probabilities.
        class_name: Its name in the vocabulary, or None to call it by its id.
        prediction_key: Key of the probabilities.
    """

    def label_and_probability(batch):
        key = for_class, class_id, prediction_key
        if key not in batch.shared:
            batch.shared[key] = (
                _column(batch.labels, class_id),
                _column(batch.predictions[prediction_key], class_id),
            )
        return batch.shared[key]

    def probability(batch):
        return label_and_probability(batch)[1:]

    which: int | str
    if class_name is None:
        which = class_id
        mean_key = MetricKeys.PROBABILITY_MEAN_AT_CLASS
        auc_key, auc_pr_key = MetricKeys.AUC_AT_CLASS, MetricKeys.AUC_PR_AT_CLASS
    else:
        which = class_name
        mean_key = MetricKeys.PROBABILITY_MEAN_AT_NAME
        auc_key, auc_pr_key = MetricKeys.AUC_AT_NAME, MetricKeys.AUC_PR_AT_NAME
    return [
        HeadMetric(mean_key % which, "Mean", probability, {}, True),
        HeadMetric(auc_key % which, "AUC", label_and_probability, {}, True),
        HeadMetric(auc_pr_key % which, "AUC", label_and_probability, {"curve": "PR"}, True),
    ]


def add_to_mean(mean: Metric, values: tf.Tensor, weights: tf.Tensor | float) -> None:
    """Adds values to a `Mean` object, each with its weight; weights are broadcast to them."""
    values = tf.cast(values, tf.float32)
    if not (_is_of_tf_keras(mean) and are_one(weights)):
        weights = tf.broadcast_to(weights, tf.shape(values))
    update_state(mean, values, sample_weight=weights)


def update_state(metric: Any, *values: Any, **options: Any) -> None:
    """Calls `update_state` of a metric.

    Keras has AutoGraph convert it, which takes longer than everything else at the first metrics of
    a process. The metrics of tf_keras do not need that; those of users may. Without weights, they
    are made of half as many operations as with weights of 1.
    """
    update = metric.update_state
    if _is_of_tf_keras(metric):
        update = tf.autograph.experimental.do_not_convert(update)
        if are_one(options.get("sample_weight")):
            del options["sample_weight"]
    update(*values, **options)


def _is_of_tf_keras(metric):
    return type(metric).__module__.partition(".")[0] in ("tf_keras", "estimator_heads")


def new_mean(name: str) -> Metric:
    """A tf_keras `Mean` metric."""
    import tf_keras

    return tf_keras.metrics.Mean(name=name)


def _column(tensor, index):
    return tensor[..., index : index + 1]


@functools.cache
def _accuracy_baseline_class():
    import tf_keras

    class AccuracyBaseline(tf_keras.metrics.Mean):
        """max(mean, 1 - mean) of 0/1 labels; 0 without any, as other means."""

        def result(self):
            most = tf.maximum(self.total, self.count - self.total)
            return tf.math.divide_no_nan(most, self.count)

    return AccuracyBaseline
