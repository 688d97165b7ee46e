"""Batches from a generator of dicts: `generator_input_fn` of `tf.contrib.learn`."""

from __future__ import annotations

import types
from collections.abc import Callable, Generator, Sequence
from typing import Any

from estimator_heads.compat.contrib.learn.io.generator_queue import enqueue_generator


def generator_input_fn(
    x: Callable[[], Generator[dict[str, Any], Any, Any]],
    target_key: str | Sequence[str] | None = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    pad_value: Any = None,
) -> Callable[[], Any]:
    """Returns an input_fn over the dicts that a generator yields.

    Reproduces `tf.contrib.learn.io.generator_input_fn` of TF 1.15. As there, the batch in which the
    generator comes to its end is filled up from its start, also in the last epoch.

    Args:
        x: A function without arguments that returns a generator of dicts from names to arrays (or
            NumPy numbers) of one row each.
        target_key: Name of the labels in these dicts, or a list of names for a dict of labels; None
            if there are no labels.
        batch_size: Number of rows in a batch.
        num_epochs: Number of times to run through the generator; None: forever.
        shuffle: Whether to shuffle the rows, within the capacity of the queue.
        queue_capacity: Number of rows that the queue holds.
        num_threads: Number of threads that fill the queue, each with all rows.
        pad_value: What fills up arrays that differ in their last dimension; None: they do not.

    Returns:
        A function without arguments that returns the features as a dict, or the tuple (features,
        labels), in the default graph.

    Raises:
        TypeError: If `x` is not a function, does not return a generator, or that does not yield
            dicts; or if `target_key` is not a string or several.
        KeyError: If the dicts do not have a `target_key`.
    """
    names = _names(x)
    targets = _targets(target_key, names)

    def input_fn():
        queue = enqueue_generator(
            x,
            queue_capacity,
            shuffle=shuffle,
            num_threads=num_threads,
            enqueue_size=batch_size,
            num_epochs=num_epochs,
            pad_value=pad_value,
        )
        dequeue = queue.dequeue_many if num_epochs is None else queue.dequeue_up_to
        batch = dequeue(batch_size)
        if len(names) == 1:
            batch = [batch]
        features = dict(zip(names, batch, strict=True))
        if not targets:
            return features
        labels = {name: features.pop(name) for name in targets}
        return features, labels if len(labels) > 1 else labels[targets[0]]

    return input_fn


def _names(x):
    """The sorted names in the dicts."""
    if not isinstance(x, types.FunctionType):
        raise TypeError(
            "Invalid value for argument `x`. Expected a function that returns a generator, and not "
            f"the generator itself. Received: {x!r} of type {type(x).__name__}."
        )
    generator = x()
    if not isinstance(generator, types.GeneratorType):
        raise TypeError(
            "Invalid value for argument `x`. Expected a function that returns a generator. "
            f"Received one that returns {generator!r} of type {type(generator).__name__}."
        )
    row = next(generator)
    if not isinstance(row, dict):
        raise TypeError(
            "Invalid value for argument `x`. Expected a function that returns a generator of dicts."
            f" Received one that yields {row!r} of type {type(row).__name__}."
        )
    return sorted(row)


def _targets(target_key, names):
    """The names of the labels, as a list."""
    if target_key is None:
        return []
    targets = target_key
    if isinstance(target_key, str):
        targets = [target_key]
    elif not hasattr(target_key, "__contains__"):
        targets = [None]
    for target in targets:
        if not isinstance(target, str):
            raise TypeError(
                "Invalid value for argument `target_key`. Expected a string, or a list of them. "
                f"Received: target_key={target_key!r}."
            )
        if target not in names:
            raise KeyError(
                f"`x` yields dicts without target_key={target!r}. They have the keys {names}."
            )
    return list(targets)
