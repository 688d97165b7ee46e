"""Arrays as the input of an Estimator: placeholders, and what they are fed."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.io.pandas_values import (
    extract_pandas_data,
    extract_pandas_labels,
    is_pandas,
)

# The original's, so that batches come in the same order.
_SEED = 42


class ArrayFeeder:
    """Feeds the rows of arrays, batch after batch.

    Args:
        x: Features [rows, ...]: an array, a DataFrame, or a dict of arrays.
        y: Labels [rows, ...] of the same kind, or a list, or None.
        batch_size: Number of rows in a batch, > 0; None for all.
        shuffle: Whether to take rows in random order, a new one in each epoch.
        epochs: How often to go through the rows; None: without end.

    Raises:
        ValueError: If a DataFrame has columns that are not numbers.
        AttributeError: If `x` is not an array.
        IndexError: If an array has fewer rows than another.
    """

    def __init__(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = None,
        shuffle: bool = False,
        epochs: int | None = None,
    ) -> None:
        self._x = _columns("x", extract_pandas_data(x))
        self._y = _columns("y", np.array(y) if isinstance(y, list) else extract_pandas_labels(y))
        self._rows = _checked_row_count(self._x, self._y)
        self._batch_size = self._rows if batch_size is None else batch_size
        self._epochs = epochs
        self._random = np.random.RandomState(_SEED) if shuffle else None
        self._order = self._new_order()
        self._position = 0
        self._finished_epochs = 0

    def input_fn(self) -> tuple[Any, Any]:
        """Makes placeholders.

        Returns:
            A tuple (features, labels), labels None if there are none.
        """
        self._features = _map(
            lambda name, array: _placeholder("input", name, array.dtype, array.shape[1:] or (1,)),
            self._x,
        )
        self._labels = _map(
            lambda name, array: _placeholder("output", name, array.dtype, _label_shape(array)),
            self._y,
        )
        return self._features, self._labels

    def feed_dict(self) -> dict[tf.Tensor, np.ndarray]:
        """The feed_dict of the next batch; the last one of an epoch may be smaller.

        Raises:
            StopIteration: After the last epoch.
        """
        if self._epochs is not None and self._finished_epochs >= self._epochs:
            raise StopIteration
        rows = self._order[self._position : self._position + self._batch_size]
        self._position += self._batch_size
        if self._position >= self._rows:
            self._order = self._new_order()
            self._position = 0
            self._finished_epochs += 1
        feeds = {}
        for placeholders, columns in ((self._features, self._x), (self._labels, self._y)):
            for name, placeholder in _named(placeholders):
                array = columns[name] if isinstance(columns, dict) else columns
                feeds[placeholder] = _taken(array, rows).reshape(
                    (len(rows), *placeholder.shape[1:].as_list())
                )
        return feeds

    def _new_order(self):
        return (
            np.arange(self._rows) if self._random is None else self._random.permutation(self._rows)
        )


def _columns(argument, values):
    """An array, or a dict of arrays, as it is."""
    for name, array in _named(values):
        if not hasattr(array, "dtype") or not hasattr(array, "shape"):
            where = argument if name is None else f"{argument}[{name!r}]"
            raise AttributeError(
                f"Invalid value for argument `{argument}`. Expected arrays, as np.asarray() makes "
                f"them. Received: {where}={array!r} of type {type(array).__name__}."
            )
        if tf.as_dtype(array.dtype) == tf.float64:
            tf.compat.v1.logging.warning(
                "`%s` has float64, which many models do not take. Consider float32.", argument
            )
    return values


def _checked_row_count(x, y):
    rows, *others = [len(array) for columns in (x, y) for _, array in _named(columns)]
    if any(other < rows for other in others):
        raise IndexError(
            "Invalid value for argument `x` or `y`. Expected arrays with the same number of rows. "
            f"Received arrays with these numbers of rows: {[rows, *others]}."
        )
    return rows


def _named(values):
    """(name, value) of a dict, (None, value) of anything else, nothing of None."""
    if values is None:
        return []
    return list(values.items()) if isinstance(values, dict) else [(None, values)]


def _map(function, values):
    mapped = {name: function(name, value) for name, value in _named(values)}
    return mapped if isinstance(values, dict) else mapped.get(None)


def _placeholder(prefix, name, dtype, shape):
    return tf.compat.v1.placeholder(
        tf.as_dtype(dtype), [None, *shape], name=prefix if name is None else f"{prefix}_{name}"
    )


def _label_shape(array):
    """The shape of one label; a first dimension of 1 is left out."""
    shape = array.shape[1:]
    return shape[1:] if shape[:1] == (1,) else shape


def _taken(array, rows):
    return np.asarray(array.iloc[rows] if is_pandas(array) else array[rows])
