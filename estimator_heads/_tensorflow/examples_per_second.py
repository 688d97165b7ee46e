"""The hook that logs how fast a TPUEstimator trains."""

from __future__ import annotations

import tensorflow as tf


class ExamplesPerSecondHook(tf.compat.v1.train.StepCounterHook):
    """Logs steps and examples per second, and writes them as summaries.

    Args:
        batch_size: Number of examples in a step; None to tell the steps only.
        every_n_steps: Steps between log lines, or None.
        every_n_secs: Seconds between log lines, or None. Exactly one of the two is given.
        output_dir: Folder for the summaries; None for none.
        summary_writer: Writer of summaries, in place of `output_dir`.
    """

    def __init__(
        self,
        batch_size: int | None,
        every_n_steps: int | None = 100,
        every_n_secs: float | None = None,
        output_dir: str | None = None,
        summary_writer: tf.compat.v1.summary.FileWriter | None = None,
    ) -> None:
        self._batch_size = batch_size
        super().__init__(every_n_steps, every_n_secs, output_dir, summary_writer)

    # Private, but what TensorFlow's own hook calls to log.
    def _log_and_record(self, elapsed_steps, elapsed_time, global_step):
        speeds = {"global_step/sec": elapsed_steps / elapsed_time}
        if self._batch_size is not None:
            speeds["examples/sec"] = self._batch_size * speeds["global_step/sec"]
        for tag, speed in speeds.items():
            if self._summary_writer is not None:
                value = tf.compat.v1.Summary.Value(tag=tag, simple_value=speed)
                self._summary_writer.add_summary(tf.compat.v1.Summary(value=[value]), global_step)
            tf.compat.v1.logging.info("%s: %g", tag, speed)
