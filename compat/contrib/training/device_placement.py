"""`ps_strategy` functions of `tf.contrib.training`: which parameter server a variable goes to.

They are arguments of `tf.compat.v1.train.replica_device_setter`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import tensorflow as tf


class RandomStrategy:
    """Spreads variables by a hash of their names, as `tf.contrib.training.RandomStrategy` does.

    Args:
        num_ps_tasks: How many parameter servers there are.
        seed: An integer; others give other places.
    """

    def __init__(self, num_ps_tasks: int, seed: int = 0) -> None:
        self._num_tasks = num_ps_tasks
        self._seed = seed

    def __call__(self, op: tf.Operation) -> int:
        """The number of the parameter server for an operation."""
        digest = hashlib.md5(f"{op.name}_{self._seed}".encode()).hexdigest()
        return int(digest, 16) % self._num_tasks


class GreedyLoadBalancingStrategy:
    """Puts each variable where the load is least so far.

    As `tf.contrib.training.GreedyLoadBalancingStrategy`.

    Args:
        num_tasks: How many parameter servers there are.
        load_fn: Function of an operation that returns its load, e.g. `byte_size_load_fn`.
    """

    def __init__(self, num_tasks: int, load_fn: Callable[[tf.Operation], float]) -> None:
        self._loads = [0.0] * num_tasks
        self._load_fn = load_fn

    def __call__(self, op: tf.Operation) -> int:
        """The number of the parameter server for an operation, whose load then counts there."""
        task = self._loads.index(min(self._loads))
        self._loads[task] += self._load_fn(op)
        return task


def byte_size_load_fn(op: tf.Operation) -> int:
    """The bytes of what an operation with one output gives; of a variable, those of its value.

    As `tf.contrib.training.byte_size_load_fn`.

    Raises:
        ValueError: There are several outputs, or the shape is not known.
    """
    if len(op.outputs) != 1:
        raise ValueError(
            "Invalid value for argument `op`. Expected an operation with one output. "
            f"Received: {op.name} with {len(op.outputs)}."
        )
    shape, dtype = op.outputs[0].shape, op.outputs[0].dtype
    if dtype == tf.resource or not shape.is_fully_defined():  # variables have both as attributes
        shape, dtype = tf.TensorShape(op.get_attr("shape")), tf.as_dtype(op.get_attr("dtype"))
    shape.assert_is_fully_defined()
    return shape.num_elements() * dtype.size
