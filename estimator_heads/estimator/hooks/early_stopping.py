"""Hooks that stop training when the evaluations say so.

Reproduces `tf.estimator.experimental.make_early_stopping_hook` and `stop_if_*_hook`. Evaluations
are read from the event files that they leave, so they may run in another process.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import tensorflow as tf

from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.hooks.stop_on_predicate import (
    CheckForStoppingHook,
    CollectiveStoppingHook,
    StopOnPredicateHook,
    StopOnPredicateLocallyHook,
    checked_should_stop_fn,
)
from estimator_heads.estimator.storage.event_reading import read_eval_metrics
from estimator_heads.types import Path

_COLLECTIVE_STRATEGIES = ("CollectiveAllReduceStrategy", "MultiWorkerMirroredStrategy")


def make_early_stopping_hook(
    estimator: Estimator,
    should_stop_fn: Callable[[], bool],
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that stops training when your function says so.

    In a cluster, the chief calls the function and tells the other workers through a variable in the
    graph; with `MultiWorkerMirroredStrategy`, every worker calls it. Pass the hook to `train` or
    `TrainSpec` in every process.

    Args:
        estimator: The `Estimator` to be trained; its `config` decides how workers are told.
        should_stop_fn: Function without arguments that returns whether to stop.
        run_every_secs: Seconds between two calls of it, or None.
        run_every_steps: Steps between two calls of it, or None; set only one of the two.

    Returns:
        A `SessionRunHook`.

    Raises:
        TypeError: If `estimator` is not an `Estimator`, or `should_stop_fn` is not a function.
        ValueError: If both or neither of `run_every_secs` and `run_every_steps` are given, or the
            former with `MultiWorkerMirroredStrategy`, whose workers must check at the same step.
    """
    if not isinstance(estimator, Estimator):
        raise TypeError(
            "Invalid value for argument `estimator`. Expected an Estimator. Received: "
            f"estimator={estimator!r} of type {type(estimator).__name__}."
        )
    checked_should_stop_fn(should_stop_fn)
    if (run_every_secs is None) == (run_every_steps is None):
        raise ValueError(
            "Exactly one of `run_every_secs` and `run_every_steps` must be given; set the other "
            f"one to None. Received: run_every_secs={run_every_secs!r}, "
            f"run_every_steps={run_every_steps!r}."
        )
    config = estimator.config
    if _is_collective(config.train_distribute):
        if run_every_secs is not None:
            raise ValueError(
                "With MultiWorkerMirroredStrategy all workers must check at the same step. Set "
                "`run_every_steps`, and run_every_secs=None. Received: "
                f"run_every_secs={run_every_secs!r}."
            )
        return CollectiveStoppingHook(should_stop_fn, run_every_steps)
    if not config.is_chief:
        return CheckForStoppingHook()
    alone = config.num_worker_replicas <= 1
    hook_class = StopOnPredicateLocallyHook if alone else StopOnPredicateHook
    return hook_class(should_stop_fn, run_every_secs, run_every_steps)


def _is_collective(strategy):
    return any(cls.__name__.startswith(_COLLECTIVE_STRATEGIES) for cls in type(strategy).__mro__)


