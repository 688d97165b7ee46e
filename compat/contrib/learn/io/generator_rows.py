"""A queue that threads fill with the dicts of a generator."""

import itertools

import numpy as np
import tensorflow as tf

from estimator_heads.inputs.feeding import fed_queue


def enqueue_generator(
    generator,
    capacity,
    shuffle=False,
    num_threads=1,
    enqueue_size=1,
    num_epochs=None,
    pad_value=None,
):
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
    padded = pad_value is not None
    if padded and shuffle:
        raise NotImplementedError(
            "`pad_value` cannot be combined with shuffle=True. Shuffle in the generator, and pass "
            f"shuffle=False. Received: pad_value={pad_value!r}."
        )
    first = dict(sorted(next(generator()).items()))
    shapes = [value.shape for value in first.values()]
    if padded:
        shapes = [[*shape[:-1], None] if shape else shape for shape in shapes]

    def feed(placeholders):
        for rows in _batches(generator, list(first), enqueue_size, num_epochs):
            values = [_padded(column, pad_value) if padded else column for column in rows]
            yield dict(zip(placeholders, map(np.asarray, values), strict=True))

    return fed_queue(
        [tf.as_dtype(value.dtype) for value in first.values()],
        shapes,
        feed,
        capacity,
        shuffle=shuffle,
        padded=padded,
        num_threads=num_threads,
        num_epochs=num_epochs,
    )


def _batches(generator, names, size, num_epochs):
    """Yields lists of as many values for each name, `size` in all.

    An epoch that ends within a batch goes on with the first rows, as in the original.
    """
    rows_of_batch = -(-size // len(names))
    epoch, rows = 0, generator()
    while not num_epochs or epoch < num_epochs:
        columns = [[] for _ in names]
        while len(columns[0]) < rows_of_batch:
            row = next(rows, None)
            if row is None:
                epoch += 1
                rows = generator()
                row = next(rows)
            for name, column in zip(names, columns, strict=True):
                column.append(_value(row, name, names))
        yield columns


def _value(row, name, names):
    if name not in row:
        raise KeyError(
            f"The generator must yield dicts of the keys {names}. Received: {list(row)}."
        )
    return row[name]


def _padded(values, pad_value):
    """Arrays of the same shape, but for their last dimension, as one array."""
    leading = {value.shape[:-1] if value.shape else None for value in values}
    if len(leading) > 1:
        raise ValueError(
            "With `pad_value`, arrays must agree in all dimensions but the last. Received the "
            f"shapes {[value.shape for value in values]}."
        )
    if leading == {None}:
        return values
    length = max(value.shape[-1] for value in values)
    batch = np.full([len(values), *values[0].shape[:-1], length], pad_value, values[0].dtype)
    for row, value in zip(batch, values, strict=True):
        for index in itertools.product(*map(range, value.shape[:-1])):
            row[index][: value.shape[-1]] = value[index]
    return batch
