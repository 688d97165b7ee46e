"""From the losses of labels to the two numbers of `tf.contrib.learn`: trained on, and reported."""

from __future__ import annotations

from collections import namedtuple

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.types import LossFn, Tensor

Loss = namedtuple("Loss", ["training", "reported"])
Loss.__doc__ = """The loss of a batch.

Attributes:
    training: scalar Tensor to minimise; with weights, the sum of weighted losses divided by the
        number of losses.
    reported: scalar Tensor for summaries and metrics; with weights, the sum of weighted losses
        divided by the sum of weights.
"""


def mean(unreduced_loss: tf.Tensor, weights: tf.Tensor | None) -> Loss:
    """The `Loss` of a batch.

    Args:
        unreduced_loss: Loss of each label.
        weights: None, or a Tensor that broadcasts against the unreduced loss.

    Raises:
        ValueError: The shape of the weights is known not to fit.
    """
    if weights is None:
        loss = tf.reduce_mean(unreduced_loss)
        return Loss(loss, loss)
    try:
        weighted = tf.compat.v1.losses.compute_weighted_loss(
            unreduced_loss,
            weights,
            loss_collection=None,
            reduction=tf.compat.v1.losses.Reduction.NONE,
        )
    except ValueError as error:
        raise ValueError(
            "Invalid shape of the feature `weight_column_name`. Expected [batch_size, 1], or the "
            f"shape of the losses, {unreduced_loss.shape}. Received: weights of shape "
            f"{weights.shape}."
        ) from error
    weight = tf.reduce_sum(weights * tf.ones_like(unreduced_loss))
    return Loss(tf.reduce_mean(weighted), tf.reduce_sum(weighted) / weight)


def of_user(loss_fn: LossFn, labels: Tensor, logits: tf.Tensor, weights: tf.Tensor | None) -> Loss:
    """The `Loss` that a user's function of labels, logits and weights gives."""
    loss = loss_fn(labels, logits) if weights is None else loss_fn(labels, logits, weights)
    return Loss(loss, loss)


def check_loss_fn(loss_fn: LossFn | None) -> None:
    """Raises ValueError unless a user's function takes what it is called with."""
    if loss_fn is None:
        return
    missing = [name for name in ("labels", "logits", "weights") if name not in fn_args(loss_fn)]
    if missing:
        raise ValueError(
            "Invalid value for argument `loss_fn`. Expected a function of `labels`, `logits` and "
            f"`weights` that returns a scalar. It lacks {missing}. Received a function of "
            f"{list(fn_args(loss_fn))}."
        )
