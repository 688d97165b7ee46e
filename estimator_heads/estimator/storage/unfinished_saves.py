"""Removes what saves that failed, or were killed, left behind in a model_dir."""

from __future__ import annotations

import dataclasses
import os
import re
import time

import tensorflow as tf

# TensorFlow writes a file under such a name first, and then renames it.
_FILE = re.compile(r".+\.tmp[0-9a-f]{32}")
# The folder in which it gathers the parts of a checkpoint, and these.
_FOLDER = re.compile(r".+-\d+_temp(_[0-9a-f]{32})?")
_PART = re.compile(r"part-\d{5}-of-\d{5}(\..*)?")

# What is younger may be a save of another process, which may have to wait for its disk.
_LEAST_AGE_SECONDS = 3600


@dataclasses.dataclass  # So that a hook that is used again has one of them for a folder.
class RemoveUnfinishedSavesListener(tf.compat.v1.train.CheckpointSaverListener):
    """After each save, removes unfinished ones that are older than an hour.

    Args:
        model_dir: The folder of the checkpoints.
    """

    model_dir: str

    def after_save(self, session: tf.compat.v1.Session, global_step_value: int) -> None:
        try:
            for name in tf.io.gfile.listdir(self.model_dir):
                # In object stores the names of folders end with a slash.
                _remove_unfinished(os.path.join(self.model_dir, name.rstrip("/")))
        except (tf.errors.OpError, OSError, UnicodeDecodeError) as error:
            # E.g. a file whose name is no UTF-8, or one that another process has just removed.
            logging = tf.compat.v1.logging
            message = "Cannot remove the unfinished saves in %s: %s"
            logging.log_first_n(logging.WARN, message, 1, self.model_dir, error)


def _remove_unfinished(path):
    name = os.path.basename(path)
    if os.path.islink(path):
        return
    if _FILE.fullmatch(name) and _is_old([path]):
        tf.io.gfile.remove(path)
    elif _FOLDER.fullmatch(name) and tf.io.gfile.isdir(path):
        parts = tf.io.gfile.listdir(path)
        paths = [path, *(os.path.join(path, part) for part in parts)]
        if parts and all(map(_PART.fullmatch, parts)) and _is_old(paths):
            tf.io.gfile.rmtree(path)


def _is_old(paths):
    newest = max(tf.io.gfile.stat(path).mtime_nsec for path in paths)
    return newest / 1e9 < time.time() - _LEAST_AGE_SECONDS
