"""The metrics of an evaluation: those of the model, and those that the caller asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.metric_spec import MetricSpec
from estimator_heads.types import Features, Labels


def check(metrics: object) -> None:
    """Checks the argument `metrics`.

    Raises:
        ValueError: If it is neither a dict nor None.
    """
    if metrics is not None and not isinstance(metrics, dict):
        raise ValueError(
            "Invalid value for argument `metrics`. Expected a dict from names to MetricSpecs. "
            f"Received: metrics={metrics!r}."
        )


def metric_ops(
    metrics: dict[Any, Any] | None, features: Features, labels: Labels | None, predictions: Any
) -> dict[str, Any]:
    """Applies metrics to a batch.

    Args:
        metrics: Dict from name to `MetricSpec`; or to a function of predictions and labels. With
            predictions in a dict, the key of such a function is a tuple of its name and the key of
            the predictions, which may be one of the labels too.
        features: Features of the batch.
        labels: Its labels.
        predictions: Its predictions.

    Returns:
        Dict from name to what the metric function returns.

    Raises:
        ValueError: If a key does not fit the predictions.
    """
    result = {}
    for key, metric in sorted((metrics or {}).items(), key=lambda item: str(item[0])):
        if isinstance(metric, MetricSpec):
            result[key] = metric.create_metric_ops(features, labels, predictions)
            continue
        tf.compat.v1.logging.warning(
            "The metric %r is a bare function. Use tf.contrib.learn.MetricSpec.", key
        )
        name, prediction_key = _split(key, predictions)
        chosen = predictions if prediction_key is None else predictions[prediction_key]
        result[name] = metric(chosen, _labels_of(labels, prediction_key))
    return result


def update_and_values(
    eval_metric_ops: Mapping[str, Any],
) -> tuple[tf.Operation | None, dict[str, Any]]:
    """The operation that adds a batch to every metric, and the tensors of their values.

    Args:
        eval_metric_ops: Dict from name to a tuple of a value and an update operation, or to a
            value, which the last batch decides.

    Returns:
        A tuple of the operation, None if no metric has one, and a dict from name to value.
    """
    updates, values = [], {}
    for name, metric in eval_metric_ops.items():
        values[name] = metric
        if not isinstance(metric, (list, tuple)):
            continue
        if len(metric) == 2:
            values[name] = metric[0]
            updates.append(metric[1])
        else:
            tf.compat.v1.logging.warning(
                "The metric %r is not updated: expected a tuple of a value and an update operation."
                " Received a tuple of length %d.",
                name,
                len(metric),
            )
    return (tf.group(*updates) if updates else None), values


def _split(key, predictions):
    """The name of a metric, and the key of the predictions that it takes."""
    if not isinstance(key, tuple):
        if isinstance(predictions, dict):
            raise ValueError(
                "The key of a metric that is a function must be a tuple (name, key of the "
                f"predictions), because the predictions are a dict with the keys "
                f"{list(predictions)}. Received: {key!r}."
            )
        return key, None
    if len(key) != 2:
        raise ValueError(
            "The key of a metric that is a function must be a name, or a tuple (name, key of the "
            f"predictions). Received: {key!r}."
        )
    if not isinstance(predictions, dict):
        raise ValueError(
            "The key of a metric that is a function must be a name, because the predictions are a "
            f"single tensor. Received: {key!r}."
        )
    return key


def _labels_of(labels, prediction_key):
    if not isinstance(labels, dict):
        return labels
    if prediction_key is not None and prediction_key in labels:
        return labels[prediction_key]
    return next(iter(labels.values())) if len(labels) == 1 else labels
