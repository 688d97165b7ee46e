"""Evaluates and exports the checkpoints of an Estimator as they come."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import tensorflow as tf

from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.estimator_evaluator import EstimatorEvaluator
from estimator_heads.estimator.schedule.specs import EvalSpec
from estimator_heads.estimator.storage import checkpoint_state

_GLOBAL_STEP = tf.compat.v1.GraphKeys.GLOBAL_STEP
_SECONDS_BETWEEN_WARNINGS = 600


class EvalStatus:
    """What became of an attempt to evaluate."""

    EVALUATED = "evaluated"
    MISSING_CHECKPOINT = "missing checkpoint"
    NO_NEW_CHECKPOINT = "no new checkpoint"


class _Result(NamedTuple):
    status: str
    metrics: dict[str, Any] | None
    checkpoint_path: str | None


class EvalResult(_Result):
    """An attempt to evaluate.

    Args:
        status: Its `EvalStatus`.
        metrics: What `Estimator.evaluate` returned, if it was done.
        checkpoint_path: Path of the checkpoint, if it was done.

    Raises:
        ValueError: If metrics or the checkpoint do not fit the status.
        TypeError: If the metrics are not a dict.
    """

    __slots__ = ()

    def __new__(
        cls, status: str, metrics: dict[str, Any] | None = None, checkpoint_path: str | None = None
    ) -> EvalResult:
        if status != EvalStatus.EVALUATED and (metrics or checkpoint_path):
            raise ValueError(
                f"Only an evaluation with the status {EvalStatus.EVALUATED!r} has metrics and a "
                f"checkpoint. Received: status={status!r}, metrics={metrics!r}, "
                f"checkpoint_path={checkpoint_path!r}."
            )
        if status == EvalStatus.EVALUATED:
            if metrics and not isinstance(metrics, dict):
                raise TypeError(
                    "Estimator.evaluate must return a dict of metrics. Received: "
                    f"{metrics!r} of type {type(metrics).__name__}."
                )
            if not metrics or _GLOBAL_STEP not in metrics or not checkpoint_path:
                raise ValueError(
                    f"An evaluation has metrics, with {_GLOBAL_STEP!r} among them, and a "
                    f"checkpoint. Received: metrics={metrics!r}, "
                    f"checkpoint_path={checkpoint_path!r}."
                )
        return super().__new__(cls, status, metrics, checkpoint_path)


class ContinuousEvalListener:
    """Is asked before and after each evaluation whether to go on. To be subclassed."""

    def before_eval(self) -> bool:
        """Returns whether to evaluate; otherwise training, or the evaluator, ends."""
        return True

    def after_eval(self, eval_result: EvalResult) -> bool:
        """Returns whether to go on, given the `EvalResult`."""
        return True


class CheckpointEvaluator:
    """Evaluates and exports each checkpoint at most once.

    Args:
        estimator: The `Estimator`.
        eval_spec: The `EvalSpec`.
        max_training_steps: Global step at which training ends, and with it evaluation; or None.
        every_checkpoint: Whether to take the checkpoints one after the other, and not only the
            latest.
        keeps_model: Whether to build the model once, as an `Estimator.evaluator`.
    """

    def __init__(
        self,
        estimator: Estimator,
        eval_spec: EvalSpec,
        max_training_steps: int | None,
        every_checkpoint: bool = False,
        keeps_model: bool = False,
    ) -> None:
        self.spec = eval_spec
        self.is_final_export_triggered = False
        self._estimator = estimator
        self._max_steps = max_training_steps
        self._every_checkpoint = every_checkpoint
        self._keeps_model = keeps_model
        self._evaluator: EstimatorEvaluator | None = None
        self._done: set[str] = set()
        self._warned: float = -_SECONDS_BETWEEN_WARNINGS

    def evaluate_and_export(self) -> tuple[EvalResult, list[Any]]:
        """Evaluates the next checkpoint, if there is one.

        Returns:
            A tuple of an `EvalResult`, and a list of what the exporters returned.
        """
        path = self._next_checkpoint()
        if not path or path in self._done:
            return EvalResult(self._absence(path)), []
        try:
            metrics = self._evaluate(path)
            result = EvalResult(EvalStatus.EVALUATED, metrics, path)
            is_final = bool(self._max_steps and metrics[_GLOBAL_STEP] >= self._max_steps)
            exports = self._export(path, metrics, is_final)
        except (ValueError, tf.errors.OpError) as error:
            kept = checkpoint_state.kept(self._estimator.model_dir)
            if path in kept and checkpoint_state.exists(path):
                raise
            tf.compat.v1.logging.warning(
                "The checkpoint %s was deleted while it was being evaluated, and is skipped (%s). "
                "Raise RunConfig.keep_checkpoint_max, or save less often.",
                path,
                error,
            )
            self._done.add(path)
            return EvalResult(EvalStatus.NO_NEW_CHECKPOINT), []
        self.is_final_export_triggered |= is_final
        self._done.add(path)
        return result, exports

    def close(self) -> None:
        """Releases the model, if it is kept."""
        if self._evaluator:
            self._evaluator.close()
            self._evaluator = None

    def _evaluate(self, path):
        spec = self.spec
        if not self._keeps_model:
            return self._estimator.evaluate(
                input_fn=spec.input_fn,
                steps=spec.steps,
                name=spec.name,
                checkpoint_path=path,
                hooks=spec.hooks,
            )
        if self._evaluator is None:
            self._evaluator = self._estimator.evaluator(
                spec.input_fn, spec.steps, spec.hooks, spec.name
            )
        return self._evaluator(path)

    def _next_checkpoint(self):
        if self._every_checkpoint:
            for path in checkpoint_state.kept(self._estimator.model_dir):
                if path not in self._done:
                    return path
        return self._estimator.latest_checkpoint()

    def _absence(self, path):
        """The status without a new checkpoint; logged now and then."""
        if time.monotonic() - self._warned >= _SECONDS_BETWEEN_WARNINGS:
            self._warned = time.monotonic()
            tf.compat.v1.logging.warning(
                "There is no %scheckpoint to evaluate in %s yet.",
                "new " if path else "",
                self._estimator.model_dir,
            )
        return EvalStatus.NO_NEW_CHECKPOINT if path else EvalStatus.MISSING_CHECKPOINT

    def _export(self, path, metrics, is_final):
        folder = os.path.join(self._estimator.model_dir, "export")
        return [
            exporter.export(
                estimator=self._estimator,
                export_path=os.path.join(folder, exporter.name),
                checkpoint_path=path,
                eval_result=metrics,
                is_the_final_export=is_final,
            )
            for exporter in self.spec.exporters
        ]


class EvaluatingListener(tf.compat.v1.train.CheckpointSaverListener):
    """Evaluates within a training process, after checkpoints are saved and in the end.

    Args:
        evaluator: The `CheckpointEvaluator`.
        eval_throttle_secs: Least time from the start of one evaluation to the next, in seconds.
        continuous_eval_listener: A `ContinuousEvalListener`; it may stop training.
    """

    def __init__(
        self,
        evaluator: CheckpointEvaluator,
        eval_throttle_secs: float,
        continuous_eval_listener: ContinuousEvalListener,
    ) -> None:
        self.eval_result: EvalResult | None = None
        self.export_results: list[Any] | None = None
        self._evaluator = evaluator
        self._throttle_secs = eval_throttle_secs
        self._listener = continuous_eval_listener

    def begin(self) -> None:
        self._timer = tf.compat.v1.train.SecondOrStepTimer(every_secs=self._throttle_secs)
        self._before_first_step = True

    def after_save(self, session: tf.compat.v1.Session, global_step_value: int) -> bool:
        if self._before_first_step:  # The checkpoint that training starts from.
            self._before_first_step = False
            return False
        if not self._listener.before_eval():
            return True
        if not self._timer.should_trigger_for_step(global_step_value):
            tf.compat.v1.logging.info(
                "The checkpoint of step %d is not evaluated: the last evaluation was less than "
                "throttle_secs=%s seconds ago.",
                global_step_value,
                self._throttle_secs,
            )
            return False
        self._evaluate(global_step_value)
        return not self._listener.after_eval(cast(EvalResult, self.eval_result))

    def end(self, session: tf.compat.v1.Session, global_step_value: int) -> None:
        if global_step_value == self._timer.last_triggered_step():
            return
        if self._listener.before_eval():
            self._evaluate(global_step_value)
            self._listener.after_eval(cast(EvalResult, self.eval_result))

    def _evaluate(self, step: int) -> None:
        self._timer.update_last_triggered_step(step)
        result, self.export_results = self._evaluator.evaluate_and_export()
        self.eval_result = result
        if result.status != EvalStatus.EVALUATED:
            raise RuntimeError(
                f"Step {step} should be evaluated, but it has no checkpoint: "
                f"{result.status}. Does another program use this model_dir?"
            )


def evaluate_continuously(
    evaluators: Sequence[CheckpointEvaluator],
    listener: ContinuousEvalListener,
    every_checkpoint: bool = False,
) -> None:
    """Evaluates new checkpoints until each evaluator has seen one of the last step.

    Args:
        evaluators: `CheckpointEvaluator`s, each with its own start delay and throttle.
        listener: A `ContinuousEvalListener`; it may end this.
        every_checkpoint: Whether throttles count only while there is no new checkpoint.
    """
    start = time.monotonic()
    due = {evaluator: start + evaluator.spec.start_delay_secs for evaluator in evaluators}
    while due:
        evaluator = min(due, key=due.__getitem__)
        _wait_until(due[evaluator])
        started = time.monotonic()
        if not listener.before_eval():
            return
        result, _ = evaluator.evaluate_and_export()
        if not listener.after_eval(result):
            return
        evaluated = result.status == EvalStatus.EVALUATED
        if evaluator.is_final_export_triggered:
            del due[evaluator]
        elif evaluated and every_checkpoint:
            due[evaluator] = started
        else:
            # Even with a throttle of 0, looking for checkpoints must not keep a processor busy.
            due[evaluator] = started + max(evaluator.spec.throttle_secs, 0 if evaluated else 1)
    tf.compat.v1.logging.info(
        "Evaluation is finished: the checkpoint of the last step has been evaluated."
    )


def _wait_until(moment):
    seconds = moment - time.monotonic()
    if seconds > 0:
        tf.compat.v1.logging.info("The next evaluation starts in %.0f s.", seconds)
        time.sleep(seconds)
