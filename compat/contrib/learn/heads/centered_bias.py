"""The centered bias: a bias added to the logits, and trained by an optimizer of its own."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.losses import Loss
from estimator_heads.compat.estimator_v1.head import summary_key

_LEARNING_RATE = 0.1


class CenteredBias:
    """A variable of shape [logits_dimension], zeros at first, with a summary of each element.

    Args:
        logits_dimension: Number of logits.
        head_name: Name of the head, for the tags of the summaries; or None.
    """

    def __init__(self, logits_dimension: int, head_name: str | None) -> None:
        # Not get_variable: a partitioner must not split it, or its elements could not be shown.
        self._variable = tf.compat.v1.Variable(
            tf.zeros([logits_dimension]), name="centered_bias_weight", use_resource=True
        )
        # Read once, so that both its optimizers see it as it was before the step.
        self._value = tf.identity(self._variable)
        for number in range(logits_dimension):
            tag = summary_key(head_name, f"centered_bias/bias_{number}")
            tf.compat.v1.summary.scalar(tag, self._value[number])

    def added_to(self, logits: tf.Tensor) -> tf.Tensor:
        """The logits with the bias."""
        return tf.nn.bias_add(logits, self._value)

    def step(self, batch_size: tf.Tensor, loss_of: Callable[[tf.Tensor], Loss]) -> tf.Operation:
        """The op that trains the bias as if the logits were nothing else.

        Args:
            batch_size: Scalar Tensor.
            loss_of: Function from logits to a `Loss`. The mean of its two numbers is minimised, as
                in the original.
        """
        with tf.compat.v1.name_scope("centered_bias_step") as name:
            logits = tf.reshape(tf.tile(self._value, [batch_size]), [batch_size, -1])
            loss = tf.reduce_mean(tf.stack(loss_of(logits)), name="training_loss")
        optimizer = tf.compat.v1.train.AdagradOptimizer(_LEARNING_RATE)
        return optimizer.minimize(loss, var_list=[self._variable], name=name)
