"""`ValidationMonitor`: evaluates new checkpoints while training goes on."""

from __future__ import annotations

import copy
import time
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.monitors.base import EveryN
from estimator_heads.estimator.estimator import Estimator as CoreEstimator
from estimator_heads.types import Hooks, InputFn


class ValidationMonitor(EveryN):
    """Evaluates the latest checkpoint every so many steps, if it is a new one.

    Args:
        x: Features as arrays, in place of an `input_fn`; only for an Estimator of
            `tf.contrib.learn`.
        y: Labels as arrays.
        input_fn: Input function.
        batch_size: Number of rows of `x` in a batch.
        eval_steps: Number of batches; None: until the input ends.
        every_n_steps: Number of steps between two looks for a checkpoint.
        metrics: Dict from names to `MetricSpec`s.
        hooks: `SessionRunHook`s for the evaluation.
        early_stopping_rounds: Training stops when the metric has not become better for this many
            steps; None: never.
        early_stopping_metric: Name of that metric.
        early_stopping_metric_minimize: Whether the smaller value of it is the better one.
        name: Name of the evaluation.
        check_interval_secs: Least time in seconds between two looks; None for no limit.

    Raises:
        ValueError: If neither `x` nor `input_fn` is given.
    """

    def __init__(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        eval_steps: int | None = None,
        every_n_steps: int = 100,
        metrics: dict[Any, Any] | None = None,
        hooks: Hooks | None = None,
        early_stopping_rounds: int | None = None,
        early_stopping_metric: str = "loss",
        early_stopping_metric_minimize: bool = True,
        name: str | None = None,
        check_interval_secs: float | None = 5,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps, first_n_steps=-1)
        if x is None and input_fn is None:
            raise ValueError("One of `x` and `input_fn` must be given. Received: both are None.")
        self.x = x
        self.y = y
        self.input_fn = input_fn
        self.batch_size = batch_size
        self.eval_steps = eval_steps
        self.metrics = metrics
        self.hooks = hooks
        self.early_stopping_rounds = early_stopping_rounds
        self.early_stopping_metric = early_stopping_metric
        self.early_stopping_metric_minimize = early_stopping_metric_minimize
        self.name = name
        self._best_value_step = None
        self._best_value = None
        self._best_metrics = None
        self._early_stopped = False
        self._latest_path = None
        self._last_look: float | None = None
        self._check_interval_secs = check_interval_secs

    @property
    def early_stopped(self) -> bool:
        """Whether it has stopped training."""
        return self._early_stopped

    @property
    def best_step(self) -> int | None:
        """Global step of the best evaluation; None without `early_stopping_rounds`."""
        return self._best_value_step

    @property
    def best_value(self) -> Any:
        """The best value of the metric; None without `early_stopping_rounds`."""
        return self._best_value

    @property
    def best_metrics(self) -> dict[str, Any] | None:
        """Dict of metrics of the best evaluation; None without `early_stopping_rounds`."""
        return self._best_metrics

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        """Evaluates, if there is a new checkpoint. See `EveryN.every_n_step_end`."""
        super().every_n_step_end(step, outputs)
        if self._estimator is None:
            raise ValueError("ValidationMonitor needs set_estimator() to be called first.")
        if not self._finds_new_checkpoint():
            return False
        results = self._evaluate_estimator()
        tf.compat.v1.logging.info(
            "Validation at step %d: %s",
            step,
            ", ".join(f"{name} = {value}" for name, value in results.items()),
        )
        return self.early_stopping_rounds is not None and self._should_stop(step, results)

    def _finds_new_checkpoint(self):
        now = time.time()
        interval = self._check_interval_secs
        if (
            interval is not None
            and self._last_look is not None
            and now - self._last_look <= interval
        ):
            return False
        self._last_look = now
        path = tf.train.latest_checkpoint(self._estimator.model_dir)
        if path is None or path == self._latest_path:
            return False
        self._latest_path = path
        return True

    def _evaluate_estimator(self):
        of_contrib = {
            "x": self.x,
            "y": self.y,
            "batch_size": self.batch_size,
            "metrics": self.metrics,
        }
        if isinstance(self._estimator, CoreEstimator):
            given = [name for name, value in of_contrib.items() if value is not None]
            if given:
                raise ValueError(
                    "A ValidationMonitor of a tf.estimator.Estimator takes its input from "
                    f"`input_fn`, and its metrics are those of the model_fn. Received: {given}."
                )
            of_contrib = {}
        return self._estimator.evaluate(
            input_fn=self.input_fn,
            steps=self.eval_steps,
            hooks=self.hooks,
            name=self.name,
            **of_contrib,
        )

    def _should_stop(self, step, results):
        metric = self.early_stopping_metric
        if metric not in results:
            raise ValueError(
                "Invalid value for argument `early_stopping_metric`. Expected one of "
                f"{sorted(results)}. Received: early_stopping_metric={metric!r}."
            )
        value = results[metric]
        if self._best_value is None or self._is_better(value):
            self._best_value = value
            self._best_metrics = copy.deepcopy(results)
            self._best_value_step = step
        if step - self._best_value_step < self.early_stopping_rounds:
            return False
        tf.compat.v1.logging.info(
            "Stopping training: %s was best at step %d, with %s.",
            metric,
            self._best_value_step,
            self._best_value,
        )
        self._early_stopped = True
        return True

    def _is_better(self, value):
        if self.early_stopping_metric_minimize:
            return value < self._best_value
        return value > self._best_value
