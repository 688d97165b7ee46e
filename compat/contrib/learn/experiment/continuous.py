"""The schedules of an Experiment that evaluate over and over."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.compat.contrib.learn.experiment.estimator_calls import EstimatorCalls
from estimator_heads.estimator.storage import checkpoint_state
from estimator_heads.types import InputFn

_GLOBAL_STEP = tf.compat.v1.GraphKeys.GLOBAL_STEP
_SECONDS_BETWEEN_WARNINGS = 600
_SECONDS_BETWEEN_LOOKS = 0.1
_DEFAULT_STEPS_PER_ITERATION = 1000


class ContinuousEvaluation(EstimatorCalls):
    """The part of `Experiment` that evaluates over and over; it relies on the rest of it.

    Subclasses are known to override what has an underscore, so it keeps the original's names.
    """

    _train_input_fn: InputFn
    _eval_input_fn: InputFn
    _eval_metrics: dict[Any, Any] | None
    _eval_hooks: list[tf.compat.v1.train.SessionRunHook]
    _train_monitors: list[Any]
    _saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener] | None
    _train_steps: int | None
    _eval_steps: int | None
    _train_steps_per_iteration: int | None
    _eval_delay_secs: float
    _continuous_eval_throttle_secs: float

    def continuous_eval(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        evaluate_checkpoint_only_once: bool = True,
        continuous_eval_predicate_fn: Callable[..., bool] | None = None,
        name: str = "continuous",
    ) -> None:
        """Evaluates and exports the latest checkpoint, over and over, while others train.

        It ends when a checkpoint of `train_steps` has been evaluated, or when
        `continuous_eval_predicate_fn` says so; without both it does not return.

        Args:
            delay_secs: Seconds to wait at first; None for `eval_delay_secs`.
            throttle_delay_secs: Least time from the start of one evaluation to the next, in
                seconds; None for `continuous_eval_throttle_secs`.
            evaluate_checkpoint_only_once: Whether to wait for a new checkpoint each time.
            continuous_eval_predicate_fn: Function that returns whether to go on. It is given the
                last evaluation's dict of metrics: None before the first one, empty if there was no
                checkpoint to evaluate. If it has an argument `checkpoint_path`, it is given the
                path of the last checkpoint evaluated by that name.
            name: Name of the evaluation, to tell several apart.

        Raises:
            ValueError: If `continuous_eval_predicate_fn` is not callable.
        """
        self._continuous_eval(
            self._eval_input_fn,
            name=name,
            delay_secs=delay_secs,
            throttle_delay_secs=throttle_delay_secs,
            evaluate_checkpoint_only_once=evaluate_checkpoint_only_once,
            continuous_eval_predicate_fn=continuous_eval_predicate_fn,
        )

    def continuous_eval_on_train_data(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        continuous_eval_predicate_fn: Callable[..., bool] | None = None,
        name: str = "continuous_on_train_data",
    ) -> None:
        """As `continuous_eval`, with the input of training and without exports.

        Args:
            delay_secs: As for `continuous_eval`.
            throttle_delay_secs: As for `continuous_eval`.
            continuous_eval_predicate_fn: As for `continuous_eval`.
            name: As for `continuous_eval`.

        Raises:
            ValueError: As of `continuous_eval`.
        """
        self._continuous_eval(
            self._train_input_fn,
            name=name,
            delay_secs=delay_secs,
            throttle_delay_secs=throttle_delay_secs,
            continuous_eval_predicate_fn=continuous_eval_predicate_fn,
            export=False,
        )

    def continuous_train_and_eval(
        self, continuous_eval_predicate_fn: Callable[..., bool] | None = None
    ) -> tuple[dict[str, Any] | None, list[Any] | None]:
        """Trains, evaluates and exports by turns, each with a graph of its own.

        A turn trains for `train_steps_per_iteration`; by default for a tenth of `train_steps`, or
        for 1000 steps if there are none.

        Args:
            continuous_eval_predicate_fn: As for `continuous_eval`.

        Returns:
            A tuple of the last evaluation's dict of metrics, and a list of what the export
            strategies returned.

        Raises:
            ValueError: As of `continuous_eval`.
        """
        goes_on = _predicate(continuous_eval_predicate_fn)
        steps = self._train_steps_per_iteration
        if steps is None:
            steps = _DEFAULT_STEPS_PER_ITERATION
            if self._train_steps is not None:
                steps = self._train_steps // 10
        eval_result = export_results = path = None
        while goes_on(eval_result, path) and not self._has_training_stopped(eval_result):
            self._call_train(
                input_fn=self._train_input_fn,
                steps=steps,
                hooks=self._train_monitors,
                saving_listeners=self._saving_listeners,
            )
            path = tf.train.latest_checkpoint(self._estimator.model_dir)
            eval_result = self._call_evaluate(
                input_fn=self._eval_input_fn,
                steps=self._eval_steps,
                metrics=self._eval_metrics,
                name="one_pass",
                checkpoint_path=path,
                hooks=self._eval_hooks,
            )
            export_results = self._maybe_export(eval_result)
        return eval_result, export_results

    def _continuous_eval(
        self,
        input_fn,
        name,
        delay_secs,
        throttle_delay_secs,
        evaluate_checkpoint_only_once=True,
        continuous_eval_predicate_fn=None,
        export=True,
    ):
        goes_on = _predicate(continuous_eval_predicate_fn)
        if throttle_delay_secs is None:
            throttle_delay_secs = self._continuous_eval_throttle_secs
        _wait(self._eval_delay_secs if delay_secs is None else delay_secs)

        def latest():
            return tf.train.latest_checkpoint(self._estimator.model_dir)

        def evaluate_and_export(path):
            result = self._call_evaluate(
                input_fn=input_fn,
                steps=self._eval_steps,
                metrics=self._eval_metrics,
                name=name,
                checkpoint_path=path,
                hooks=self._eval_hooks,
            )
            if export:
                self._maybe_export(result or {}, checkpoint_path=path)
            return result or {}, path

        eval_result = evaluated = None
        warned: float = -_SECONDS_BETWEEN_WARNINGS
        while goes_on(eval_result, evaluated) and not self._has_training_stopped(eval_result):
            started = time.monotonic()
            pause = throttle_delay_secs
            path = latest()
            if path and not (evaluate_checkpoint_only_once and path == evaluated):
                # Training may delete the checkpoint meanwhile.
                eval_result, evaluated = checkpoint_state.with_latest(latest, evaluate_and_export)
                warned = -_SECONDS_BETWEEN_WARNINGS
            else:
                eval_result = {}
                # Even without a throttle, looking for checkpoints must not keep a processor busy.
                pause = max(pause, _SECONDS_BETWEEN_LOOKS)
                if started - warned >= _SECONDS_BETWEEN_WARNINGS:
                    warned = started
                    tf.compat.v1.logging.warning(
                        "There is no %scheckpoint to evaluate in %s yet.",
                        "new " if path else "",
                        self._estimator.model_dir,
                    )
            _wait(started + pause - time.monotonic())

    def _has_training_stopped(self, eval_result):
        if not eval_result or not self._train_steps:
            return False
        global_step = eval_result.get(_GLOBAL_STEP)
        return bool(global_step) and global_step >= self._train_steps


def _predicate(function):
    """A function of metrics and checkpoint path that says whether to go on."""
    if function is None:
        return lambda eval_result, checkpoint_path: True
    if not callable(function):
        raise ValueError(
            "Invalid value for argument `continuous_eval_predicate_fn`. Expected a function of the "
            "metrics that returns whether to go on, or None. Received: "
            f"continuous_eval_predicate_fn={function!r}."
        )
    if "checkpoint_path" in fn_args(function):
        return lambda eval_result, path: function(eval_result, checkpoint_path=path)
    return lambda eval_result, checkpoint_path: function(eval_result)


def _wait(seconds):
    if seconds > 0:
        tf.compat.v1.logging.info("Waiting %.1f s before the next evaluation.", seconds)
        time.sleep(seconds)
