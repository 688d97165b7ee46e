"""Iterators of single examples as the input of an Estimator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf


def is_stream(x: object) -> bool:
    """Whether it is an iterator."""
    return hasattr(x, "__next__")


class StreamFeeder:
    """Feeds the examples of iterators, batch after batch, until one ends.

    Args:
        x: Iterator of the features of one example: an array, or a dict of arrays.
        y: Iterator of its labels: a NumPy number or array, a list, or a dict of such; or None.
        batch_size: Number of examples in a batch, > 0; None for one.

    Raises:
        ValueError: If `y` is no iterator.
        StopIteration: If an iterator is empty.
    """

    def __init__(self, x: Any, y: Any, batch_size: int | None = None) -> None:
        if y is not None and not is_stream(y):
            raise ValueError(
                "Invalid value for argument `y`. Expected an iterator, because `x` is one. "
                f"Received: y={y!r} of type {type(y).__name__}."
            )
        self._batch_size = batch_size or 1
        self._x, self._x_parts = _first(x, _feature_shape)
        self._y: Iterator[Any] | None
        self._y_parts: dict[str | None, tuple[tf.DType, Any]] | None
        self._y, self._y_parts = (None, None) if y is None else _first(y, _label_shape)
        self._ended = False

    def input_fn(self) -> tuple[Any, Any]:
        """Makes placeholders.

        Returns:
            A tuple (features, labels), labels None if there are none.
        """
        self._features = _placeholders("input", self._x_parts)
        self._labels = None if self._y is None else _placeholders("output", self._y_parts)
        return _unnamed(self._features), self._labels and _unnamed(self._labels)

    def feed_dict(self) -> dict[tf.Tensor, np.ndarray]:
        """The feed_dict of the next batch; the last one may be smaller.

        Raises:
            StopIteration: After the last batch.
        """
        if self._ended:
            raise StopIteration
        xs = list(itertools.islice(self._x, self._batch_size))
        self._ended = len(xs) < self._batch_size
        if not xs:
            raise StopIteration
        feeds = _stacked(self._features, self._x_parts, xs)
        if self._y is not None:
            ys = list(itertools.islice(self._y, len(xs)))
            if len(ys) < len(xs):
                raise StopIteration
            feeds.update(_stacked(self._labels, self._y_parts, ys))
        return feeds


def _first(stream, shape_of):
    """The whole stream again, and {name: (dtype, shape)} of its first example."""
    example = next(stream)
    parts = {name: (_dtype(value), shape_of(value)) for name, value in _named(example).items()}
    return itertools.chain([example], stream), parts


def _named(example):
    return example if isinstance(example, dict) else {None: example}


def _unnamed(by_name):
    return by_name[None] if None in by_name else by_name


def _dtype(value):
    return np.asarray(value).dtype


def _feature_shape(value):
    return value.shape or (1,)


def _label_shape(value):
    shape = np.shape(value)
    return shape[1:] if shape[:1] == (1,) else shape


def _placeholders(prefix, parts):
    return {
        name: tf.compat.v1.placeholder(
            tf.as_dtype(dtype), [None, *shape], name=prefix if name is None else f"{prefix}_{name}"
        )
        for name, (dtype, shape) in parts.items()
    }


def _stacked(placeholders, parts, examples):
    """The values of the placeholders for a batch of examples."""
    return {
        placeholders[name]: np.asarray(
            [np.asarray(_named(example)[name]).reshape(shape) for example in examples], dtype
        )
        for name, (dtype, shape) in parts.items()
    }
