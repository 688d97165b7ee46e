"""`numpy_input_fn` and `pandas_input_fn`, which shuffle unless they are told not to.

Reproduces `tensorflow.contrib.learn.python.learn.learn_io` of TF 1.15.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np

from estimator_heads import inputs

HAS_PANDAS = importlib.util.find_spec("pandas") is not None
HAS_DASK = False  # The arrays of Dask are not among the inputs that an Estimator takes here.


def numpy_input_fn(
    x: np.ndarray | dict[str, np.ndarray],
    y: np.ndarray | dict[str, np.ndarray] | None = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Callable[[], Any]:
    """Returns an input_fn over arrays, as that of `tf.compat.v1.estimator.inputs` does.

    Args:
        x: Features: an array of shape [rows, ...], or a dict from name to such arrays.
        y: Labels: an array of shape [rows, ...], a dict of such arrays, or None.
        batch_size: Number of rows in a batch.
        num_epochs: Number of times to read the rows; None: forever.
        shuffle: Whether to shuffle the rows, within the capacity of the queue.
        queue_capacity: Number of rows that the queue holds.
        num_threads: Number of threads that fill the queue.

    Returns:
        A function without arguments that returns the features, or the tuple (features, labels).
    """
    return inputs.numpy_input_fn(x, y, batch_size, num_epochs, shuffle, queue_capacity, num_threads)


def pandas_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    target_column: str = "target",
) -> Callable[[], Any]:
    """Returns an input_fn over a DataFrame, as that of `tf.compat.v1.estimator.inputs` does.

    Args:
        x: Features: a pandas `DataFrame`.
        y: Labels: a pandas `Series` with the index of `x`, or None.
        batch_size: Number of rows in a batch.
        num_epochs: Number of times to read the rows; None: forever.
        shuffle: Whether to shuffle the rows, within the capacity of the queue.
        queue_capacity: Number of rows that the queue holds.
        num_threads: Number of threads that fill the queue.
        target_column: A name that no column of `x` has.

    Returns:
        A function without arguments that returns the features, or the tuple (features, labels).
    """
    return inputs.pandas_input_fn(
        x, y, batch_size, num_epochs, shuffle, queue_capacity, num_threads, target_column
    )
