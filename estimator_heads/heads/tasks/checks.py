"""Checks of what heads are called with: modes, keys, and the shapes and values of tensors.

Eagerly, every tensor is checked at once and fails with an InvalidInputError. In a graph, what can
be told from the static shapes fails at once too; the rest becomes an assertion, which fails with an
InvalidArgumentError when the graph runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.heads.tasks.errors import InvalidInputError
from estimator_heads.model_fn import ModeKeys
from estimator_heads.types import Logits


def checked(
    tensor: tf.Tensor, condition: tf.Tensor | bool, message: str, *data: object
) -> tf.Tensor:
    """`tensor`, which cannot be evaluated in a graph unless `condition` holds.

    Args:
        tensor: The Tensor to be guarded.
        condition: A boolean scalar, as a Tensor or a Python value.
        message: What is said when it is false: the argument, what was expected and how to mend it.
        *data: What came: Tensors, printed behind the message.

    Returns:
        A Tensor with the values of `tensor`.

    Raises:
        InvalidInputError: The condition is known to be false.
    """
    if isinstance(condition, bool):
        known = condition
    else:
        known = tf.get_static_value(condition)
    if known is None:
        # tf.debugging.Assert would make a function of it, for a conditional: slow to prepare.
        assertion = tf.raw_ops.Assert(condition=condition, data=[message, *data], summarize=20)
        with tf.control_dependencies([assertion]):
            return tf.identity(tensor)
    if not known:
        received = ", ".join(_shown(item) for item in data)
        raise InvalidInputError(f"{message} Received: {received}.")
    return tensor


def with_shape_of(
    logits: tf.Tensor, tensor: tf.Tensor, last_dimension: int | tf.Tensor, name: str, expected: str
) -> tf.Tensor:
    """`tensor`, checked to have the shape of the logits but for the last dimension.

    Args:
        logits: Tensor of shape [D0, ..., DN, any].
        tensor: The Tensor to be checked.
        last_dimension: Size of the last dimension that it must have; an integer, or a Tensor.
        name: Of the argument, for the message.
        expected: The shapes that are allowed, in words.

    Returns:
        A Tensor of shape [D0, ..., DN, last_dimension] with the values of `tensor`.

    Raises:
        InvalidInputError: The static shapes are known to be different.
    """
    message = f"Invalid shape of `{name}`. Expected {expected} for logits of shape {logits.shape}."
    if logits.shape.rank is not None and isinstance(last_dimension, int):
        static_shape = logits.shape[:-1].concatenate(last_dimension)
        if not tensor.shape.is_compatible_with(static_shape):
            raise InvalidInputError(f"{message} Received: {name} of shape {tensor.shape}.")
        if static_shape.is_fully_defined() and tensor.shape.is_fully_defined():
            return tensor
    shape = tf.shape(tensor)
    expected_shape = tf.shape(logits)
    if not isinstance(last_dimension, int) or logits.shape[-1:] != [last_dimension]:
        expected_shape = tf.concat([expected_shape[:-1], [last_dimension]], axis=0)
    # Ranks first: shapes of different ranks cannot be compared element by element.
    rank = tensor.shape.rank
    same_rank: tf.Tensor | bool = rank is not None and rank == logits.shape.rank
    if not same_rank:
        same_rank = tf.equal(tf.size(shape), tf.size(expected_shape))
    of_same_rank = checked(tensor, same_rank, message, name, shape)
    # To wait for an input itself would cost the loop of an Estimator another thread.
    with tf.control_dependencies([of_same_rank] if of_same_rank is not tensor else []):
        guarded = shape if of_same_rank is tensor else tf.shape(of_same_rank)
        same_shape = tf.reduce_all(tf.equal(guarded, expected_shape))
    return checked(of_same_rank, same_shape, message, name, shape)


def with_rank_of(tensor: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """`tensor`, with a last dimension of 1 added if it has one dimension less than `logits`."""
    if tensor.shape.rank is not None and logits.shape.rank is not None:
        is_missing = tensor.shape.rank == logits.shape.rank - 1
        return tf.expand_dims(tensor, -1) if is_missing else tensor
    number_missing = tf.cast(tf.equal(tf.rank(tensor), tf.rank(logits) - 1), tf.int32)
    missing = tf.ones([number_missing], tf.int32)
    return tf.reshape(tensor, tf.concat([tf.shape(tensor), missing], axis=0))


def in_range(tensor: tf.Tensor, n_classes: int, name: str, expected: str) -> tf.Tensor:
    """`tensor`, checked to have all its values in [0, n_classes - 1]."""
    values = widened(tensor)  # The dtype of the labels need not have n_classes - 1.
    highest = tf.constant(n_classes - 1, values.dtype)
    lowest = tf.constant(0, values.dtype)
    inside = tf.logical_and(values >= lowest, values <= highest)
    return checked(
        tensor,
        tf.reduce_all(inside),
        f"Invalid value for argument `{name}`. Expected {expected}.",
        name,
        tensor,
    )


def widened(tensor: tf.Tensor) -> tf.Tensor:
    """int64 for integers of other dtypes than int32, such as uint8; anything else as it is."""
    is_small = tensor.dtype.is_integer and tensor.dtype not in (tf.int32, tf.int64)
    return tf.cast(tensor, tf.int64) if is_small else tensor


def checked_logits(logits: Logits, dimension: int) -> tf.Tensor:
    """Logits as a float32 Tensor of shape [D0, ..., DN, dimension], of rank 2 or more.

    Raises:
        InvalidInputError: The shape is known to be another one.
        TypeError: The logits are ragged or sparse.
        ValueError: There are none, or they are strings.
    """
    with tf.compat.v1.name_scope("logits"):
        logits = tf.cast(_numbers(logits, "logits"), tf.float32)
        message = (
            f"Invalid shape of `logits`. Expected [D0, D1, ... DN, {dimension}], of rank 2 or more."
        )
        if logits.shape.rank is None:
            logits = checked(
                logits, tf.rank(logits) >= 2, message, "logits of shape", tf.shape(logits)
            )
        elif logits.shape.rank < 2 or logits.shape[-1] not in (None, dimension):
            raise InvalidInputError(f"{message} Received: logits of shape {logits.shape}.")
        if logits.shape.rank is None or logits.shape[-1] is None:
            logits = checked(
                logits,
                tf.equal(tf.shape(logits)[-1], dimension),
                message,
                "logits of shape",
                tf.shape(logits),
            )
        return logits


def check_mode(mode: Any) -> None:
    """Raises ValueError unless `mode` is one of ModeKeys."""
    modes = (ModeKeys.TRAIN, ModeKeys.EVAL, ModeKeys.PREDICT)
    if mode not in modes:
        raise ValueError(
            f"Invalid value for argument `mode`. Expected one of {modes}, as in ModeKeys. "
            f"Received: mode={mode!r}."
        )


def checked_prediction_keys(keys: Iterable[Any] | None, valid_keys: Collection[Any]) -> list[Any]:
    """The keys asked for, all valid ones by default; ValueError if one is unknown."""
    keys = list(keys or valid_keys)
    unknown = [key for key in keys if key not in valid_keys]
    if unknown:
        raise ValueError(
            f"Invalid value for argument `keys`. Expected some of {list(valid_keys)}. Received: "
            f"{unknown}."
        )
    return keys


def _numbers(value, name):
    """A dense Tensor of anything but strings."""
    expected = f"Invalid value for argument `{name}`. Expected a dense Tensor of numbers"
    if value is None:
        raise ValueError(f"{expected}. Received: {name}=None.")
    if isinstance(value, tf.RaggedTensor):
        raise TypeError(
            f"{expected}; convert a RaggedTensor with its method to_tensor(). Received: {value}."
        )
    if isinstance(value, tf.SparseTensor | tf.compat.v1.SparseTensorValue):
        raise TypeError(
            f"{expected}; convert a SparseTensor with tf.sparse.to_dense. Received: {value}."
        )
    tensor = tf.convert_to_tensor(value)
    if tensor.dtype == tf.string:
        raise ValueError(
            f"{expected}: the output of the model's last layer, not labels or a feature. Received: "
            f"{name} of dtype string."
        )
    return tensor


def _shown(item):
    if not isinstance(item, tf.Tensor):
        return str(item)
    value = tf.get_static_value(item)
    return str(item if value is None else value.tolist())
