"""How training saves: the default saver, and what savers do in a model_dir beside saving."""

import os

import tensorflow as tf

from estimator_heads import _tensorflow, plain_paths


def prepare(scaffold, config):
    """Sees to it that the graph has a saver, which works in model_dir.

    Args:
        scaffold: The `Scaffold`.
        config: The `RunConfig`.

    Raises:
        ValueError: If the saver of the Scaffold cannot save in this model_dir.
    """
    saver = scaffold.saver or _saver_of_graph(config)
    if not plain_paths.is_plain(config.model_dir):
        _use_plain_paths(saver, config.model_dir)


def _saver_of_graph(config):
    collection = tf.compat.v1.GraphKeys.SAVERS
    savers = tf.compat.v1.get_collection(collection)
    if savers:
        return savers[0]
    saver = tf.compat.v1.train.Saver(
        sharded=True,
        max_to_keep=config.keep_checkpoint_max,
        keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
        defer_build=True,  # The Scaffold builds it, when all variables are there.
        save_relative_paths=True,  # So that a model_dir can be moved.
    )
    tf.compat.v1.add_to_collection(collection, saver)
    return saver


def _use_plain_paths(saver, model_dir):
    """Makes this saver find, and delete, the checkpoints in a folder whose name is a pattern."""
    if isinstance(saver, tf.train.Checkpoint):
        raise ValueError(
            "A Scaffold with a tf.train.Checkpoint as `saver` cannot save in a folder whose name "
            "has one of the characters * ? [ \\ in it: TensorFlow takes it for a pattern. Give "
            "Scaffold a tf.compat.v1.train.Saver, or use another model_dir. Received: "
            f"model_dir={model_dir!r}."
        )
    restore, save, recover = saver.restore, saver.save, saver.recover_last_checkpoints

    def save_in_folder(session, save_path, *args, **kwargs):
        written = save(session, plain_paths.plain(save_path), *args, **kwargs)
        return written and os.path.join(os.path.dirname(save_path), os.path.basename(written))

    _tensorflow.save_relative_paths(saver)
    saver.save = save_in_folder
    saver.restore = lambda session, path: restore(session, plain_paths.plain(path))
    saver.recover_last_checkpoints = lambda paths: recover(list(map(plain_paths.plain, paths)))


class KeepOtherFoldersHook(tf.compat.v1.train.SessionRunHook):
    """Keeps a saver from deleting checkpoints that are in another folder than model_dir.

    If the file "checkpoint" names such, savers take them for their own.

    Args:
        scaffold: The `Scaffold` that has the saver when a session has been made.
        model_dir: The folder.
    """

    def __init__(self, scaffold, model_dir):
        self._scaffold = scaffold
        self._model_dir = os.path.realpath(model_dir)

    def after_create_session(self, session, coord):
        saver = self._scaffold.saver
        paths = saver.last_checkpoints if saver else []
        own = [path for path in paths if self._has(path)]
        if len(own) < len(paths):
            saver.recover_last_checkpoints(own)

    def _has(self, path):
        return os.path.realpath(path).startswith(os.path.join(self._model_dir, ""))
