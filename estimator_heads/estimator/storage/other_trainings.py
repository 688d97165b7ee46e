"""Notices when two trainings save in one model_dir."""

from __future__ import annotations

import dataclasses
import os
import time

import tensorflow as tf

from estimator_heads.estimator.storage import checkpoint_state

# Which checkpoints to look at: with a long list, each would be a request to an object store.
_LAST = 5


@dataclasses.dataclass  # So that a hook that is used again has one of them for a folder.
class WarnOfOtherTrainingsListener(tf.compat.v1.train.CheckpointSaverListener):
    """Warns once if something else has saved in model_dir since this training began.

    Args:
        model_dir: The folder of the checkpoints.
        scaffold: The `Scaffold`, whose saver knows the checkpoints that it has written.
    """

    model_dir: str
    scaffold: tf.compat.v1.train.Scaffold = dataclasses.field(compare=False)

    def begin(self) -> None:
        self._seen = self._checkpoints()
        self._warned = False

    def before_save(self, session: tf.compat.v1.Session, global_step_value: int) -> None:
        if self._warned:
            return
        new = dict(self._checkpoints().items() - self._seen.items())
        own = {os.path.basename(path) for path in self.scaffold.saver.last_checkpoints}
        others = sorted(path for path in new if os.path.basename(path) not in own)
        if others:
            self._warned = True
            tf.compat.v1.logging.warning(
                "Another training run is saving in model_dir=%r: it has written %s since this one "
                "started, or last saved. They overwrite each other's checkpoints, and continue "
                "from them. Stop one, or give each its own model_dir.",
                self.model_dir,
                ", ".join(_with_age(path, new[path]) for path in others),
            )

    def after_save(self, session: tf.compat.v1.Session, global_step_value: int) -> None:
        self._seen = self._checkpoints()

    def _checkpoints(self):
        """The time, in seconds since 1970, at which each of the last checkpoints was written."""
        try:
            paths = checkpoint_state.kept(self.model_dir)[-_LAST:]
        except ValueError:  # The file "checkpoint" is garbled; the next save writes it anew.
            return {}
        times = {path: _time(path) for path in paths}
        return {path: written for path, written in times.items() if written}


def _time(path):
    try:
        return tf.io.gfile.stat(path + ".index").mtime_nsec / 1e9
    except tf.errors.OpError:  # It was deleted just now, or is of the first format.
        return None


def _with_age(path, written):
    return f"{os.path.basename(path)} ({max(0.0, time.time() - written):.0f} s ago)"
