"""Reads checkpoints, and checks whether one fits the model in the default graph."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads import plain_paths
from estimator_heads._tensorflow import savers
from estimator_heads.estimator.storage import checkpoint_state

_OBJECT_GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH"
_LISTED = 10
_WAYS_OUT = (
    "Nothing on disk was changed. Go back to the model_fn and params that wrote the checkpoint, "
    "give this model its own model_dir, or start from the variables that fit with "
    "warm_start_from=WarmStartSettings(...)."
)


def check_restorable(
    checkpoint_path: str | None, saver: tf.compat.v1.train.Saver | tf.train.Checkpoint | None = None
) -> None:
    """Checks, before anything is written, that the default graph can be restored from a checkpoint.

    Args:
        checkpoint_path: Path of the checkpoint; None is fine.
        saver: A saver of the user's own; it may map names as it likes, so then only readability is
            checked.

    Raises:
        tf.errors.DataLossError: If the checkpoint is unreadable or cut short.
        tf.errors.NotFoundError: If it lacks variables of the graph.
        tf.errors.InvalidArgumentError: If variables have a different shape in it.
    """
    if not checkpoint_path:
        return
    reader = load(checkpoint_path)
    shapes = reader.get_variable_to_shape_map()
    _check_size(checkpoint_path, shapes, reader.get_variable_to_dtype_map())
    own_savers = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.SAVERS)
    if saver is not None or own_savers or _OBJECT_GRAPH_KEY in shapes:
        return
    wanted = _wanted_shapes()
    missing = sorted(set(wanted) - set(shapes))
    if missing:
        unused = sorted(set(shapes) - set(wanted))
        surplus = (
            f". It has these, which the model does not have: {_listing(unused)}" if unused else ""
        )
        raise tf.errors.NotFoundError(
            None,
            None,
            f"The checkpoint {checkpoint_path!r} belongs to another model: it lacks "
            f"{_listing(missing)}, which the model_fn creates{surplus}. {_WAYS_OUT}",
        )
    mismatched = [
        f"{name} (checkpoint {list(shapes[name])}, model {shape.as_list()})"
        for name, shape in sorted(wanted.items())
        if not shape.is_compatible_with(shapes[name])
    ]
    if mismatched:
        raise tf.errors.InvalidArgumentError(
            None,
            None,
            f"The checkpoint {checkpoint_path!r} does not fit the model. These variables have "
            f"different shapes: {_listing(mismatched)}. {_WAYS_OUT}",
        )


def load(checkpoint_path: str) -> Any:
    """A reader of a checkpoint.

    Raises:
        ValueError: If there is no such checkpoint.
        tf.errors.DataLossError: If it is unreadable.
    """
    if not checkpoint_state.exists(checkpoint_path):
        raise ValueError(
            f"There is no checkpoint {checkpoint_path!r}. Expected the path without the file "
            "extension, such as 'model_dir/model.ckpt-100' for model.ckpt-100.index."
        )
    try:
        return tf.train.load_checkpoint(plain_paths.plain(checkpoint_path))
    except tf.errors.OpError as error:
        raise _unreadable(checkpoint_path, error.message) from error


@contextlib.contextmanager
def explained_damage(checkpoint_path: str | None) -> Iterator[None]:
    """Names the checkpoint when restoring it finds damage that its index does not show."""
    try:
        yield
    except (tf.errors.DataLossError, tf.errors.OutOfRangeError) as error:
        # Creating a session also writes, and what fails then says nothing about the checkpoint.
        if not checkpoint_path or error.op is None or not error.op.type.startswith("Restore"):
            raise
        raise _unreadable(checkpoint_path, error.message) from error


def get_value(checkpoint_path: str, name: str) -> np.ndarray:
    """Value of the variable `name`, a NumPy array.

    Raises:
        tf.errors.NotFoundError: If the checkpoint has no such variable.
    """
    reader = load(checkpoint_path)
    names = reader.get_variable_to_shape_map()
    if name not in names:
        close = difflib.get_close_matches(name, names, n=3)
        raise tf.errors.NotFoundError(
            None,
            None,
            f"The checkpoint {checkpoint_path!r} has no variable {name!r}. "
            + (f"Did you mean one of {close}?" if close else f"It has {_listing(sorted(names))}."),
        )
    return _tensor(reader, checkpoint_path, name)


def global_step(checkpoint_path: str | None) -> int:
    """The global step of a checkpoint; 0 without a checkpoint or a global step in it."""
    if not checkpoint_path:
        return 0
    reader = load(checkpoint_path)
    key = tf.compat.v1.GraphKeys.GLOBAL_STEP
    return int(_tensor(reader, checkpoint_path, key)) if reader.has_tensor(key) else 0


def _tensor(reader, checkpoint_path, name):
    try:
        return reader.get_tensor(name)
    except tf.errors.OpError as error:
        raise _unreadable(checkpoint_path, error.message) from error


def _wanted_shapes():
    """Names and shapes of the variables that the default saver reads from a checkpoint."""
    return dict(map(savers.checkpoint_name_and_shape, tf.compat.v1.global_variables()))


def _check_size(checkpoint_path, shapes, dtypes):
    """Compares the size of the data files with what the index says they hold."""
    if not tf.io.gfile.exists(checkpoint_path + ".index"):
        return  # The first checkpoint format has no files of data.
    data_files = plain_paths.files_like(checkpoint_path, ".data-*-of-*")
    if not data_files:
        raise _unreadable(
            checkpoint_path,
            f"the files {checkpoint_path}.data-*, which hold the values, are missing",
        )
    expected = sum(
        tf.TensorShape(shape).num_elements() * dtypes[name].size
        for name, shape in shapes.items()
        if dtypes[name] not in (tf.string, tf.variant, tf.resource)
    )
    found = sum(tf.io.gfile.stat(path).length for path in data_files)
    if found < expected:
        raise _unreadable(
            checkpoint_path, f"its data files hold {found} bytes instead of at least {expected}"
        )


def _unreadable(checkpoint_path, reason):
    return tf.errors.DataLossError(
        None,
        None,
        f"The checkpoint {checkpoint_path!r} is damaged, or not a checkpoint: {reason}. No "
        'checkpoint was changed. Name an older one in the file "checkpoint" next to it, or pass it '
        "as checkpoint_path; or delete it to start over.",
    )


def _listing(items):
    more = f" and {len(items) - _LISTED} more" if len(items) > _LISTED else ""
    return ", ".join(items[:_LISTED]) + more
