"""Queues of the names of files, for the readers of `tf.contrib.learn`."""

from __future__ import annotations

import random

import tensorflow as tf

v1 = tf.compat.v1


def matching_files(file_pattern: str | list[str], randomize_input: bool) -> list[str]:
    """The files that match a pattern, or any of several.

    Args:
        file_pattern: A pattern such as "data/part-*", or a list of patterns.
        randomize_input: Whether the order is of no importance; otherwise they are sorted.

    Returns:
        List of paths.

    Raises:
        ValueError: If none match.
    """
    patterns = file_pattern if isinstance(file_pattern, list) else [file_pattern]
    files = [file for pattern in patterns for file in v1.gfile.Glob(pattern)]
    if not files:
        raise ValueError(
            "Invalid value for argument `file_pattern`. Expected a pattern of files that exist. "
            f"Received: file_pattern={file_pattern!r}, which no file matches."
        )
    return files if randomize_input else sorted(files)


def file_name_queue(
    files: list[str], randomize_input: bool, num_epochs: int | None, seed: int | None, name: str
) -> tf.queue.QueueBase:
    """A queue of the names, for each process by itself."""
    names = tf.constant(files, name="input")
    return v1.train.string_input_producer(
        names, shuffle=randomize_input, num_epochs=num_epochs, seed=seed, name=name
    )


def shared_file_name_queue(
    files: list[str], randomize_input: bool, num_epochs: int | None, seed: int | None
) -> tf.queue.QueueBase:
    """A queue of the names, of which the processes of a cluster each take some.

    How far they are is in variables, which parameter servers hold, and checkpoints.
    """
    queue = tf.queue.FIFOQueue(1, [tf.string], shapes=[[]])
    enqueue = queue.enqueue(
        _next_name(_in_order(files, randomize_input, num_epochs, seed), num_epochs)
    )
    v1.train.add_queue_runner(v1.train.QueueRunner(queue, [enqueue]))
    return queue


def _in_order(files, shuffle, num_epochs, seed):
    """The names of all epochs, each shuffled anew."""
    if shuffle and seed:
        random.seed(seed)
    files, names = list(files), []
    for _ in range(num_epochs or 1):
        if shuffle:
            random.shuffle(files)
        names += files
    return names


def _next_name(names, num_epochs):
    """The next one of the names each time it is run; without end if `num_epochs` is None."""
    with v1.variable_scope("obtain_next"):
        last = _counter("obtain_next_counter", -1)
        with v1.colocate_with(last):
            kept = v1.get_variable(
                "obtain_next_expanded_list", initializer=tf.constant(names), trainable=False
            )
        limit = []
        if num_epochs:
            limit = [_counter("obtain_next_filename_counter", 0).count_up_to(len(names))]
        with tf.control_dependencies(limit):
            position = v1.assign_add(last, 1, use_locking=True)
        return tf.gather(kept, tf.identity(position) % len(names))


def _counter(name, start):
    return v1.get_variable(name, initializer=tf.constant(start, tf.int64), trainable=False)
