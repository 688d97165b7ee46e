"""Queues in the graph that threads fill with rows of arrays.

They are queues, as the original's are, and not a `tf.data.Dataset`: programs start queue runners in
sessions of their own, and seeds of random operations count the operations before them in the graph.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

END_OF_INPUT = (tf.errors.OutOfRangeError, tf.errors.CancelledError)


class FeedingQueueRunner(tf.compat.v1.train.QueueRunner):
    """A queue runner whose enqueue operations are fed.

    Args:
        queue: A `tf.queue.QueueBase`.
        enqueue_ops: List of operations, each to be run by a thread of its own.
        feeds: List of as many iterators of feed_dicts. When all have ended, the queue is closed.
        **options: Other arguments of `tf.compat.v1.train.QueueRunner`.
    """

    def __init__(
        self,
        queue: tf.queue.QueueBase,
        enqueue_ops: Sequence[tf.Operation],
        feeds: Sequence[Iterator[dict[tf.Tensor, Any] | None]],
        **options: Any,
    ) -> None:
        options.setdefault("queue_closed_exception_types", END_OF_INPUT)
        super().__init__(queue, enqueue_ops, **options)
        self._feeds = feeds
        self._threads: dict[tf.compat.v1.Session, list[threading.Thread]] = {}

    def create_threads(
        self,
        sess: tf.compat.v1.Session,
        coord: tf.train.Coordinator | None = None,
        daemon: bool = False,
        start: bool = False,
    ) -> list[threading.Thread]:
        """Makes the threads that fill the queue in a session, and with `coord` one that closes it.

        Args:
            sess: A `tf.compat.v1.Session`.
            coord: A `tf.train.Coordinator`, which hears of errors and tells when to stop.
            daemon: Whether to make daemon threads.
            start: Whether to start them.

        Returns:
            List of threads; empty while earlier ones of the same session are alive.
        """
        if any(thread.is_alive() for thread in self._threads.get(sess, ())):
            return []
        unfinished = list(self._feeds)
        threads = [
            threading.Thread(target=self._feed, args=(sess, op, feed, unfinished, coord))
            for op, feed in zip(self.enqueue_ops, self._feeds, strict=True)
        ]
        if coord:
            threads.append(threading.Thread(target=self._cancel_on_stop, args=(sess, coord)))
        self._threads[sess] = threads
        for thread in threads:
            thread.daemon = daemon
            if coord:
                coord.register_thread(thread)
            if start:
                thread.start()
        return threads

    def _feed(self, session, enqueue_op, feed, unfinished, coord):
        try:
            for feed_dict in feed:
                if coord and coord.should_stop():
                    return
                session.run(enqueue_op, feed_dict)
        except END_OF_INPUT:  # Another thread has closed the queue.
            pass
        except Exception as error:
            if not coord:
                raise
            coord.request_stop(error)
            return
        unfinished.remove(feed)
        if not unfinished:
            _run_unless_closed(session, self.close_op)

    def _cancel_on_stop(self, session, coord):
        coord.wait_for_stop()
        _run_unless_closed(session, self.cancel_op)


def _run_unless_closed(session, operation):
    try:
        session.run(operation)
    except (RuntimeError, *END_OF_INPUT) as error:
        v1.logging.vlog(1, "The session was closed before its queue: %s", error)


def enqueue_rows(
    columns: Sequence[np.ndarray],
    capacity: int,
    shuffle: bool = False,
    min_after_dequeue: float | None = None,
    num_threads: int = 1,
    enqueue_size: int = 1,
    num_epochs: int | None = None,
    name: str = "enqueue_input",
) -> tf.queue.QueueBase:
    """A queue of the rows of arrays, with the runner that fills it in its collection.

    Args:
        columns: List of arrays of the same length, > 0.
        capacity: Number of rows that the queue holds.
        shuffle: Whether to start at a random row, and to take rows from the queue in random order.
        min_after_dequeue: Number of rows to remain in the queue for them to be shuffled, while
            there are more to come; None: a quarter of the capacity.
        num_threads: Number of threads; each reads all rows.
        enqueue_size: Number of rows to enqueue at once.
        num_epochs: How often each thread reads all rows; None: without end.
        name: Scope of the operations.

    Returns:
        A `tf.queue.QueueBase` whose elements are tuples of the number of the row and the values of
        the columns.
    """
    rows = len(columns[0])

    def feed(placeholders):
        start = random.randrange(rows) if shuffle else 0
        return _feed_dicts(placeholders, columns, start, enqueue_size, num_epochs)

    return fed_queue(
        [tf.int64, *(tf.as_dtype(column.dtype) for column in columns)],
        [(), *(column.shape[1:] for column in columns)],
        feed,
        capacity,
        shuffle=shuffle,
        min_after_dequeue=min_after_dequeue,
        num_threads=num_threads,
        num_epochs=num_epochs,
        name=name,
    )


def fed_queue(
    dtypes: Sequence[tf.DType],
    shapes: Sequence[Any],
    feed: Callable[[list[tf.Tensor]], Any],
    capacity: int,
    shuffle: bool = False,
    padded: bool = False,
    min_after_dequeue: float | None = None,
    num_threads: int = 1,
    num_epochs: int | None = None,
    name: str = "enqueue_input",
    seed: int | None = None,
    make_runner: Callable[
        [tf.queue.QueueBase, list[tf.Operation], list[Any]], tf.compat.v1.train.QueueRunner
    ] = FeedingQueueRunner,
) -> tf.queue.QueueBase:
    """A queue, with the runner that fills it in its collection.

    Args:
        dtypes: List of the dtypes of the parts of an element.
        shapes: List of their shapes.
        feed: Function of placeholders of batches of the parts, called for each thread, that returns
            an iterator of feed_dicts.
        capacity: Number of elements that the queue holds.
        shuffle: Whether to take elements from the queue in random order.
        padded: Whether the shapes have unknown sizes, to which batches are padded.
        min_after_dequeue: As for `enqueue_rows`.
        num_threads: Number of threads.
        num_epochs: How often each thread reads all elements; None: without end.
        name: Scope of the operations.
        seed: Seed for the random order.
        make_runner: Function of the queue, a list of enqueue operations and a list of what `feed`
            returned for each, that returns the runner.

    Returns:
        A `tf.queue.QueueBase`.
    """
    if num_threads > 1 and (num_epochs is not None or not shuffle):
        v1.logging.warning(
            "Each of the num_threads=%d threads reads all rows: the number of epochs is multiplied "
            "by that, and the order of rows is not deterministic.",
            num_threads,
        )
    with v1.name_scope(name):
        kept = 0
        if shuffle:
            kept = int(capacity / 4 if min_after_dequeue is None else min_after_dequeue)
            queue = tf.queue.RandomShuffleQueue(capacity, kept, dtypes, shapes, seed=seed)
        elif padded:
            queue = tf.queue.PaddingFIFOQueue(capacity, dtypes, shapes)
        else:
            queue = tf.queue.FIFOQueue(capacity, dtypes, shapes)
        enqueue_ops, feeds = [], []
        for _ in range(num_threads):
            placeholders = [v1.placeholder(dtype) for dtype in dtypes]
            enqueue_ops.append(queue.enqueue_many(placeholders))
            feeds.append(feed(placeholders))
        v1.train.add_queue_runner(make_runner(queue, enqueue_ops, feeds))
        _summarize_fill(queue, kept, capacity - kept)
    return queue


def next_batch(
    queue: tf.queue.QueueBase, batch_size: int, num_epochs: int | None
) -> list[tf.Tensor]:
    """Tensors of the next rows of a queue, without the numbers of the rows.

    Args:
        queue: A queue of `enqueue_rows`.
        batch_size: Number of rows.
        num_epochs: If the rows come to an end, the last batch may be smaller.

    Returns:
        List of tensors.
    """
    if num_epochs is None:
        return queue.dequeue_many(batch_size)[1:]
    return queue.dequeue_up_to(batch_size)[1:]


def checked_shuffle(shuffle: Any) -> bool:
    """`shuffle`, if it is a bool.

    Raises:
        ValueError: If it is not; there is no default that is right for training and evaluation.
    """
    if not isinstance(shuffle, bool):
        raise ValueError(
            "`shuffle` must be given: True for training, False for evaluation and prediction. "
            f"Received: shuffle={shuffle!r}."
        )
    return shuffle


def _feed_dicts(placeholders, columns, start, size, num_epochs):
    for rows in row_numbers(len(columns[0]), start, size, num_epochs):
        values = [rows, *(column[rows] for column in columns)]
        yield dict(zip(placeholders, values, strict=True))


def row_numbers(rows: int, start: int, size: int, num_epochs: int | None) -> Iterator[np.ndarray]:
    """Yields arrays of row numbers, `size` at a time, over the epochs; the last may be shorter.

    >>> [list(map(int, numbers)) for numbers in row_numbers(3, start=1, size=2, num_epochs=1)]
    [[1, 2], [0]]
    """
    total = float("inf") if num_epochs is None else rows * num_epochs
    position: float = 0
    while position < total:
        end = min(position + size, total)
        yield (np.arange(position, end, dtype=np.int64) + start) % rows
        position = end


def _summarize_fill(queue, kept, usable):
    """A summary of how full the queue is, from 0 to 1."""
    ready = tf.cast(tf.maximum(0, queue.size() - kept), tf.float32)
    v1.summary.scalar(
        f"queue/{queue.name}fraction_over_{kept}_of_{usable}_full", ready * (1.0 / usable)
    )
