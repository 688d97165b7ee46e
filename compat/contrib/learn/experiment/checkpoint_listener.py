"""Evaluates and exports the checkpoints of an Experiment as training saves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.types import Path


class EvaluateAndExportListener(tf.compat.v1.train.CheckpointSaverListener):
    """Evaluates and exports each checkpoint once, when it has been saved.

    Args:
        eval_fn: Function of `name` and `checkpoint_path` that evaluates.
        export_fn: Function of what `eval_fn` returned and of `checkpoint_path` that exports.
        model_dir: Folder of the checkpoints.
    """

    def __init__(
        self, eval_fn: Callable[..., Any], export_fn: Callable[..., Any], model_dir: Path
    ) -> None:
        self._eval_fn = eval_fn
        self._export_fn = export_fn
        self._model_dir = model_dir
        self._done = None
        self._eval_result = None
        self._export_results = None

    def after_save(self, session: tf.compat.v1.Session, global_step_value: int) -> None:
        path = tf.train.latest_checkpoint(self._model_dir)
        if not path or path == self._done:
            tf.compat.v1.logging.warning(
                "Step %s: there is no new checkpoint in %s to evaluate.",
                global_step_value,
                self._model_dir,
            )
            return
        self._done = path
        self._eval_result = self._eval_fn(name="intermediate_export", checkpoint_path=path)
        self._export_results = self._export_fn(self._eval_result, checkpoint_path=path)

    @property
    def eval_result(self) -> Any:
        """What the last evaluation returned; None if there was none."""
        return self._eval_result

    @property
    def export_results(self) -> Any:
        """What the last exports returned; None if there were none."""
        return self._export_results
