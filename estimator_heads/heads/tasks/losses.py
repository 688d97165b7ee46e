"""From labels and logits to one number: unreduced losses, and what reduces them."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads._tensorflow import strategies
from estimator_heads.callables import fn_args, requires
from estimator_heads.heads.tasks import arguments, checks
from estimator_heads.heads.tasks.weights import are_one
from estimator_heads.types import Features, LossFn


def call_loss_fn(
    loss_fn: LossFn,
    labels: tf.Tensor,
    logits: tf.Tensor,
    features: Features | None,
    loss_reduction: str,
    dimension: int,
) -> tf.Tensor:
    """The loss that a user's function gives for each label.

    Args:
        loss_fn: Function of `labels`, `logits`, perhaps `features`, and perhaps `loss_reduction`,
            which it is given if it has no default for it.
        labels: Processed labels.
        logits: Tensor of shape [D0, ..., DN, logits_dimension].
        features: What model_fn got as features.
        loss_reduction: The head's.
        dimension: The last dimension that the result must have.

    Returns:
        A Tensor of shape [D0, ..., DN, dimension].

    Raises:
        ValueError: The result's shape is known to be another one.
    """
    optional = {}
    if "features" in fn_args(loss_fn):
        optional["features"] = features
    # The original never passes this one, so a function that has a default for it keeps that.
    if requires(loss_fn, "loss_reduction"):
        optional["loss_reduction"] = loss_reduction
    loss = tf.convert_to_tensor(loss_fn(labels=labels, logits=logits, **optional))
    return checks.with_shape_of(
        logits, loss, dimension, "loss_fn's result", f"[D0, D1, ... DN, {dimension}], unreduced,"
    )


def sparse_softmax_cross_entropy(class_ids: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Cross entropy of softmax(logits); shape [D0, ..., DN, 1].

    Args:
        class_ids: Integer Tensor of shape [D0, ..., DN, 1].
        logits: Float Tensor of shape [D0, ..., DN, n_classes].
    """
    class_ids = tf.squeeze(checks.widened(class_ids), -1)
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(class_ids, logits)
    return tf.expand_dims(loss, -1)


def mean_sigmoid_cross_entropy(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Cross entropy of sigmoid(logits), averaged over the classes; shape [D0, ..., DN, 1].

    Args:
        labels: 0/1 Tensor of shape [D0, ..., DN, n_classes].
        logits: Float Tensor of the same shape.
    """
    loss = tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(labels, logits.dtype), logits)
    return tf.reduce_mean(loss, axis=-1, keepdims=True)


def log_poisson(labels: tf.Tensor, logits: tf.Tensor, compute_full_loss: bool) -> tf.Tensor:
    """Poisson loss of counts [D0, ..., DN, D], for logits that are logarithms of what is expected.

    Args:
        labels: Tensor of the shape of the logits.
        logits: Float Tensor.
        compute_full_loss: Whether to add the term that depends on the labels alone, Stirling's
            approximation of log(label!).
    """
    return tf.nn.log_poisson_loss(labels, logits, compute_full_loss=compute_full_loss)


def sigmoid_cross_entropy_of_probabilities(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Cross entropy of sigmoid(logits) with labels anywhere in [0, 1]; of their shape."""
    labels = checks.in_range(labels, 2, "labels", "numbers in [0, 1]")
    return tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)


def reduce_loss(
    unreduced_loss: tf.Tensor, weights: tf.Tensor | float, loss_reduction: str
) -> tf.Tensor:
    """The weighted sum of the losses; unless the reduction is SUM, divided by their number.

    The number counts every loss, whatever its weight, as `sum_over_batch_size` in Keras does. The
    result has the dtype of the losses, as in Keras: the mean of integers is truncated.
    """
    strategies.note_loss_reduction("sum" if loss_reduction == arguments.SUM else "mean")
    with tf.compat.v1.name_scope("weighted_loss"):
        weighted = tf.cast(unreduced_loss, tf.float32)
        if not are_one(weights):
            weighted *= weights
        total = tf.reduce_sum(weighted)
        if loss_reduction == arguments.SUM:
            return tf.cast(total, unreduced_loss.dtype)
        number = tf.cast(tf.size(weighted), total.dtype)
        mean = tf.math.divide_no_nan(total, number, name="value")
        return tf.cast(mean, unreduced_loss.dtype)


def total_regularization(regularization_losses: Sequence[tf.Tensor] | None) -> tf.Tensor | None:
    """The sum of a list of scalar losses; None if there are none."""
    return tf.add_n(list(regularization_losses)) if regularization_losses else None


def regularized(
    training_loss: tf.Tensor, regularization_losses: Sequence[tf.Tensor] | None
) -> tf.Tensor:
    """The training loss plus all regularization losses."""
    regularization_loss = total_regularization(regularization_losses)
    return training_loss if regularization_loss is None else training_loss + regularization_loss
