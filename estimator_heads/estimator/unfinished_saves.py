"""Removes what saves that failed, or were killed, left behind in a model_dir."""

import dataclasses
import os
import re
import time

import tensorflow as tf

# TensorFlow writes a file under such a name first, and then renames it.
_FILE = re.compile(r".+\.tmp[0-9a-f]{32}")
# The folder in which it gathers the parts of a checkpoint.
_FOLDER = re.compile(r".+-\d+_temp(_[0-9a-f]{32})?")


@dataclasses.dataclass
class RemoveUnfinishedSavesListener(tf.compat.v1.train.CheckpointSaverListener):
    """After the first save of a training, removes unfinished ones that are older than it.

    Args:
        model_dir: The folder of the checkpoints.
    """

    model_dir: str

    def begin(self):
        self._start = time.time()

    def after_save(self, session, global_step_value):
        if self._start is None:
            return
        for path in _unfinished(self.model_dir):
            _remove(path, self._start)
        self._start = None


def _unfinished(model_dir):
    for name in tf.io.gfile.listdir(model_dir):
        name = name.rstrip("/")  # So end the names of folders in object stores.
        path = os.path.join(model_dir, name)
        if _FILE.fullmatch(name) or _FOLDER.fullmatch(name) and _has_parts_only(path):
            yield path


def _has_parts_only(path):
    return tf.io.gfile.isdir(path) and all(
        name.startswith("part-") for name in tf.io.gfile.listdir(path)
    )


def _remove(path, before):
    try:
        if tf.io.gfile.stat(path).mtime_nsec >= before * 1e9:
            return  # Another process may be writing it.
        if tf.io.gfile.isdir(path):
            tf.io.gfile.rmtree(path)
        else:
            tf.io.gfile.remove(path)
    except tf.errors.OpError as error:
        tf.compat.v1.logging.warning("Cannot remove %s, an unfinished save: %s", path, error)
