"""`tensorflow_estimator.python.estimator.inputs.queues.feeding_functions`."""

from __future__ import annotations

import collections
import random
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.sources.feeding_queue_runner import _FeedingQueueRunner
from estimator_heads.inputs import feeding
from estimator_heads.inputs.generator_rows import batches, padded

try:
    import pandas
except ImportError:
    pandas = None

HAS_PANDAS = pandas is not None


def _pad_if_needed(batch_key_item, fillvalue=0):
    lengths = {value.shape[-1] if value.shape else 0 for value in batch_key_item}
    whole = padded(batch_key_item, fillvalue)
    return whole if len(lengths) > 1 else batch_key_item


def _fill_array(arr, seq, fillvalue=0):
    """Writes nested values into an array, in place, and a fill value where there are none."""
    arr[...] = fillvalue
    for index, value in enumerate(seq):
        if arr.ndim > 1:
            _fill_array(arr[index], value, fillvalue)
        else:
            arr[index] = value


def _get_integer_indices_for_next_batch(
    batch_indices_start, batch_size, epoch_end, array_length, current_epoch, total_epochs
):
    """The numbers of the next rows, and the epoch after them.

    Args:
        batch_indices_start: Number of the first row.
        batch_size: Number of rows, fewer at the end of the last epoch.
        epoch_end: Number of the row with which an epoch ends.
        array_length: Number of all rows.
        current_epoch: Number of epochs that have ended.
        total_epochs: Number of epochs; None: without end.

    Returns:
        A tuple of a list, and the number of epochs that have ended then.

    Raises:
        tf.errors.OutOfRangeError: If all of them had ended.
    """
    if total_epochs is not None and current_epoch >= total_epochs:
        raise _end_of_epochs(total_epochs)
    numbers = []
    for position in range(batch_indices_start, batch_indices_start + batch_size):
        numbers.append(position % array_length)
        if numbers[-1] == epoch_end:
            current_epoch += 1
            if current_epoch == total_epochs:
                break
    return numbers, current_epoch


class _FeedFn:
    """Makes a feed_dict of the next rows at each call, until the epochs are over.

    Args:
        placeholders: List of placeholders.
        rows: Number of rows.
        batch_size: Number of rows in a batch; the last one may be smaller.
        random_start: Whether to start at a random row.
        seed: Seed for that.
        num_epochs: How often to read all rows; None: without end.
    """

    def __init__(
        self,
        placeholders: Sequence[tf.Tensor],
        rows: int,
        batch_size: int,
        random_start: bool,
        seed: int | None,
        num_epochs: int | None,
    ) -> None:
        self._placeholders = placeholders
        self._max = rows
        self._batch_size = batch_size
        self._num_epochs = num_epochs
        random.seed(seed)
        start = random.randrange(rows) if random_start else 0
        self._numbers = feeding.row_numbers(rows, start, batch_size, num_epochs)

    def __call__(self) -> dict[tf.Tensor, Any]:
        numbers = next(self._numbers, None)
        if numbers is None:
            raise _end_of_epochs(self._num_epochs)
        return dict(zip(self._placeholders, self._values(numbers.tolist()), strict=True))

    def _values(self, numbers):
        """The values for the placeholders of the rows with these numbers."""
        raise NotImplementedError


class _ArrayFeedFn(_FeedFn):
    def __init__(
        self,
        placeholders: Sequence[tf.Tensor],
        array: np.ndarray,
        batch_size: int,
        random_start: bool = False,
        seed: int | None = None,
        num_epochs: int | None = None,
    ) -> None:
        _check_count(placeholders, 2)
        super().__init__(placeholders, len(array), batch_size, random_start, seed, num_epochs)
        self._array = array

    def _values(self, numbers):
        return [numbers, self._array[numbers]]


class _OrderedDictNumpyFeedFn(_FeedFn):
    def __init__(
        self,
        placeholders: Sequence[tf.Tensor],
        ordered_dict_of_arrays: Mapping[str, np.ndarray],
        batch_size: int,
        random_start: bool = False,
        seed: int | None = None,
        num_epochs: int | None = None,
    ) -> None:
        _check_count(placeholders, len(ordered_dict_of_arrays) + 1)
        lengths = {name: len(array) for name, array in ordered_dict_of_arrays.items()}
        if len(set(lengths.values())) != 1:
            raise ValueError(
                f"The arrays must have the same number of rows. Received the lengths {lengths}."
            )
        rows = next(iter(lengths.values()))
        super().__init__(placeholders, rows, batch_size, random_start, seed, num_epochs)
        self._ordered_dict_of_arrays = ordered_dict_of_arrays

    def _values(self, numbers):
        return [numbers, *(column[numbers] for column in self._ordered_dict_of_arrays.values())]


class _PandasFeedFn(_FeedFn):
    def __init__(
        self,
        placeholders: Sequence[tf.Tensor],
        dataframe: Any,
        batch_size: int,
        random_start: bool = False,
        seed: int | None = None,
        num_epochs: int | None = None,
    ) -> None:
        _check_count(placeholders, len(dataframe.columns) + 1)
        super().__init__(placeholders, len(dataframe), batch_size, random_start, seed, num_epochs)
        self._dataframe = dataframe

    def _values(self, numbers):
        rows = self._dataframe.iloc[numbers]
        return [rows.index.values, *(rows[column].values for column in rows.columns)]


