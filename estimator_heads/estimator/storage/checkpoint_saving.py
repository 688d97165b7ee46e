"""How training saves: the default saver, and what savers do in a model_dir beside saving."""

from __future__ import annotations

import os
from collections.abc import Sequence

import tensorflow as tf

from estimator_heads import plain_paths
from estimator_heads._tensorflow import savers
from estimator_heads.estimator.config.run_config import RunConfig


def prepare(
    scaffold: tf.compat.v1.train.Scaffold,
    saver_hooks: Sequence[tf.compat.v1.train.CheckpointSaverHook],
    config: RunConfig,
) -> None:
    """Sees to it that there is a saver, and that savers work in folders of any name.

    Args:
        scaffold: The `Scaffold`.
        saver_hooks: `CheckpointSaverHook`s.
        config: The `RunConfig`.

    Raises:
        ValueError: If a saver cannot work in such a folder.
    """
    saver = scaffold.saver or _saver_of_graph(config)
    used: list[tuple[tf.compat.v1.train.Saver, str | None]] = [(saver, config.model_dir)]
    for hook in saver_hooks:
        own_folder, own_saver = savers.folder_and_saver(hook)
        used.append((own_saver or saver, own_folder))
    for saver, folder in used:
        if folder is not None and not plain_paths.is_plain(folder):
            _use_plain_paths(saver, folder)


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


def _use_plain_paths(saver, folder):
    """Makes this saver find, and delete, the checkpoints in a folder whose name is a pattern."""
    if isinstance(saver, tf.train.Checkpoint):
        raise ValueError(
            "A Scaffold with a tf.train.Checkpoint as `saver` cannot save in a folder whose name "
            "contains one of the characters * ? [ \\: TensorFlow takes it for a pattern. Give "
            "Scaffold a tf.compat.v1.train.Saver, or use another folder. Received: the folder "
            f"{folder!r}."
        )
    plain = plain_paths.plain
    original_save, original_restore = saver.save, saver.restore
    original_recover = saver.recover_last_checkpoints

    def save(sess, save_path, *args, **kwargs):
        written = original_save(sess, plain(save_path), *args, **kwargs)
        return written and os.path.join(os.path.dirname(save_path), os.path.basename(written))

    def restore(sess, save_path):
        return original_restore(sess, plain(save_path))

    def recover_last_checkpoints(checkpoint_paths):
        return original_recover(list(map(plain, checkpoint_paths)))

    savers.save_relative_paths(saver)
    saver.save, saver.restore = save, restore
    saver.recover_last_checkpoints = recover_last_checkpoints


class KeepOtherFoldersHook(tf.compat.v1.train.SessionRunHook):
    """Keeps a saver from deleting checkpoints that are in another folder than model_dir.

    If the file "checkpoint" names such, savers take them for their own.

    Args:
        scaffold: The `Scaffold` that has the saver when a session has been made.
        model_dir: The folder.
    """

    def __init__(self, scaffold: tf.compat.v1.train.Scaffold, model_dir: str) -> None:
        self._scaffold = scaffold
        self._model_dir = os.path.realpath(model_dir)

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        saver = self._scaffold.saver
        paths = saver.last_checkpoints if saver else []
        own = [path for path in paths if self._has(path)]
        if len(own) < len(paths):
            saver.recover_last_checkpoints(own)

    def _has(self, path):
        return os.path.realpath(path).startswith(os.path.join(self._model_dir, ""))