def stop_if_higher_hook(
    estimator: Estimator,
    metric_name: str,
    threshold: float,
    eval_dir: Path | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that stops training once an evaluation's metric exceeds a threshold.

    Args:
        estimator: The `Estimator` to be trained.
        metric_name: Name of the metric, such as "accuracy".
        threshold: The number to exceed.
        eval_dir: Folder of the event files of the evaluation; None: `estimator.eval_dir()`.
        min_steps: Evaluations of a global step below this one do not count.
        run_every_secs: As for `make_early_stopping_hook`.
        run_every_steps: As for `make_early_stopping_hook`.

    Returns:
        A `SessionRunHook`.

    Raises:
        TypeError: As for `make_early_stopping_hook`.
        ValueError: As for `make_early_stopping_hook`.
        KeyError: Later, while training: if the evaluations have no such metric.
    """
    values = _metric_values(estimator, metric_name, eval_dir, min_steps)
    should_stop_fn = _crosses(values, metric_name, operator.gt, threshold)
    return make_early_stopping_hook(estimator, should_stop_fn, run_every_secs, run_every_steps)


def stop_if_lower_hook(
    estimator: Estimator,
    metric_name: str,
    threshold: float,
    eval_dir: Path | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that stops training once an evaluation's metric falls below a threshold.

    Args:
        estimator: As for `stop_if_higher_hook`.
        metric_name: As for `stop_if_higher_hook`.
        threshold: The number to fall below.
        eval_dir: As for `stop_if_higher_hook`.
        min_steps: As for `stop_if_higher_hook`.
        run_every_secs: As for `make_early_stopping_hook`.
        run_every_steps: As for `make_early_stopping_hook`.

    Returns:
        A `SessionRunHook`.
    """
    values = _metric_values(estimator, metric_name, eval_dir, min_steps)
    should_stop_fn = _crosses(values, metric_name, operator.lt, threshold)
    return make_early_stopping_hook(estimator, should_stop_fn, run_every_secs, run_every_steps)


def stop_if_no_increase_hook(
    estimator: Estimator,
    metric_name: str,
    max_steps_without_increase: int,
    eval_dir: Path | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that stops training when a metric has had no new maximum for some steps.

    Args:
        estimator: As for `stop_if_higher_hook`.
        metric_name: As for `stop_if_higher_hook`.
        max_steps_without_increase: Number of steps without a new maximum after which to stop.
        eval_dir: As for `stop_if_higher_hook`.
        min_steps: As for `stop_if_higher_hook`.
        run_every_secs: As for `make_early_stopping_hook`.
        run_every_steps: As for `make_early_stopping_hook`.

    Returns:
        A `SessionRunHook`.

    >>> from estimator_heads import Estimator
    >>> estimator = Estimator(lambda features, labels, mode: None)
    >>> hook = stop_if_no_increase_hook(estimator, "auc", max_steps_without_increase=1000)
    """
    values = _metric_values(estimator, metric_name, eval_dir, min_steps)
    should_stop_fn = _stalls(values, metric_name, operator.gt, max_steps_without_increase)
    return make_early_stopping_hook(estimator, should_stop_fn, run_every_secs, run_every_steps)


def stop_if_no_decrease_hook(
    estimator: Estimator,
    metric_name: str,
    max_steps_without_decrease: int,
    eval_dir: Path | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that stops training when a metric has had no new minimum for some steps.

    Args:
        estimator: As for `stop_if_higher_hook`.
        metric_name: As for `stop_if_higher_hook`.
        max_steps_without_decrease: Number of steps without a new minimum after which to stop.
        eval_dir: As for `stop_if_higher_hook`.
        min_steps: As for `stop_if_higher_hook`.
        run_every_secs: As for `make_early_stopping_hook`.
        run_every_steps: As for `make_early_stopping_hook`.

    Returns:
        A `SessionRunHook`.
    """
    values = _metric_values(estimator, metric_name, eval_dir, min_steps)
    should_stop_fn = _stalls(values, metric_name, operator.lt, max_steps_without_decrease)
    return make_early_stopping_hook(estimator, should_stop_fn, run_every_secs, run_every_steps)


def _metric_values(estimator, metric_name, eval_dir, min_steps):
    """A function that reads a metric: a list of (step, value) of evaluations, by step."""
    eval_dir = estimator.eval_dir() if eval_dir is None else eval_dir

    def values():
        metrics = {
            step: values
            for step, values in read_eval_metrics(eval_dir).items()
            if step >= min_steps
        }
        if metrics and not any(metric_name in values for values in metrics.values()):
            known = sorted({name for values in metrics.values() for name in values})
            raise KeyError(
                f"The evaluations in {eval_dir!r} have no metric {metric_name!r}, which early "
                f"stopping monitors. They have {known}."
            )
        return [
            (step, values[metric_name]) for step, values in metrics.items() if metric_name in values
        ]

    return values


def _crosses(values, metric_name, is_beyond, threshold):
    """A function that tells whether a value is beyond the threshold."""

    def should_stop():
        for step, value in values():
            if is_beyond(value, threshold):
                tf.compat.v1.logging.info(
                    "Early stopping: %s was %s at step %d; the threshold is %s.",
                    metric_name,
                    value,
                    step,
                    threshold,
                )
                return True
        return False

    return should_stop


def _stalls(values, metric_name, is_better, max_steps):
    """A function that tells whether no value was better for so many steps, at any time."""

    def should_stop():
        best = best_step = None
        for step, value in values():
            if best_step is None or is_better(value, best):
                best, best_step = value, step
            if step - best_step >= max_steps:
                tf.compat.v1.logging.info(
                    "Early stopping: %s has not improved on %s, its value at step %d, for %d "
                    "steps.",
                    metric_name,
                    best,
                    best_step,
                    step - best_step,
                )
                return True
        return False

    return should_stop