class _GeneratorFeedFn:
    """Makes a feed_dict of the next dicts of a generator at each call.

    The batch size counts the values of all names together.
    """

    def __init__(
        self,
        placeholders: Sequence[tf.Tensor],
        generator: Callable[[], Iterator[Mapping[str, Any]]],
        batch_size: int,
        random_start: bool = False,
        seed: int | None = None,
        num_epochs: int | None = None,
        pad_value: Any = None,
    ) -> None:
        del random_start, seed  # Rows come in the generator's order.
        names = sorted(next(generator()))
        _check_count(placeholders, len(names))
        self._placeholders = placeholders
        self._num_epochs = num_epochs
        self._pad_value = pad_value
        self._batches = batches(generator, names, batch_size, num_epochs)

    def __call__(self) -> dict[tf.Tensor, Any]:
        columns = next(self._batches, None)
        if columns is None:
            raise _end_of_epochs(self._num_epochs)
        if self._pad_value is not None:
            columns = [padded(column, self._pad_value) for column in columns]
        return dict(zip(self._placeholders, map(np.asarray, columns), strict=True))


def _enqueue_data(
    data,
    capacity,
    shuffle=False,
    min_after_dequeue=None,
    num_threads=1,
    seed=None,
    name="enqueue_input",
    enqueue_size=1,
    num_epochs=None,
    pad_value=None,
):
    """A queue of the rows of arrays, with the runner that fills it in its collection.

    Args:
        data: An array, an `OrderedDict` of arrays, a DataFrame, or a function that returns a
            generator of dicts of arrays.
        capacity: Number of rows that the queue holds.
        shuffle: Whether to start at a random row, and to take rows from the queue in random order.
        min_after_dequeue: Number of rows that remain in the queue for them to be shuffled; None: a
            quarter of the capacity.
        num_threads: Number of threads; each reads all rows.
        seed: Seed of the random choices.
        name: Scope of the operations.
        enqueue_size: Number of rows to enqueue at once.
        num_epochs: How often each thread reads all rows; None: without end.
        pad_value: What fills up arrays of a generator that differ in their last dimension.

    Returns:
        A `tf.queue.QueueBase`. Its elements begin with the number of the row, or the index of a
        DataFrame, except those of a generator.

    Raises:
        TypeError: If `data` is something else.
        NotImplementedError: If `pad_value` is given with anything but a generator, or with shuffle.
    """
    feed_fn, dtypes, shapes = _parts(data)
    if pad_value is not None:
        if feed_fn is not _GeneratorFeedFn or shuffle:
            raise NotImplementedError(
                "`pad_value` needs a generator, and shuffle=False. Received: "
                f"data of type {type(data).__name__}, shuffle={shuffle!r}."
            )
        shapes = [[*shape[:-1], None] if shape else shape for shape in shapes]
    threads = iter(range(1, num_threads + 1))

    def feed(placeholders):
        thread = next(threads)
        padding = {} if pad_value is None else {"pad_value": pad_value}
        return feed_fn(
            placeholders,
            data,
            enqueue_size,
            random_start=shuffle,
            seed=None if seed is None else thread * seed,
            num_epochs=num_epochs,
            **padding,
        )

    return feeding.fed_queue(
        dtypes,
        shapes,
        feed,
        capacity,
        shuffle=shuffle,
        padded=pad_value is not None,
        min_after_dequeue=min_after_dequeue,
        num_threads=num_threads,
        num_epochs=num_epochs,
        name=name,
        seed=seed,
        make_runner=lambda queue, operations, feed_fns: _FeedingQueueRunner(
            queue=queue, enqueue_ops=operations, feed_fns=feed_fns
        ),
    )


def _parts(data):
    """The class of the feed function for data, and dtypes and shapes of an element of its queue."""
    feed_fn: type[_FeedFn]
    if isinstance(data, np.ndarray):
        columns, feed_fn, first = [data], _ArrayFeedFn, tf.int64
    elif isinstance(data, collections.OrderedDict):
        columns, feed_fn, first = list(data.values()), _OrderedDictNumpyFeedFn, tf.int64
    elif HAS_PANDAS and isinstance(data, pandas.DataFrame):
        dtypes = [tf.as_dtype(dtype) for dtype in (data.index.dtype, *data.dtypes)]
        return _PandasFeedFn, dtypes, [()] * len(dtypes)
    elif isinstance(data, types.FunctionType):
        values = [value for _, value in sorted(next(data()).items())]
        dtypes = [tf.as_dtype(value.dtype) for value in values]
        return _GeneratorFeedFn, dtypes, [value.shape for value in values]
    else:
        raise TypeError(
            "Invalid value for argument `data`. Expected an array, an OrderedDict of arrays, a "
            "DataFrame if pandas is installed, or a function that returns a generator. Received: "
            f"{data!r} of type {type(data).__name__}."
        )
    dtypes = [first, *(tf.as_dtype(column.dtype) for column in columns)]
    return feed_fn, dtypes, [(), *(column.shape[1:] for column in columns)]


def _check_count(placeholders, expected):
    if len(placeholders) != expected:
        raise ValueError(f"Expected {expected} placeholders. Received {len(placeholders)}.")


def _end_of_epochs(num_epochs):
    return tf.errors.OutOfRangeError(None, None, f"All rows were read {num_epochs} times.")
