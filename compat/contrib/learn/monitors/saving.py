"""Monitors that write checkpoints and exports."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.monitors.base import BaseMonitor, EveryN
from estimator_heads.estimator.estimator import Estimator as CoreEstimator
from estimator_heads.types import InputFn, Path


class CheckpointSaver(BaseMonitor):
    """Saves checkpoints: at the first step, every so often, and when training ends.

    Args:
        checkpoint_dir: Folder for them.
        save_secs: Seconds from one to the next.
        save_steps: Steps from one to the next.
        saver: A `tf.compat.v1.train.Saver`; None for that of the `scaffold`.
        checkpoint_basename: What the names of the files start with.
        scaffold: A `tf.compat.v1.train.Scaffold`.

    Raises:
        ValueError: If not exactly one of `save_secs` and `save_steps` is given.
    """

    def __init__(
        self,
        checkpoint_dir: Path,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: tf.compat.v1.train.Saver | None = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: tf.compat.v1.train.Scaffold | None = None,
    ) -> None:
        super().__init__()
        if (save_steps is None) == (save_secs is None):
            raise ValueError(
                "Exactly one of `save_secs` and `save_steps` must be given. Received: "
                f"save_secs={save_secs!r}, save_steps={save_steps!r}."
            )
        self._saver = saver
        self._checkpoint_dir = checkpoint_dir
        self._save_path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._scaffold: Any = scaffold
        self._save_secs = save_secs
        self._save_steps = save_steps
        self._last_saved_time: float | None = None
        self._last_begin_step: int | None = None
        self._last_saved_step: Any = None

    def begin(self, max_steps: int | None = None) -> None:
        super().begin(max_steps)
        self._last_saved_time = None
        self._last_begin_step = None
        self._last_saved_step = None

    def step_begin(self, step: int) -> list[Any]:
        super().step_begin(step)
        self._last_begin_step = step
        return []

    def post_step(self, step: int, session: tf.compat.v1.Session) -> None:
        super().post_step(step, session)
        if (
            self._last_saved_time is None
            or (self._save_steps is not None and step >= self._last_saved_step + self._save_steps)
            or (
                self._save_secs is not None
                and time.time() >= self._last_saved_time + self._save_secs
            )
        ):
            self._save(step, session)

    def end(self, session: tf.compat.v1.Session | None = None) -> None:
        super().end(session)
        self._save(self._last_begin_step, session)

    def _save(self, step, session):
        if step == self._last_saved_step:
            return
        tf.compat.v1.logging.info("Saving the checkpoint of step %d to %s.", step, self._save_path)
        self._last_saved_time = time.time()
        self._last_saved_step = step
        saver = self._saver or self._scaffold.saver
        saver.save(session, self._save_path, global_step=step)
        log = tf.compat.v1.SessionLog(
            status=tf.compat.v1.SessionLog.CHECKPOINT, checkpoint_path=self._save_path
        )
        writer = tf.compat.v1.summary.FileWriterCache.get(self._checkpoint_dir)
        writer.add_session_log(log, step)


class ExportMonitor(EveryN):
    """Exports the latest checkpoint, every so many steps and when training ends.

    It calls `export` of the Estimator, which is one of `tf.contrib.learn`.

    Args:
        every_n_steps: Number of steps from one export to the next.
        export_dir: Folder for the exports.
        input_fn: As for `export`.
        input_feature_key: As for `export`.
        exports_to_keep: As for `export`.
        signature_fn: As for `export`.
        default_batch_size: As for `export`.
    """

    def __init__(
        self,
        every_n_steps: int,
        export_dir: Path | bytes,
        input_fn: InputFn | None = None,
        input_feature_key: str | None = None,
        exports_to_keep: int | None = 5,
        signature_fn: Callable[..., Any] | None = None,
        default_batch_size: int | None = 1,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._export_dir = export_dir
        self._input_fn = input_fn
        self._input_feature_key = input_feature_key
        self._exports_to_keep = exports_to_keep
        self._signature_fn = signature_fn
        self._default_batch_size = default_batch_size
        self._last_export_dir = None

    @property
    def export_dir(self) -> Path | bytes:
        """Folder for the exports."""
        return self._export_dir

    @property
    def exports_to_keep(self) -> int | None:
        """How many exports are kept."""
        return self._exports_to_keep

    @property
    def signature_fn(self) -> Callable[..., Any] | None:
        """The function that makes the signatures, or None."""
        return self._signature_fn

    @property
    def last_export_dir(self) -> bytes | None:
        """Path of the latest export; None if there is none."""
        return self._last_export_dir

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        """Exports the latest checkpoint. See `EveryN.every_n_step_end`."""
        super().every_n_step_end(step, outputs)
        self._export()

    def end(self, session: tf.compat.v1.Session | None = None) -> None:
        super().end(session=session)
        if tf.train.latest_checkpoint(self._estimator.model_dir) is None:
            tf.compat.v1.logging.info("There is no checkpoint to export.")
            return
        self._export()

    def _export(self):
        if isinstance(self._estimator, CoreEstimator):
            raise ValueError(
                "ExportMonitor needs an Estimator of tf.contrib.learn. For one of tf.estimator, "
                "give an Experiment an ExportStrategy."
            )
        try:
            self._last_export_dir = self._estimator.export(
                self.export_dir,
                exports_to_keep=self.exports_to_keep,
                signature_fn=self.signature_fn,
                input_fn=self._input_fn,
                default_batch_size=self._default_batch_size,
                input_feature_key=self._input_feature_key,
                use_deprecated_input_fn=self._input_fn is None,
            )
        except RuntimeError as error:
            tf.compat.v1.logging.info("The checkpoint is not exported again: %s", error)
