"""The end of training at a global step that has been saved, for all workers of a cluster."""

from __future__ import annotations

import time

import tensorflow as tf

from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.storage import checkpoint_state, checkpoints
from estimator_heads.types import Path


def make_stop_at_checkpoint_step_hook(
    estimator: Estimator, last_step: int, wait_after_file_check_secs: float = 30
) -> tf.compat.v1.train.SessionRunHook:
    """Returns a hook that ends training at a step; workers other than the chief wait for its save.

    Reproduces `tf.estimator.experimental.make_stop_at_checkpoint_step_hook`. A worker that ended at
    the step itself could not help to redo steps that a failing chief loses.

    Args:
        estimator: The `Estimator` to be trained.
        last_step: Global step to end at.
        wait_after_file_check_secs: Seconds to wait between two checks for the checkpoint.

    Returns:
        A `SessionRunHook`.

    Raises:
        ValueError: If `last_step` is missing.
    """
    if estimator.config.is_chief:
        return tf.compat.v1.train.StopAtStepHook(last_step=last_step)
    return StopAtCheckpointStepHook(estimator.model_dir, last_step, wait_after_file_check_secs)


class StopAtCheckpointStepHook(tf.compat.v1.train.SessionRunHook):
    """Ends training when a checkpoint of the global step has been saved.

    Args:
        model_dir: Folder of the checkpoints.
        last_step: Global step to end at.
        wait_after_file_check_secs: Seconds to wait after each look into the folder.

    Raises:
        ValueError: If `model_dir` or `last_step` is missing.
    """

    def __init__(
        self, model_dir: Path, last_step: int, wait_after_file_check_secs: float = 30
    ) -> None:
        for argument, value in (("model_dir", model_dir), ("last_step", last_step)):
            if value is None:
                raise ValueError(
                    f"StopAtCheckpointStepHook needs `{argument}`. Received: {argument}=None."
                )
        self._model_dir = tf.compat.path_to_str(model_dir)
        self._last_step = last_step
        self._wait_secs = wait_after_file_check_secs

    def begin(self) -> None:
        self._global_step = tf.compat.v1.train.get_global_step()
        if self._global_step is None:
            raise RuntimeError(
                "StopAtCheckpointStepHook needs a global step in the graph. Call "
                "tf.compat.v1.train.create_global_step() first."
            )

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        return tf.compat.v1.train.SessionRunArgs(self._global_step)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        # The step that has just run is not in the value, which was read beside it.
        if run_values.results + 1 < self._last_step:
            return
        if checkpoints.global_step(checkpoint_state.latest(self._model_dir)) >= self._last_step:
            run_context.request_stop()
        else:
            time.sleep(self._wait_secs)
