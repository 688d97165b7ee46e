"""`Experiment` of `tf.contrib.learn`: an Estimator, its inputs, and how they are run."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.interfaces import Evaluable
from estimator_heads.compat.contrib.learn.experiment import estimator_calls, servers
from estimator_heads.compat.contrib.learn.experiment.checkpoint_listener import (
    EvaluateAndExportListener,
)
from estimator_heads.compat.contrib.learn.experiment.continuous import ContinuousEvaluation
from estimator_heads.compat.contrib.learn.experiment.export_strategy import ExportStrategy
from estimator_heads.compat.contrib.learn.monitors.base import Monitors
from estimator_heads.compat.contrib.learn.monitors.validation import ValidationMonitor
from estimator_heads.estimator.estimator import Estimator as CoreEstimator
from estimator_heads.types import Hooks, InputFn

_SECONDS_BETWEEN_WORKERS = 5
_MOST_SECONDS_OF_DELAY = 60
_STEPS_OF_DELAY = 8000.0


class Experiment(ContinuousEvaluation, estimator_calls.EstimatorCalls):
    """Trains, evaluates and exports an Estimator. Reproduces `tf.contrib.learn.Experiment`.

    Args:
        estimator: An `Estimator` of `tf.estimator`, or one of `tf.contrib.learn`.
        train_input_fn: Input function for training.
        eval_input_fn: Input function for evaluation.
        eval_metrics: Dict from names to `MetricSpec`s; only for one of `tf.contrib.learn`.
        train_steps: Global step to stop training at; None: when the input ends.
        eval_steps: Number of batches of an evaluation; None: until the input ends.
        train_monitors: `SessionRunHook`s or monitors for training.
        eval_hooks: `SessionRunHook`s for evaluation.
        local_eval_frequency: The `min_eval_frequency` of `local_run`; None for no evaluation
            before training has ended.
        eval_delay_secs: Seconds that `evaluate` and `continuous_eval` wait at first.
        continuous_eval_throttle_secs: Least time from the start of one evaluation of
            `continuous_eval` to the next, in seconds.
        min_eval_frequency: `train_and_evaluate` looks for a checkpoint to evaluate every this many
            steps; 0: never before training has ended. None: 1.
        delay_workers_by_global_step: Whether workers wait for a global step, and not for some
            seconds, before they start.
        export_strategies: An `ExportStrategy`, or several, or None.
        train_steps_per_iteration: Number of steps that `continuous_train_and_eval` trains before
            each evaluation.
        checkpoint_and_export: Whether `train_and_evaluate` evaluates and exports every checkpoint,
            instead of looking for one every `min_eval_frequency` steps.
        saving_listeners: `CheckpointSaverListener`s; only for an Estimator of `tf.estimator`.
        check_interval_secs: Least time in seconds between two looks of `train_and_evaluate` for a
            checkpoint.

    Raises:
        ValueError: If the estimator cannot be trained and evaluated, or other arguments do not fit
            it, or `export_strategies` or `train_steps_per_iteration` are of another type.
    """

    def __init__(
        self,
        estimator: CoreEstimator | Evaluable,
        train_input_fn: InputFn,
        eval_input_fn: InputFn,
        eval_metrics: dict[Any, Any] | None = None,
        train_steps: int | None = None,
        eval_steps: int | None = 100,
        train_monitors: Monitors | None = None,
        eval_hooks: Hooks | None = None,
        local_eval_frequency: int | None = None,
        eval_delay_secs: float = 120,
        continuous_eval_throttle_secs: float = 60,
        min_eval_frequency: int | None = None,
        delay_workers_by_global_step: bool = False,
        export_strategies: ExportStrategy | Iterable[ExportStrategy] | None = None,
        train_steps_per_iteration: int | None = None,
        checkpoint_and_export: bool = False,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener] | None = None,
        check_interval_secs: float = 5,
    ) -> None:
        self._core_estimator_used = isinstance(estimator, CoreEstimator)
        estimator_calls.check_estimator(estimator, eval_metrics, saving_listeners)
        if not isinstance(train_steps_per_iteration, int | None):
            raise ValueError(
                "Invalid value for argument `train_steps_per_iteration`. Expected an int, or None. "
                f"Received: train_steps_per_iteration={train_steps_per_iteration!r}."
            )
        self._estimator = estimator
        self._train_input_fn = train_input_fn
        self._eval_input_fn = eval_input_fn
        self._eval_metrics = eval_metrics
        self._train_steps = train_steps
        self._eval_steps = eval_steps
        self._local_eval_frequency = local_eval_frequency
        self._eval_delay_secs = eval_delay_secs
        self._continuous_eval_throttle_secs = continuous_eval_throttle_secs
        self._checkpoint_and_export = checkpoint_and_export
        self._saving_listeners = saving_listeners
        self._min_eval_frequency: int | None = (
            1 if min_eval_frequency is None else min_eval_frequency
        )
        self._check_interval_secs = check_interval_secs
        self._delay_workers_by_global_step = delay_workers_by_global_step
        self._train_monitors = list(train_monitors or [])
        self._eval_hooks = list(eval_hooks or [])
        self._train_steps_per_iteration = train_steps_per_iteration
        self._server = None
        self._set_export_strategies(export_strategies)

    @property
    def estimator(self) -> Any:
        """The Estimator."""
        return self._estimator

    @property
    def eval_metrics(self) -> dict[Any, Any] | None:
        """Dict from names to `MetricSpec`s, or None."""
        return self._eval_metrics

    @property
    def train_steps(self) -> int | None:
        """Global step to stop training at, or None."""
        return self._train_steps

    @property
    def eval_steps(self) -> int | None:
        """Number of batches of an evaluation, or None."""
        return self._eval_steps

    def extend_train_hooks(self, additional_hooks: Monitors) -> None:
        """Adds `SessionRunHook`s or monitors for training.

        Args:
            additional_hooks: A list of them.
        """
        self._train_monitors.extend(additional_hooks)

    def reset_export_strategies(
        self, new_export_strategies: ExportStrategy | Iterable[ExportStrategy] | None = None
    ) -> tuple[ExportStrategy, ...]:
        """Replaces the export strategies.

        Args:
            new_export_strategies: An `ExportStrategy`, or several, or None.

        Returns:
            A tuple of the former ones.

        Raises:
            ValueError: If one is no `ExportStrategy`.
        """
        former = self._export_strategies
        self._set_export_strategies(new_export_strategies)
        return former

    def train(self, delay_secs: float | None = None) -> Any:
        """Trains, in a cluster with a server of this process.

        Args:
            delay_secs: Seconds to wait at first. None: a worker waits 5 s for each worker before
                it, at most 60 s, or for the global step (`delay_workers_by_global_step`).

        Returns:
            What the Estimator's `train` or `fit` returns.

        Raises:
            ValueError: If there is a cluster, but the RunConfig is not one of `tf.contrib.learn`.
        """
        config = self._estimator.config
        if servers.is_needed_for_training(config):
            # A server ends when nothing refers to it; other processes may need it for longer.
            self._server = self._start_server()
        hooks = []
        if delay_secs is None:
            task_id = config.task_id or 0
            delay_secs = min(_MOST_SECONDS_OF_DELAY, task_id * _SECONDS_BETWEEN_WORKERS)
            if self._delay_workers_by_global_step:
                delay_secs = 0
                step = int(_STEPS_OF_DELAY * math.log(task_id + 1))
                hooks.append(tf.compat.v1.train.GlobalStepWaiterHook(step))
        if delay_secs > 0:
            tf.compat.v1.logging.info("Waiting %s s before training.", delay_secs)
            time.sleep(delay_secs)
        return self._call_train(
            input_fn=self._train_input_fn,
            max_steps=self._train_steps,
            hooks=self._train_monitors + hooks,
            saving_listeners=self._saving_listeners,
        )

    def evaluate(self, delay_secs: float | None = None, name: str | None = None) -> dict[str, Any]:
        """Evaluates the latest checkpoint.

        Args:
            delay_secs: Seconds to wait at first; None for `eval_delay_secs`.
            name: Name of the evaluation; by default "one_pass".

        Returns:
            Dict of metrics.
        """
        delay_secs = self._eval_delay_secs if delay_secs is None else delay_secs
        if delay_secs:
            tf.compat.v1.logging.info("Waiting %s s before the evaluation.", delay_secs)
            time.sleep(delay_secs)
        return self._call_evaluate(
            input_fn=self._eval_input_fn,
            steps=self._eval_steps,
            metrics=self._eval_metrics,
            name=name or "one_pass",
            hooks=self._eval_hooks,
        )

    def train_and_evaluate(self) -> tuple[dict[str, Any] | None, list[Any] | None]:
        """Trains, evaluates checkpoints meanwhile and in the end, and exports in the end.

        With `checkpoint_and_export`, evaluates and exports every checkpoint when it is saved.

        Returns:
            A tuple of the last evaluation's dict of metrics, and a list of what the export
            strategies returned.
        """
        config = self._estimator.config
        own_monitors = self._train_monitors
        listener = None
        if self._checkpoint_and_export and (
            config.save_checkpoints_secs or config.save_checkpoints_steps
        ):
            listener = self._evaluate_and_export_listener()
            monitors = [
                tf.compat.v1.train.CheckpointSaverHook(
                    self._estimator.model_dir,
                    save_secs=config.save_checkpoints_secs,
                    save_steps=config.save_checkpoints_steps,
                    listeners=[listener],
                )
            ]
        elif self._min_eval_frequency:
            monitors = [self._validation_monitor(self._min_eval_frequency)]
        else:
            monitors = []
        try:
            # `train` may be overridden, and takes them from there.
            self._train_monitors = [*(own_monitors or []), *monitors]
            self.train(delay_secs=0)
        finally:
            self._train_monitors = own_monitors
        if listener:
            return listener.eval_result, listener.export_results
        eval_result = self._call_evaluate(
            input_fn=self._eval_input_fn,
            steps=self._eval_steps,
            metrics=self._eval_metrics,
            name=None,
            hooks=self._eval_hooks,
        )
        return eval_result, self._maybe_export(eval_result)

    def local_run(self) -> tuple[dict[str, Any] | None, list[Any] | None]:
        """As `train_and_evaluate`, with `local_eval_frequency` as `min_eval_frequency`.

        Returns:
            As `train_and_evaluate`.
        """
        frequency = self._min_eval_frequency
        try:
            self._min_eval_frequency = self._local_eval_frequency
            return self.train_and_evaluate()
        finally:
            self._min_eval_frequency = frequency

    def test(self) -> dict[str, Any]:
        """Trains for one step, evaluates one batch and exports: whether it all runs.

        Returns:
            Dict of metrics.
        """
        self._call_train(
            input_fn=self._train_input_fn,
            steps=1,
            hooks=self._train_monitors,
            saving_listeners=self._saving_listeners,
        )
        eval_result = self._call_evaluate(
            input_fn=self._eval_input_fn, steps=1, metrics=self._eval_metrics, name="one_pass"
        )
        self._maybe_export(eval_result)
        return eval_result

    def run_std_server(self) -> None:
        """Serves variables to the workers of a cluster; it does not return.

        Raises:
            ValueError: If this process has no place in a cluster.
        """
        self._start_server().join()

    # Below is what subclasses are known to override and to call.

    def _start_server(self):
        return servers.start(self._estimator.config)

    # Parts of the schedules.

    def _evaluate_and_export_listener(self):
        return EvaluateAndExportListener(
            eval_fn=functools.partial(
                self._call_evaluate,
                input_fn=self._eval_input_fn,
                steps=self._eval_steps,
                metrics=self._eval_metrics,
                hooks=self._eval_hooks,
            ),
            export_fn=self._maybe_export,
            model_dir=self._estimator.model_dir,
        )

    def _validation_monitor(self, every_n_steps):
        return ValidationMonitor(
            input_fn=self._eval_input_fn,
            eval_steps=self._eval_steps,
            metrics=self._eval_metrics,
            every_n_steps=every_n_steps,
            check_interval_secs=self._check_interval_secs,
            hooks=self._eval_hooks,
        )
