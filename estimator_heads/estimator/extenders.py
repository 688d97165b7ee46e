"""Estimators made from other Estimators, with more metrics: `tf.estimator.add_metrics`."""

from __future__ import annotations

from typing import Any

from estimator_heads.callables import fn_args
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.keys import ModeKeys
from estimator_heads.types import MetricFn

METRIC_FN_ARGS = ("features", "labels", "predictions", "config")


def add_metrics(estimator: Estimator, metric_fn: MetricFn) -> Estimator:
    """Returns a new Estimator that reports additional metrics.

    Args:
        estimator: The Estimator whose model, model_dir and config the new one shares.
        metric_fn: Function of any of `features`, `labels`, `predictions` and `config`, all by name,
            that returns a dict of metrics as `EstimatorSpec.eval_metric_ops` takes them. A metric
            replaces one of the same name that the model already has.

    Returns:
        An `Estimator`.

    Raises:
        ValueError: If `metric_fn` has other arguments.
    """
    check_metric_fn(metric_fn)

    def model_fn(features, labels, mode, config):
        spec = estimator.model_fn(features, labels, mode, config)
        if mode != ModeKeys.EVAL:
            return spec
        metrics = call_metric_fn(metric_fn, features, labels, spec.predictions, config)
        return spec._replace(eval_metric_ops={**spec.eval_metric_ops, **metrics})

    return Estimator(
        model_fn=model_fn,
        model_dir=estimator.model_dir,
        config=estimator.config,
        warm_start_from=estimator._warm_start_settings,
    )


def check_metric_fn(metric_fn: MetricFn) -> None:
    """Raises a ValueError if a metric_fn has arguments that it is not given."""
    args = fn_args(metric_fn)
    if not set(args) <= set(METRIC_FN_ARGS):
        raise ValueError(
            f"Invalid value for argument `metric_fn`. Expected a function of any of "
            f"{METRIC_FN_ARGS}. Received a function of {args}."
        )


def call_metric_fn(
    metric_fn: MetricFn, features: Any, labels: Any, predictions: Any, config: RunConfig
) -> Any:
    """Calls a metric_fn with those arguments it takes.

    Args:
        metric_fn: The function.
        features: First result of the input_fn.
        labels: Second result of the input_fn, or None.
        predictions: Those of the `EstimatorSpec`.
        config: The `RunConfig`.

    Returns:
        Whatever it returns.
    """
    known = {"features": features, "labels": labels, "predictions": predictions, "config": config}
    return metric_fn(**{arg: known[arg] for arg in fn_args(metric_fn)})
