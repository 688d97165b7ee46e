"""The metrics of the heads of `tf.contrib.learn`, under its keys, from the core's descriptions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import tensorflow as tf

from estimator_heads.compat.contrib.learn.keys import MetricKey, PredictionKey
from estimator_heads.heads.tasks import metrics
from estimator_heads.heads.tasks.metrics import EvalBatch, HeadMetric


def accuracy() -> HeadMetric:
    """Share of predicted classes that are right."""
    return metrics.against_labels(MetricKey.ACCURACY, PredictionKey.CLASSES, "Accuracy")


def mean_of_labels(key: str) -> HeadMetric:
    """Mean of the labels."""
    return dataclasses.replace(metrics.label_mean(), key=key)


def mean_of_predictions(key: str, prediction_key: str) -> HeadMetric:
    """Mean of the predictions under `prediction_key`."""
    return dataclasses.replace(metrics.prediction_mean(prediction_key), key=key)


def areas(
    prediction_key: str, roc_key: str = MetricKey.AUC, pr_key: str = MetricKey.AUC_PR
) -> list[HeadMetric]:
    """Areas under the two curves of the probabilities under `prediction_key`."""
    return [
        metrics.against_labels(roc_key, prediction_key, "AUC"),
        metrics.against_labels(pr_key, prediction_key, "AUC", curve="PR"),
    ]


def at_thresholds(thresholds: Iterable[float], prediction_key: str) -> list[HeadMetric]:
    """Accuracy, precision and recall when probabilities are cut off at each threshold."""
    keys = (MetricKey.ACCURACY_MEAN, MetricKey.PRECISION_MEAN, MetricKey.RECALL_MEAN)
    return [
        dataclasses.replace(metric, key=key % threshold)
        for threshold in thresholds
        for metric, key in zip(
            metrics.at_thresholds([threshold], prediction_key), keys, strict=True
        )
    ]


def means_of_class(class_id: int) -> list[HeadMetric]:
    """Means of one class among several, for the batch that `of_class` makes."""
    return [
        mean_of_predictions(MetricKey.CLASS_PREDICTION_MEAN % class_id, PredictionKey.CLASSES),
        mean_of_labels(MetricKey.CLASS_LABEL_MEAN % class_id),
        mean_of_predictions(
            MetricKey.CLASS_PROBABILITY_MEAN % class_id, PredictionKey.PROBABILITIES
        ),
        mean_of_predictions(MetricKey.CLASS_LOGITS_MEAN % class_id, PredictionKey.LOGITS),
    ]


def areas_of_class(class_id: int) -> list[HeadMetric]:
    """Areas under the two curves of one class among several, for the batch of `of_class`."""
    return areas(
        PredictionKey.PROBABILITIES,
        MetricKey.CLASS_AUC % class_id,
        MetricKey.CLASS_AUC_PR % class_id,
    )


def of_class(batch: EvalBatch, class_id: int) -> EvalBatch:
    """What is known of one class.

    Args:
        batch: An `EvalBatch` whose labels and predictions have a column for each class.
        class_id: Number of the column.
    """
    weights = batch.weights
    if weights is not None:
        weights = (weights * tf.ones_like(batch.predictions[PredictionKey.LOGITS]))[:, class_id]
    return EvalBatch(
        labels=batch.labels[:, class_id],
        predictions={key: tensor[:, class_id] for key, tensor in batch.predictions.items()},
        unreduced_loss=None,
        weights=weights,
    )
