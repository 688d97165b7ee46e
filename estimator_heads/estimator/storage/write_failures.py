"""What it means when a folder cannot be written."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Callable, Iterator

import tensorflow as tf

_CANNOT_BE_WRITTEN = " cannot be written to: "
_WAYS_OUT = {
    tf.errors.ResourceExhaustedError: "Free space there",
    tf.errors.PermissionDeniedError: "Make it writable, and its file system too if it is read-only",
    tf.errors.FailedPreconditionError: "Move away the file that is in the place of a folder",
}


@contextlib.contextmanager
def explained(argument: str, folder: str | None, then: Callable[[], str]) -> Iterator[None]:
    """Says what to do when writing in a folder fails.

    Args:
        argument: Name of the argument that names the folder.
        folder: Path of the folder.
        then: Function that returns a sentence about what is left, and how to go on.

    Raises:
        tf.errors.OpError: Of the type of the failure, with what to do added to its message.
    """
    try:
        yield
    except tuple(_WAYS_OUT) as error:
        if _CANNOT_BE_WRITTEN in error.message:  # An export while training says so itself.
            raise
        if not folder or not _is_about(folder, error.message):  # e.g. memory, or input files
            raise
        raise type(error)(
            error.node_def,
            error.op,
            f"{argument}={folder!r}{_CANNOT_BE_WRITTEN}{error.message}. {_way_out(error)}, or use "
            f"another folder. {then()}",
        ) from error


def explained_in_training(
    model_dir: str, latest_checkpoint: Callable[[], str | None]
) -> contextlib.AbstractContextManager[None]:
    """Says what is left and how to go on when writing in `model_dir` fails.

    Args:
        model_dir: The folder of checkpoints and event files.
        latest_checkpoint: Function that returns the path of the latest checkpoint, or None.

    Returns:
        A context manager; see `explained`.
    """

    def then():
        try:
            checkpoint = latest_checkpoint()
        except (tf.errors.OpError, ValueError):
            checkpoint = None
        if checkpoint is None:
            return "No checkpoint was written."
        return (
            f"The latest complete checkpoint is {checkpoint!r}; the next train() continues from it."
        )

    return explained("model_dir", model_dir, then)


def _way_out(error):
    return next(text for kind, text in _WAYS_OUT.items() if isinstance(error, kind))


def _is_about(folder, message):
    """Whether a message names the folder, other than as that of the program's own files."""
    lines = [line for line in message.splitlines() if not line.lstrip().startswith('File "')]
    parents = map(str, pathlib.PurePath(folder).parents)
    return any(folder in line for line in lines) or any(
        message.startswith((f"{parent} ", f"{parent};")) for parent in parents
    )
