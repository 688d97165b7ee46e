"""`tensorflow_estimator.python.estimator.inputs.queues.feeding_queue_runner`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import tensorflow as tf

from estimator_heads.inputs import feeding


class _FeedingQueueRunner(feeding.FeedingQueueRunner):
    """A queue runner whose enqueue operations are fed by functions.

    Args:
        queue: A `tf.queue.QueueBase`.
        enqueue_ops: List of operations, each to be run by a thread of its own.
        close_op: Operation that closes the queue; by default one is made.
        cancel_op: Operation that also cancels what is under way; by default one is made.
        feed_fns: List of as many functions that return the next feed_dict, or raise
            `tf.errors.OutOfRangeError`; None: nothing is fed.
        queue_closed_exception_types: Tuple of the errors that mean that the queue is closed.

    Raises:
        ValueError: If there are not as many functions as operations.
    """

    def __init__(
        self,
        queue: tf.queue.QueueBase | None = None,
        enqueue_ops: Any = None,
        close_op: tf.Operation | None = None,
        cancel_op: tf.Operation | None = None,
        feed_fns: Sequence[Callable[[], dict[tf.Tensor, Any]] | None] | None = None,
        queue_closed_exception_types: tuple[type[Exception], ...] = feeding.END_OF_INPUT,
    ) -> None:
        feed_fns = [None] * len(enqueue_ops) if feed_fns is None else feed_fns
        if len(feed_fns) != len(enqueue_ops):
            raise ValueError(
                "`feed_fns` must be as many as `enqueue_ops`. Received: "
                f"{len(feed_fns)} and {len(enqueue_ops)}."
            )
        super().__init__(
            queue,
            enqueue_ops,
            [itertools.repeat(None) if fn is None else _fed_by(fn) for fn in feed_fns],
            close_op=close_op,
            cancel_op=cancel_op,
            queue_closed_exception_types=queue_closed_exception_types,
        )
        self._feed_fns = feed_fns

    def to_proto(self, export_scope: str | None = None) -> NoReturn:
        """Raises NotImplementedError: there is no protocol buffer of the functions."""
        raise NotImplementedError(f"A {type(self).__name__} cannot be made a protocol buffer.")

    def _init_from_proto(self, queue_runner_def, import_scope=None):
        raise NotImplementedError(f"A {type(self).__name__} is not made from a protocol buffer.")


def _fed_by(feed_fn):
    """What a function returns, until it raises an error that ends its thread."""
    while True:
        yield feed_fn()
