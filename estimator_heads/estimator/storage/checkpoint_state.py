"""Which checkpoint of a model_dir is the latest, by the file "checkpoint" there."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import tensorflow as tf

from estimator_heads import plain_paths

_Result = TypeVar("_Result")


class ModelDirIsFileError(tf.errors.FailedPreconditionError, ValueError):
    """There is a file where `model_dir` should be.

    The original raises the one or the other of its bases, depending on the method.
    """


def latest(model_dir: str) -> str | None:
    """Path of the latest checkpoint in `model_dir`; None if there is none, or it is gone.

    Raises:
        ModelDirIsFileError: If `model_dir` is a file.
        ValueError: If the folder's file "checkpoint" is unreadable.
    """
    path, is_there = _latest_and_existence(model_dir)
    return path if is_there else None


def latest_to_restore(model_dir: str) -> str | None:
    """Path of the latest checkpoint in `model_dir`, or None in a new folder.

    Raises:
        ModelDirIsFileError: If `model_dir` is a file.
        ValueError: If the folder's file "checkpoint" is unreadable or names a checkpoint that is
            gone. Training would start over and overwrite what is there, and evaluations would be
            those of a model without training.
    """
    path, is_there = _latest_and_existence(model_dir)
    if path and not is_there:
        raise ValueError(
            f"The file {_state_file(model_dir)!r} names the checkpoint {path!r}, which no longer "
            "exists. Nothing on disk was changed. Put the checkpoint back, or name another one in "
            "the file. To start over, delete the file."
        )
    return path


def check_is_folder(model_dir: str) -> None:
    """Checks that `model_dir` is a folder, or is still to be made.

    Raises:
        ModelDirIsFileError: If it is a file.
    """
    if tf.io.gfile.exists(model_dir) and not tf.io.gfile.isdir(model_dir):
        raise ModelDirIsFileError(
            None,
            None,
            "Invalid value for argument `model_dir`. Expected a folder, or a path where one can be "
            f"created. Received: model_dir={model_dir!r}, which is a file.",
        )


def kept(model_dir: str) -> list[str]:
    """Paths of the checkpoints that the file "checkpoint" of a folder lists, oldest first."""
    state = _state(model_dir)
    return list(state.all_model_checkpoint_paths) if state else []


def with_latest(
    latest_checkpoint: Callable[[], str | None], use: Callable[[str | None], _Result]
) -> _Result:
    """What `use` makes of the latest checkpoint.

    A training process that is ahead may delete the checkpoint meanwhile; then it is done again with
    the one that is the latest now.

    Args:
        latest_checkpoint: Function that returns the path of the latest checkpoint, or None.
        use: Function of that path.
    """
    path = latest_checkpoint()
    while True:
        try:
            return use(path)
        except (ValueError, tf.errors.NotFoundError, tf.errors.DataLossError):
            gone = path
            path = latest_checkpoint()
            if not path or not gone or path == gone or exists(gone):
                raise
            tf.compat.v1.logging.warning(
                "The checkpoint %s was deleted before it was read. Continuing with %s.", gone, path
            )


def exists(checkpoint_path: str) -> bool:
    """Whether there is a checkpoint, of today's format or of the first (one file, or several)."""
    return (
        tf.io.gfile.exists(checkpoint_path + ".index")
        or (tf.io.gfile.exists(checkpoint_path) and not tf.io.gfile.isdir(checkpoint_path))
        or bool(plain_paths.files_like(checkpoint_path, "-?????-of-?????"))
    )


def _latest_and_existence(model_dir):
    """The path in the file "checkpoint", or None; and whether there is that checkpoint."""
    path = None
    while True:
        state = _state(model_dir)
        if state is None:
            return None, False
        if exists(state.model_checkpoint_path):
            return state.model_checkpoint_path, True
        if state.model_checkpoint_path == path:
            return path, False
        # A training process may have named another one, and deleted this one, in between.
        path = state.model_checkpoint_path


def _state(model_dir):
    """What the file "checkpoint" of a folder says; None if there is none."""
    check_is_folder(model_dir)
    state_file = _state_file(model_dir)
    if not tf.io.gfile.exists(state_file):
        return None
    try:
        state = tf.train.get_checkpoint_state(model_dir)
    except ValueError:  # What TensorFlow makes of an empty file; of a garbled one it makes None.
        state = None
    if state is None:
        raise ValueError(
            f"The file {state_file!r}, which names the latest checkpoint, is unreadable. Nothing "
            "on disk was changed. Repair it: it should contain a line like "
            'model_checkpoint_path: "model.ckpt-100". To start over, delete it.'
        )
    return state


def _state_file(model_dir):
    return os.path.join(model_dir, "checkpoint")
