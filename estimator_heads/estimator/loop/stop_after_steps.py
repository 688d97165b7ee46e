"""A hook that ends an evaluation."""

from __future__ import annotations

import tensorflow as tf


class StopAfterStepsHook(tf.compat.v1.train.SessionRunHook):
    """Stops after so many batches, and logs how far it is, about ten times.

    Args:
        steps: Number of batches, > 0.
        log_progress: Whether to log.
    """

    def __init__(self, steps: int, log_progress: bool = True) -> None:
        self._steps = steps
        self._log_progress = log_progress
        self._log_every = max(1, steps // 10)

    def _set_evals_completed_tensor(self, count: tf.Tensor) -> None:  # The evaluation calls it.
        self.count = count

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        return tf.compat.v1.train.SessionRunArgs(self.count)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        done = run_values.results
        if self._log_progress and (done % self._log_every == 0 or done == self._steps):
            tf.compat.v1.logging.info("Evaluation [%d/%d]", done, self._steps)
        if done >= self._steps:
            run_context.request_stop()
