"""Batches of parsed features from files, through queues: `read_batch_features` and the like.

Reproduces part of `tensorflow.contrib.learn.python.learn.learn_io.graph_io` of TF 1.15.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.io.examples import (
    read_keyed_batch_examples,
    read_keyed_batch_examples_shared_queue,
)

v1 = tf.compat.v1


def read_batch_features(
    file_pattern: str | list[str],
    batch_size: int,
    features: Mapping[str, Any],
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    feature_queue_capacity: int = 100,
    reader_num_threads: int = 1,
    num_enqueue_threads: int = 2,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
    read_batch_size: int | None = None,
) -> dict[str, tf.Tensor | tf.SparseTensor]:
    """Batches of features from files of `tf.train.Example`s; see `read_keyed_batch_features`.

    Returns:
        Dict from names to Tensors or SparseTensors.
    """
    return read_keyed_batch_features(
        file_pattern,
        batch_size,
        features,
        reader,
        randomize_input,
        num_epochs,
        queue_capacity,
        reader_num_threads,
        feature_queue_capacity,
        num_enqueue_threads,
        parse_fn,
        name,
        read_batch_size,
    )[1]


def read_batch_record_features(
    file_pattern: str | list[str],
    batch_size: int,
    features: Mapping[str, Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    name: str | None = "dequeue_record_examples",
) -> dict[str, tf.Tensor | tf.SparseTensor]:
    """`read_batch_features` of TFRecord files."""
    return read_batch_features(
        file_pattern,
        batch_size,
        features,
        v1.TFRecordReader,
        randomize_input,
        num_epochs,
        queue_capacity,
        reader_num_threads=reader_num_threads,
        name=name,
    )


def read_keyed_batch_features(
    file_pattern: str | list[str],
    batch_size: int,
    features: Mapping[str, Any],
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
    read_batch_size: int | None = None,
) -> tuple[tf.Tensor, dict[str, tf.Tensor | tf.SparseTensor]]:
    """Batches of features from files of `tf.train.Example`s, with the keys of the records.

    Args:
        file_pattern: A pattern of files, or a list of them.
        batch_size: Number of records in a batch.
        features: Dict from names to `tf.io.FixedLenFeature`, `VarLenFeature`, ...
        reader: Function without arguments that returns a `tf.compat.v1.ReaderBase`.
        randomize_input: Whether to shuffle files and records.
        num_epochs: Number of times to read the files; None: forever.
        queue_capacity: Number of records that the queue of records holds.
        reader_num_threads: Number of readers.
        feature_queue_capacity: Number of batches that the queue of parsed batches holds.
        num_enqueue_threads: Number of threads that parse; with several, the order of batches is not
            deterministic.
        parse_fn: Function of the records that returns serialized examples, if they are not that.
        name: Scope of the operations.
        read_batch_size: Number of records to read at once; None: `batch_size`.

    Returns:
        Tuple of the keys [batch_size], and a dict from names to Tensors or SparseTensors.
    """
    with v1.name_scope(name, "read_batch_features", [file_pattern]) as scope:
        keys, examples = read_keyed_batch_examples(
            file_pattern,
            batch_size,
            reader,
            randomize_input,
            num_epochs,
            queue_capacity,
            reader_num_threads,
            batch_size if read_batch_size is None else read_batch_size,
            parse_fn,
            name=scope,
        )
        return queue_parsed_features(
            tf.io.parse_example(examples, features),
            keys,
            feature_queue_capacity,
            num_enqueue_threads,
            name=scope,
        )


def read_keyed_batch_features_shared_queue(
    file_pattern: str | list[str],
    batch_size: int,
    features: Mapping[str, Any],
    reader: Callable[[], tf.compat.v1.ReaderBase],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    feature_queue_capacity: int = 100,
    num_queue_runners: int = 2,
    parse_fn: Callable[[tf.Tensor], Any] | None = None,
    name: str | None = None,
) -> tuple[tf.Tensor, dict[str, tf.Tensor | tf.SparseTensor]]:
    """As `read_keyed_batch_features`, but the processes of a cluster share the files among them.

    Args:
        num_queue_runners: What is `num_enqueue_threads` there.
    """
    with v1.name_scope(name, "read_batch_features", [file_pattern]) as scope:
        keys, examples = read_keyed_batch_examples_shared_queue(
            file_pattern,
            batch_size,
            reader,
            randomize_input,
            num_epochs,
            queue_capacity,
            reader_num_threads,
            batch_size,
            parse_fn,
            name=scope,
        )
        return queue_parsed_features(
            tf.io.parse_example(examples, features),
            keys,
            feature_queue_capacity,
            num_queue_runners,
            name=scope,
        )


def queue_parsed_features(
    parsed_features: Mapping[str, tf.Tensor | tf.SparseTensor],
    keys: tf.Tensor | None = None,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    name: str | None = None,
) -> tuple[tf.Tensor | None, dict[str, tf.Tensor | tf.SparseTensor]]:
    """Puts a queue of batches behind an operation that parses them, so that it runs ahead.

    Args:
        parsed_features: Dict from names to Tensors or SparseTensors.
        keys: A Tensor of the keys of the records, or None.
        feature_queue_capacity: Number of batches that the queue holds.
        num_enqueue_threads: Number of threads that fill it.
        name: Scope of the operations.

    Returns:
        Tuple of the keys, or None, and the dict of features, as they come out of the queue.
    """
    given = list(parsed_features.values()) + ([] if keys is None else [keys])
    with v1.name_scope(name, "queue_parsed_features", given):
        batch = dict(sorted(parsed_features.items()))
        tensors = tf.nest.flatten([batch, keys], expand_composites=True)
        tensors = [tensor for tensor in tensors if tensor is not None]
        queue = tf.queue.FIFOQueue(feature_queue_capacity, [tensor.dtype for tensor in tensors])
        v1.summary.scalar(
            f"queue/parsed_features/{queue.name}/fraction_of_{feature_queue_capacity}_full",
            tf.cast(queue.size(), tf.float32) * (1.0 / feature_queue_capacity),
        )
        v1.train.add_queue_runner(
            v1.train.QueueRunner(
                queue,
                [queue.enqueue(tensors) for _ in range(num_enqueue_threads)],
                queue_closed_exception_types=(tf.errors.OutOfRangeError, tf.errors.CancelledError),
            )
        )
        dequeued = queue.dequeue()
        dequeued = dequeued if isinstance(dequeued, list) else [dequeued]
        for tensor, original in zip(dequeued, tensors, strict=True):
            tensor.set_shape(original.shape)
        dequeued_keys = None if keys is None else dequeued.pop()
        return dequeued_keys, tf.nest.pack_sequence_as(batch, dequeued, expand_composites=True)
