"""The functions of `tf.contrib.seq2seq` that need no decoder: losses, beams, hard attention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.types import TensorLike

v1 = tf.compat.v1


def sequence_loss(
    logits: tf.Tensor,
    targets: tf.Tensor,
    weights: tf.Tensor,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable[..., tf.Tensor] | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """The weighted cross entropy of sequences of classes.

    Averages divide sums of the losses by sums of the weights; sums divide them by the number of
    weights that are not 0.

    Args:
        logits: Tensor [batch, time, classes].
        targets: Tensor of integers [batch, time].
        weights: Tensor [batch, time].
        average_across_timesteps: Whether to average over time.
        average_across_batch: Whether to average over the batch.
        sum_over_timesteps: Whether to sum over time.
        sum_over_batch: Whether to sum over the batch.
        softmax_loss_function: Function of `labels` [rows] and `logits` [rows, classes] that returns
            losses [rows]; None: sparse softmax cross entropy.
        name: Scope of the operations.

    Returns:
        A scalar Tensor; [time] or [batch] if only one of the two is reduced; [batch, time] if none.

    Raises:
        ValueError: If a rank is wrong, or something is to be both averaged and summed.
    """
    for argument, value, rank in (
        ("logits", logits, 3),
        ("targets", targets, 2),
        ("weights", weights, 2),
    ):
        if value.shape.rank != rank:
            raise ValueError(
                f"Invalid value for argument `{argument}`. Expected a Tensor of rank {rank}. "
                f"Received: {value!r}."
            )
    for over, average, total in (
        ("timesteps", average_across_timesteps, sum_over_timesteps),
        ("batch", average_across_batch, sum_over_batch),
    ):
        if average and total:
            raise ValueError(f"`average_across_{over}` and `sum_over_{over}` cannot both be True.")
    with v1.name_scope(name, "sequence_loss", [logits, targets, weights]):
        labels = tf.reshape(targets, [-1])
        rows = tf.reshape(logits, [-1, tf.shape(logits)[2]])
        loss_fn = softmax_loss_function or v1.nn.sparse_softmax_cross_entropy_with_logits
        losses = loss_fn(labels=labels, logits=rows) * tf.reshape(weights, [-1])
        losses = tf.reshape(losses, tf.shape(weights))
        averaged = _axes(average_across_batch, average_across_timesteps)
        summed = _axes(sum_over_batch, sum_over_timesteps)
        # As in the original, an average over one of the two comes before a sum over the other,
        # which is left as it is.
        if averaged:
            return _divided(losses, weights, averaged)
        if summed:
            return _divided(losses, tf.cast(tf.not_equal(weights, 0), losses.dtype), summed)
        return losses


def _axes(over_batch, over_time):
    return [axis for axis, given in enumerate((over_batch, over_time)) if given]


def _divided(losses, sizes, axes):
    return tf.math.divide_no_nan(tf.reduce_sum(losses, axes), tf.reduce_sum(sizes, axes))


def tile_batch(t: Any, multiplier: int | tf.Tensor, name: str | None = None) -> Any:
    """Repeats each row, for the beams of a beam search.

    Args:
        t: Tensor [batch, ...], or a structure of them.
        multiplier: How often.
        name: Scope of the operations.

    Returns:
        Tensors [batch * multiplier, ...], in the structure of `t`.

    Raises:
        ValueError: If a rank is 0 or not known.
    """

    def tile(tensor):
        tensor = tf.convert_to_tensor(tensor)
        if not tensor.shape.rank:
            raise ValueError(
                "Invalid value for argument `t`. Expected Tensors of a known rank above 0. "
                f"Received: {tensor!r}."
            )
        return tf.repeat(tensor, multiplier, axis=0)

    with v1.name_scope(name, "tile_batch", [*tf.nest.flatten(t), multiplier]):
        return tf.nest.map_structure(tile, t)


def hardmax(logits: TensorLike, name: str | None = None) -> tf.Tensor:
    """1 at the place of the largest of each row, and 0 elsewhere.

    Args:
        logits: Tensor [..., classes].
        name: Scope of the operations.

    Returns:
        A Tensor of that shape and dtype.
    """
    with v1.name_scope(name, "Hardmax", [logits]):
        logits = tf.convert_to_tensor(logits)
        depth = logits.shape.as_list()[-1] or tf.shape(logits)[-1]
        return tf.one_hot(tf.argmax(logits, -1), depth, dtype=logits.dtype)


def safe_cumprod(x: TensorLike, *args: Any, **kwargs: Any) -> tf.Tensor:
    """Cumulative products of numbers in [0, 1], computed by sums of logarithms.

    Args:
        x: Tensor.
        *args: Further arguments of `tf.cumsum`.
        **kwargs: Further arguments of `tf.cumsum`.

    Returns:
        A Tensor of that shape.
    """
    with v1.name_scope(None, "SafeCumprod", [x]):
        x = tf.convert_to_tensor(x, name="x")
        tiny = np.finfo(x.dtype.as_numpy_dtype).tiny
        return tf.exp(tf.cumsum(tf.math.log(tf.clip_by_value(x, tiny, 1)), *args, **kwargs))
