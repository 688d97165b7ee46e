"""The two ways to give an Estimator its input, and what each of them goes with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.array_feeder import ArrayFeeder
from estimator_heads.compat.contrib.learn.estimators.stream_feeder import (
    StreamFeeder,
    is_stream,
)
from estimator_heads.types import InputFn


def check(
    x: Any,
    y: Any,
    input_fn: InputFn | None,
    feed_fn: Callable[[], Mapping[Any, Any]] | None,
    batch_size: int | None,
) -> None:
    """Checks that there is either an input_fn, or arrays.

    Args:
        x: Features, or None.
        y: Labels, or None.
        input_fn: Function without arguments, or None.
        feed_fn: Function that returns a feed_dict, or None.
        batch_size: Number of rows of `x` in a batch, or None.

    Raises:
        ValueError: If there is neither, there are both, or what does not go with it.
    """
    if input_fn is None:
        if x is None:
            raise ValueError(
                "Missing input. Expected either `input_fn`, or `x` with or without `y`. Received: "
                "x=None, input_fn=None."
            )
        for name, value in (("x", x), ("y", y)):
            if tf.is_tensor(value):
                raise ValueError(
                    f"Invalid value for argument `{name}`. Expected arrays; tensors are made in "
                    f"the graph of the Estimator, by an `input_fn`. Received: {name}={value!r}."
                )
        if feed_fn is not None:
            raise ValueError(
                "`feed_fn` goes with `input_fn`, and not with `x` and `y`, which feed themselves. "
                f"Received: feed_fn={feed_fn!r}."
            )
        return
    given = {"x": x is not None, "y": y is not None, "batch_size": batch_size is not None}
    surplus = [name for name, is_given in given.items() if is_given]
    if surplus:
        raise ValueError(
            f"Only one of `input_fn` and {surplus} can be given. An input_fn returns batches of "
            f"features and labels itself. Received: input_fn={input_fn!r} and {surplus}."
        )


def input_and_feed_fn(
    x: Any, y: Any, batch_size: int | None, shuffle: bool = False, epochs: int | None = 1
) -> tuple[Callable[[], tuple[Any, Any]], Callable[[], dict[tf.Tensor, Any]]]:
    """The functions that feed arrays or iterators.

    Args:
        x: Features: array, DataFrame, dict of arrays, or iterator of single examples.
        y: Labels of the same kind, or None.
        batch_size: Number of examples in a batch; None: all of the arrays, one of iterators.
        shuffle: Whether to take the rows of arrays in random order.
        epochs: How often to go through the arrays; None: without end.

    Returns:
        A tuple of an input_fn, which makes placeholders, and a function that returns the feed_dict
        of the next batch and raises StopIteration after the last one.

    Raises:
        ValueError: If `batch_size` is not > 0, and as of the feeders.
    """
    check(x, y, None, None, batch_size)
    if batch_size is not None and batch_size <= 0:
        raise ValueError(
            "Invalid value for argument `batch_size`. Expected a number > 0, or None. Received: "
            f"batch_size={batch_size!r}."
        )
    feeder: StreamFeeder | ArrayFeeder
    if is_stream(x):
        feeder = StreamFeeder(x, y, batch_size)
    else:
        feeder = ArrayFeeder(x, y, batch_size, shuffle, epochs)
    return feeder.input_fn, feeder.feed_dict
