"""Batches from a pandas DataFrame: `tf.compat.v1.estimator.inputs.pandas_input_fn`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from estimator_heads.inputs import feeding

if TYPE_CHECKING:
    import pandas


def pandas_input_fn(
    x: pandas.DataFrame,
    y: pandas.Series | pandas.DataFrame | None = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int | None = 1000,
    num_threads: int = 1,
    target_column: str = "target",
) -> Callable[[], Any]:
    """Returns an input_fn over a DataFrame.

    Reproduces `tf.compat.v1.estimator.inputs.pandas_input_fn`. Batches continue across epochs, so
    only the last one may be smaller. Each column gives tensors of shape [batch_size].

    Args:
        x: Features: a pandas `DataFrame`. It is copied.
        y: Labels: a pandas `Series`, or a `DataFrame` for a dict of labels, with the index of `x`;
            or None.
        batch_size: Number of rows in a batch.
        num_epochs: Number of times to read the rows; None: forever.
        shuffle: Whether to shuffle the rows, within the capacity of the queue. It must be given.
        queue_capacity: Number of rows that the queue holds; None: all rows, or four times as many
            if they are shuffled.
        num_threads: As for `numpy_input_fn`.
        target_column: A name that no column of `x` has. It has no other use.

    Returns:
        A function without arguments that returns the features as a dict from column to tensor, or
        the tuple (features, labels), in the default graph.

    Raises:
        ValueError: If `shuffle` is not given, the index of `y` is not that of `x`, `x` has a column
            `target_column`, or has no rows.
        TypeError: If `target_column` is not a string, or pandas is not installed.
    """
    pandas = _pandas()
    shuffle = feeding.checked_shuffle(shuffle)
    if not isinstance(target_column, str):
        raise TypeError(
            "Invalid value for argument `target_column`. Expected a string. Received: "
            f"target_column={target_column!r}."
        )
    features = _arrays(x)
    labels: dict[Any, np.ndarray] = {}
    if y is not None:
        _check_labels(x, y, target_column)
        labels = _arrays(y) if isinstance(y, pandas.DataFrame) else {target_column: _array(y)}
    if len(x) == 0:
        raise ValueError(
            "Invalid value for argument `x`. Expected at least one row. Received none."
        )
    capacity = queue_capacity
    if capacity is None:
        capacity = 4 * len(x) if shuffle else len(x)

    def input_fn():
        queue = feeding.enqueue_rows(
            [*features.values(), *labels.values()],
            capacity,
            shuffle=shuffle,
            min_after_dequeue=max(capacity / 4, 1),
            num_threads=num_threads,
            enqueue_size=batch_size,
            num_epochs=num_epochs,
        )
        batch = feeding.next_batch(queue, batch_size, num_epochs)
        feature_batch = dict(zip(features, batch[: len(features)], strict=True))
        if y is None:
            return feature_batch
        label_batch = dict(zip(labels, batch[len(features) :], strict=True))
        if isinstance(y, pandas.DataFrame):
            return feature_batch, label_batch
        return feature_batch, label_batch[target_column]

    return input_fn


def _pandas():
    try:
        import pandas
    except ImportError as error:
        raise TypeError(
            "pandas_input_fn needs pandas. Install it with `pip install pandas`."
        ) from error
    return pandas


def _check_labels(x, y, target_column):
    if target_column in x:
        raise ValueError(
            f"`x` already has a column named target_column={target_column!r}. Choose another name. "
            f"Its columns are {list(x.columns)}."
        )
    if not np.array_equal(x.index, y.index):
        raise ValueError(
            f"`x` and `y` must have the same index. Received for x: {x.index}; for y: {y.index}."
        )


def _arrays(frame):
    return {column: _array(frame[column]) for column in frame.columns}


def _array(series):
    """A copy of the values, in a dtype that TensorFlow has."""
    numeric = getattr(series.dtype, "numpy_dtype", None)
    if numeric is not None and numeric.kind in "biuf":  # Int64, boolean, ... of pandas itself
        return series.to_numpy(dtype=numeric, copy=True)
    return series.to_numpy(copy=True)
