"""`LogisticRegressor` of `tf.contrib.learn`: an Estimator of any model with one probability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.keys import MetricKey, ProblemType
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import ModelFn, Path


def LogisticRegressor(  # noqa: N802
    model_fn: ModelFn,
    thresholds: Sequence[float] | None = None,
    model_dir: Path | None = None,
    config: CoreRunConfig | None = None,
    feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
) -> Estimator:
    """An `Estimator` of a model that predicts probabilities, with metrics for these.

    Reproduces `tf.contrib.learn.LogisticRegressor` of TF 1.15.

    Args:
        model_fn: Function of features, labels and the mode that returns a tuple (predictions, loss,
            train_op). Predictions and labels have the same shape; labels are 0 and 1.
        thresholds: Numbers at which accuracy, precision and recall are reported; by default 0.5.
        model_dir: As for `Estimator`.
        config: As for `Estimator`.
        feature_engineering_fn: As for `Estimator`.

    Returns:
        An `Estimator`.
    """
    return Estimator(
        model_fn=_get_model_fn_with_logistic_metrics(model_fn),
        model_dir=model_dir,
        config=config,
        params={"thresholds": thresholds},
        feature_engineering_fn=feature_engineering_fn,
    )


def _get_model_fn_with_logistic_metrics(model_fn):
    """A model_fn that evaluates with the metrics, of one that returns a tuple."""

    def _model_fn(features, labels, mode, params):
        predictions, loss, train_op = model_fn(features, labels, mode)
        metrics = None
        if mode == ModeKeys.EVAL:
            metrics = _make_logistic_eval_metric_ops(
                labels, predictions, params.get("thresholds") or [0.5]
            )
        return ModelFnOps(
            mode=mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            output_alternatives={
                "head": (ProblemType.LOGISTIC_REGRESSION, {"predictions": predictions})
            },
        )

    return _model_fn


def _make_logistic_eval_metric_ops(labels, predictions, thresholds):
    """The metrics of probabilities.

    Args:
        labels: Tensor of 0 and 1, or a dict of one such Tensor.
        predictions: Tensor of probabilities, of the same shape.
        thresholds: Numbers at which accuracy, precision and recall are reported.

    Returns:
        Dict from names to metrics.
    """
    metrics = tf.compat.v1.metrics
    if isinstance(labels, dict) and len(labels) == 1:
        (labels,) = labels.values()
    found = {
        MetricKey.PREDICTION_MEAN: metrics.mean(predictions),
        MetricKey.LABEL_MEAN: metrics.mean(labels),
        MetricKey.ACCURACY_BASELINE: metrics.mean(labels),
        MetricKey.AUC: metrics.auc(labels=labels, predictions=predictions),
    }
    at_threshold = {
        MetricKey.ACCURACY_MEAN: metrics.accuracy,
        MetricKey.PRECISION_MEAN: metrics.precision,
        MetricKey.RECALL_MEAN: metrics.recall,
    }
    for threshold in thresholds:
        classes = tf.cast(tf.greater_equal(predictions, threshold), tf.float32)
        for key, metric in at_threshold.items():
            found[key % threshold] = metric(labels=labels, predictions=classes)
    return found
