"""Batches of serialized examples from files, through queues: `read_batch_examples` and the like.

Reproduces part of `tensorflow.contrib.learn.python.learn.learn_io.graph_io` of TF 1.15.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.io.file_names import (
    file_name_queue,
    matching_files,
    shared_file_name_queue,
)

v1 = tf.compat.v1

KEY_FEATURE_NAME = "__key__"


def read_batch_examples(
    file_pattern: str | list[str],
    batch_size: int | tf.Tensor,
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: int = 1,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Any:
    """Batches of the records of files; see `read_keyed_batch_examples`.

    Returns:
        A string Tensor [batch_size], or what `parse_fn` makes of the records.
    """
    return read_keyed_batch_examples(
        file_pattern,
        batch_size,
        reader,
        randomize_input,
        num_epochs,
        queue_capacity,
        num_threads,
        read_batch_size,
        parse_fn,
        name,
        seed,
    )[1]


def read_keyed_batch_examples(
    file_pattern: str | list[str],
    batch_size: int | tf.Tensor,
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: int = 1,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> tuple[tf.Tensor, Any]:
    """Batches of the records of files, with their keys.

    Adds queue runners to the graph; with `num_epochs`, also local variables.

    Args:
        file_pattern: A pattern of files, or a list of them.
        batch_size: Number of records in a batch, an int or a scalar Tensor.
        reader: Function without arguments that returns a `tf.compat.v1.ReaderBase`, such as
            `tf.compat.v1.TFRecordReader`.
        randomize_input: Whether to shuffle files and records.
        num_epochs: Number of times to read the files, after which the last batch may be smaller;
            None: forever.
        queue_capacity: Number of records that the queue holds; more than `batch_size`.
        num_threads: Number of readers.
        read_batch_size: Number of records to read at once.
        parse_fn: Function of the records, of shape [] or, with a `read_batch_size` above 1,
            [records], that returns a Tensor or a dict of them to be queued in their place.
        name: Scope of the operations.
        seed: Seed of the random order.

    Returns:
        Tuple of the keys [batch_size], and the records [batch_size] or what `parse_fn` makes of
        them.

    Raises:
        ValueError: If no file matches, or a number is not positive.
    """
    return _read(
        file_pattern,
        batch_size,
        reader,
        randomize_input,
        num_epochs,
        queue_capacity,
        num_threads,
        read_batch_size,
        parse_fn,
        name,
        seed,
        shared=False,
    )


def read_keyed_batch_examples_shared_queue(
    file_pattern: str | list[str],
    batch_size: int | tf.Tensor,
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: int = 1,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> tuple[tf.Tensor, Any]:
    """As `read_keyed_batch_examples`, but the processes of a cluster share the files among them."""
    return _read(
        file_pattern,
        batch_size,
        reader,
        randomize_input,
        num_epochs,
        queue_capacity,
        num_threads,
        read_batch_size,
        parse_fn,
        name,
        seed,
        shared=True,
    )


def _read(
    file_pattern,
    batch_size,
    reader,
    randomize_input,
    num_epochs,
    queue_capacity,
    num_threads,
    read_batch_size,
    parse_fn,
    name,
    seed,
    shared,
):
    files = matching_files(file_pattern, randomize_input)
    _check_positive("queue_capacity", queue_capacity)
    _check_positive("batch_size", batch_size)
    _check_positive("read_batch_size", read_batch_size)
    _check_positive("num_threads", num_threads)
    if num_epochs is not None:
        _check_positive("num_epochs", num_epochs)
    if not tf.is_tensor(batch_size) and batch_size >= queue_capacity:
        raise ValueError(
            "Invalid value for argument `batch_size`. Expected less than "
            f"queue_capacity={queue_capacity}. Received: batch_size={batch_size}."
        )
    with v1.name_scope(name, "read_batch_examples", [file_pattern]) as scope:
        with v1.name_scope("file_name_queue") as queue_scope:
            if shared:
                names = shared_file_name_queue(files, randomize_input, num_epochs, seed)
            else:
                names = file_name_queue(files, randomize_input, num_epochs, seed, queue_scope)
        with v1.name_scope("read"):
            records = [
                _records(reader(), names, read_batch_size, parse_fn) for _ in range(num_threads)
            ]
        batching = {
            "capacity": queue_capacity,
            "enqueue_many": read_batch_size > 1,
            "allow_smaller_final_batch": num_epochs is not None,
            "name": scope,
        }
        if randomize_input:
            kept = _kept(queue_capacity, batch_size)
            batch = v1.train.shuffle_batch_join(
                records, batch_size, min_after_dequeue=kept, seed=seed, **batching
            )
        else:
            batch = v1.train.batch_join(records, batch_size, **batching)
    if isinstance(batch, dict):
        return batch.pop(KEY_FEATURE_NAME), batch
    return batch


def _records(reader, names, read_batch_size, parse_fn):
    """What one reader reads, and its key: a pair, or a dict if `parse_fn` returns one."""
    if read_batch_size > 1:
        keys, records = reader.read_up_to(names, read_batch_size)
    else:
        keys, records = reader.read(names)
    parsed = parse_fn(records) if parse_fn else records
    return {**parsed, KEY_FEATURE_NAME: keys} if isinstance(parsed, dict) else (keys, parsed)


def _kept(queue_capacity, batch_size):
    """How many records remain in the queue for them to be shuffled."""
    if tf.is_tensor(batch_size):
        return int(queue_capacity * 0.4)
    return max(queue_capacity - 3 * batch_size, batch_size)


def _check_positive(argument, value):
    if value is None or (not tf.is_tensor(value) and value <= 0):
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a positive number. Received: "
            f"{argument}={value!r}."
        )
