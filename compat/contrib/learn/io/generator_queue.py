"""A queue that threads fill with the dicts of a generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.inputs.feeding import fed_queue
from estimator_heads.inputs.generator_rows import batches, padded


def enqueue_generator(
    generator: Callable[[], Iterator[Mapping[str, Any]]],
    capacity: int,
    shuffle: bool = False,
    num_threads: int = 1,
    enqueue_size: int = 1,
    num_epochs: int | None = None,
    pad_value: Any = None,
) -> tf.queue.QueueBase:
    """A queue of the rows of a generator, with the runner that fills it in its collection.

    Args:
        generator: Function that returns a generator of dicts from names to arrays.
        capacity: Number of rows that the queue holds.
        shuffle: Whether to take rows from the queue in random order.
        num_threads: Number of threads; each reads all rows.
        enqueue_size: Number of values, of all names together, to enqueue at once.
        num_epochs: How often each thread reads all rows; None: without end.
        pad_value: What fills up arrays that differ in their last dimension; None: they do not.

    Returns:
        A `tf.queue.QueueBase` of the values, in the order of the sorted names.

    Raises:
        NotImplementedError: If rows are to be both padded and shuffled.
    """
    is_padded = pad_value is not None
    if is_padded and shuffle:
        raise NotImplementedError(
            "`pad_value` cannot be combined with shuffle=True. Shuffle in the generator, and pass "
            f"shuffle=False. Received: pad_value={pad_value!r}."
        )
    first = dict(sorted(next(generator()).items()))
    shapes = [value.shape for value in first.values()]
    if is_padded:
        shapes = [[*shape[:-1], None] if shape else shape for shape in shapes]

    def feed(placeholders):
        for rows in batches(generator, list(first), enqueue_size, num_epochs):
            values = [padded(column, pad_value) if is_padded else column for column in rows]
            yield dict(zip(placeholders, map(np.asarray, values), strict=True))

    return fed_queue(
        [tf.as_dtype(value.dtype) for value in first.values()],
        shapes,
        feed,
        capacity,
        shuffle=shuffle,
        padded=is_padded,
        num_threads=num_threads,
        num_epochs=num_epochs,
    )
