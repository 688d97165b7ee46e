"""The losses of SDCA, and what a model predicts with each."""

from __future__ import annotations

import tensorflow as tf

LOSS_TYPES = [
    "logistic_loss",
    "squared_loss",
    "hinge_loss",
    "smooth_hinge_loss",
    "poisson_loss",
]


def prediction(loss_type: str, logits: tf.Tensor) -> tf.Tensor:
    """What a model predicts: a probability, the mean of a Poisson distribution, or the logit.

    Args:
        loss_type: One of `LOSS_TYPES`.
        logits: Tensor of shape [batch_size].

    Returns:
        Tensor of shape [batch_size].
    """
    if loss_type == "logistic_loss":
        return tf.math.sigmoid(logits, name="sdca/logistic_prediction")
    if loss_type == "poisson_loss":
        return tf.math.exp(logits, name="sdca/poisson_prediction")
    return logits


def loss(loss_type: str, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """The loss of each example.

    Args:
        loss_type: One of `LOSS_TYPES`.
        labels: Tensor of shape [batch_size]; of classes, 0 and 1.
        logits: Tensor of shape [batch_size].

    Returns:
        Tensor of shape [batch_size].
    """
    if loss_type == "logistic_loss":
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    if loss_type == "poisson_loss":
        return tf.nn.log_poisson_loss(labels, logits)
    if loss_type in ("hinge_loss", "smooth_hinge_loss"):
        signs = 2.0 * labels - 1.0
        return tf.nn.relu(1.0 - signs * logits)
    return tf.square(labels - logits) / 2.0
