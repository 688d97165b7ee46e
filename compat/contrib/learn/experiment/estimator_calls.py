"""How an Experiment calls an Estimator, be it one of `tf.estimator` or of `tf.contrib.learn`."""

from __future__ import annotations

import os
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn import monitors as monitor_lib
from estimator_heads.compat.contrib.learn.estimators.interfaces import Evaluable, Trainable
from estimator_heads.compat.contrib.learn.experiment.export_strategy import ExportStrategy
from estimator_heads.estimator.estimator import Estimator as CoreEstimator


def check_estimator(estimator: object, eval_metrics: Any, saving_listeners: Any) -> None:
    """Checks that an estimator can be run, and that the other arguments fit it.

    Args:
        estimator: The argument of `Experiment`.
        eval_metrics: The argument of `Experiment`.
        saving_listeners: The argument of `Experiment`.

    Raises:
        ValueError: If not.
    """
    if isinstance(estimator, CoreEstimator):
        if eval_metrics is not None:
            raise ValueError(_no_metrics(eval_metrics))
        return
    if not isinstance(estimator, Evaluable) or not isinstance(estimator, Trainable):
        raise ValueError(
            "Invalid value for argument `estimator`. Expected a tf.estimator.Estimator, or an "
            "estimator that is both tf.contrib.learn.Trainable and tf.contrib.learn.Evaluable. "
            f"Received: estimator={estimator!r} of type {type(estimator).__name__}."
        )
    if saving_listeners is not None:
        raise ValueError(
            "`saving_listeners` need an Estimator of tf.estimator. For one of tf.contrib.learn, "
            f"expected None. Received: saving_listeners={saving_listeners!r}."
        )


class EstimatorCalls:
    """The part of `Experiment` that calls its Estimator; it relies on the rest of it.

    Subclasses are known to override these methods and to call them, so they keep the original's
    names.
    """

    _estimator: Any
    _core_estimator_used: bool

    def _set_export_strategies(self, values):
        strategies = [values] if isinstance(values, ExportStrategy) else list(values or [])
        for strategy in strategies:
            if not isinstance(strategy, ExportStrategy):
                raise ValueError(
                    "Invalid value for argument `export_strategies`. Expected an ExportStrategy, "
                    f"several of them, or None. Received: {strategy!r} of type "
                    f"{type(strategy).__name__}."
                )
        self._export_strategies = tuple(strategies)

    def _maybe_export(self, eval_result, checkpoint_path=None):
        folder = os.path.join(tf.compat.as_bytes(self._estimator.model_dir), b"export")
        return [
            strategy.export(
                self._estimator,
                os.path.join(folder, tf.compat.as_bytes(strategy.name)),
                checkpoint_path=checkpoint_path,
                eval_result=eval_result,
            )
            for strategy in self._export_strategies
        ]

    def _call_train(
        self,
        _sentinel=None,
        input_fn=None,
        steps=None,
        hooks=None,
        max_steps=None,
        saving_listeners=None,
    ):
        _check_keywords_only("_call_train", _sentinel)
        hooks = monitor_lib.replace_monitors_with_hooks(hooks, self._estimator)
        if self._core_estimator_used:
            return self._estimator.train(
                input_fn=input_fn,
                steps=steps,
                max_steps=max_steps,
                hooks=hooks,
                saving_listeners=saving_listeners,
            )
        return self._estimator.fit(
            input_fn=input_fn, steps=steps, max_steps=max_steps, monitors=hooks
        )

    def _call_evaluate(
        self,
        _sentinel=None,
        input_fn=None,
        steps=None,
        metrics=None,
        name=None,
        checkpoint_path=None,
        hooks=None,
    ):
        _check_keywords_only("_call_evaluate", _sentinel)
        kwargs = {} if self._core_estimator_used else {"metrics": metrics}
        if self._core_estimator_used and metrics is not None:
            raise ValueError(_no_metrics(metrics))
        return self._estimator.evaluate(
            input_fn=input_fn,
            steps=steps,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
            **kwargs,
        )


def _no_metrics(metrics):
    return (
        "With a tf.estimator.Estimator, expected None for argument `eval_metrics`: its model_fn "
        "returns the metrics as `eval_metric_ops` of the EstimatorSpec. Received: "
        f"eval_metrics={metrics!r}."
    )


def _check_keywords_only(method, positional):
    if positional is not None:
        raise ValueError(
            f"{method} takes its arguments by name only. Received: {positional!r} by position."
        )
