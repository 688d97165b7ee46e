"""What it means when a model_dir cannot be written."""

import contextlib
import pathlib

import tensorflow as tf

_REFUSED = (
    tf.errors.ResourceExhaustedError,  # a full disk
    tf.errors.PermissionDeniedError,  # a read-only one, or somebody else's
    tf.errors.FailedPreconditionError,  # a file where a folder should be
)


@contextlib.contextmanager
def explained(model_dir, latest_checkpoint):
    """Says what is left and how to go on when writing in `model_dir` fails.

    Args:
        model_dir: the folder of checkpoints and event files.
        latest_checkpoint: function that returns the path of the latest checkpoint, or None.

    Raises:
        tf.errors.OpError: of the type of the failure, with what to do added to its message.
    """
    try:
        yield
    except _REFUSED as error:
        if not model_dir or not _is_about(model_dir, error.message):  # e.g. memory, or input files
            raise
        raise type(error)(
            error.node_def,
            error.op,
            f"model_dir={model_dir!r} cannot be written: {error.message}. "
            + _way_out(latest_checkpoint),
        ) from error


def _is_about(model_dir, message):
    parents = map(str, pathlib.PurePath(model_dir).parents)
    return model_dir in message or any(message.startswith((f"{p} ", f"{p};")) for p in parents)


def _way_out(latest_checkpoint):
    try:
        checkpoint = latest_checkpoint()
    except (tf.errors.OpError, ValueError):
        checkpoint = None
    if checkpoint is None:
        return "No checkpoint was written. Free space there or make it writable, or use another."
    return (
        f"The latest whole checkpoint is {checkpoint!r}. Free space there or make it writable, and "
        "call train() again: it goes on from that checkpoint."
    )
