"""Batches from NumPy arrays: `tf.compat.v1.estimator.inputs.numpy_input_fn`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from estimator_heads.inputs import feeding


def numpy_input_fn(
    x: np.ndarray | dict[str, np.ndarray],
    y: np.ndarray | dict[str, np.ndarray] | None = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Callable[[], Any]:
    """Returns an input_fn over arrays. Reproduces `tf.compat.v1.estimator.inputs.numpy_input_fn`.

    Batches continue across epochs, so only the last one may be smaller.

    Args:
        x: Features: an array of shape [rows, ...], or a dict from name to such arrays.
        y: Labels: an array of shape [rows, ...], a dict of such arrays, or None.
        batch_size: Number of rows in a batch.
        num_epochs: Number of times to read the rows; None: forever.
        shuffle: Whether to shuffle the rows, within the capacity of the queue. It must be given.
        queue_capacity: Number of rows that the queue holds.
        num_threads: Number of threads that fill the queue. With more than one, the order of rows is
            not deterministic, and each thread reads `num_epochs` epochs.

    Returns:
        A function without arguments that returns the features, or the tuple (features, labels), of
        the next batch as tensors in the default graph. Outside an Estimator, start them with
        `tf.compat.v1.train.start_queue_runners`.

    Raises:
        ValueError: If `shuffle` is not given; later, when the input_fn is called: if arrays differ
            in length, have no rows, or if `x` and `y` have a name in common.
        TypeError: When the input_fn is called: if `x` is neither an array nor a dict.

    >>> import numpy as np
    >>> import tensorflow as tf
    >>> ages = {"age": np.array([30, 40, 50])}
    >>> input_fn = numpy_input_fn(ages, np.array([0, 1, 1]), batch_size=2, shuffle=False)
    >>> with tf.Graph().as_default():
    ...     features, labels = input_fn()
    ...     with tf.compat.v1.train.MonitoredSession() as session:
    ...         print(session.run([features["age"], labels]))
    [array([30, 40]), array([0, 1])]
    """
    shuffle = feeding.checked_shuffle(shuffle)

    def input_fn():
        features = _features(x)
        labels = _labels(y)
        _check_names(features, labels)
        columns = [*features.values(), *labels.values()]
        _check_lengths(features, labels)
        queue = feeding.enqueue_rows(
            columns,
            queue_capacity,
            shuffle=shuffle,
            num_threads=num_threads,
            enqueue_size=batch_size,
            num_epochs=num_epochs,
        )
        batch = feeding.next_batch(queue, batch_size, num_epochs)
        feature_batch = _like(x, features, batch[: len(features)])
        if y is None:
            return feature_batch
        return feature_batch, _like(y, labels, batch[len(features) :])

    return input_fn


def _features(x):
    """Arrays by name, sorted; a single array stands under None."""
    if isinstance(x, dict):
        if not x:
            raise ValueError("Invalid value for argument `x`. Expected features. Received: x={}.")
        return dict(sorted(x.items()))
    if not isinstance(x, np.ndarray):
        raise TypeError(
            "Invalid value for argument `x`. Expected a NumPy array or a dict of them. Received: "
            f"{x!r} of type {type(x).__name__}."
        )
    return {None: x}


def _labels(y):
    if y is None:
        return {}
    if isinstance(y, dict):
        if not y:
            raise ValueError(
                "Invalid value for argument `y`. Expected labels, or None if there are none. "
                "Received: y={}."
            )
        return dict(sorted(y.items()))
    return {None: y}


def _like(original, names, tensors):
    """Tensors as a dict if the arrays were one, else the only tensor."""
    if isinstance(original, dict):
        return dict(zip(names, tensors, strict=True))
    (tensor,) = tensors
    return tensor


def _check_names(features, labels):
    common = [name for name in features if name in labels and name is not None]
    if common:
        raise ValueError(
            "`x` and `y` must have different names for features and labels. Received in both: "
            f"{common}."
        )


def _check_lengths(features, labels):
    lengths = {array.shape[0] for array in [*features.values(), *labels.values()]}
    if len(lengths) == 1 and lengths != {0}:
        return
    shapes = {
        argument: [f"{name or 'array'}: {array.shape}" for name, array in arrays.items()]
        for argument, arrays in (("x", features), ("y", labels))
    }
    raise ValueError(
        "All arrays of `x` and `y` must have the same number of rows, at least one. Received the "
        f"shapes {shapes['x']} in `x` and {shapes['y']} in `y`."
    )
