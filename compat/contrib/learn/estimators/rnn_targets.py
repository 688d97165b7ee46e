"""What the outputs of a recurrent network mean: numbers, or the logits of classes."""

from __future__ import annotations

import tensorflow as tf


class NumberTarget:
    """One number; trained with the squared error."""

    num_label_columns = 1

    def loss(self, logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """The mean loss.

        Args:
            logits: Tensor [examples, 1].
            labels: Tensor of numbers, [examples] or [examples, 1].

        Returns:
            A scalar.
        """
        labels = _as_column(labels)
        logits.shape.assert_is_compatible_with(labels.shape)
        return tf.reduce_mean(
            tf.math.squared_difference(logits, tf.cast(labels, tf.float32)), name="loss"
        )

    def predictions(self, logits: tf.Tensor) -> tf.Tensor:
        """The numbers, of shape [examples].

        Args:
            logits: Tensor [examples, 1].
        """
        return tf.squeeze(logits, axis=[1])


class ClassTarget:
    """One of several classes; trained with the cross entropy.

    Args:
        n_classes: Number of classes, 2 or more.

    Raises:
        ValueError: If there are fewer.
    """

    def __init__(self, n_classes: int) -> None:
        if n_classes < 2:
            raise ValueError(
                "Invalid value for argument `num_classes`. Expected 2 or more. Received: "
                f"{n_classes!r}."
            )
        self.num_label_columns = 1 if n_classes == 2 else n_classes

    def loss(self, logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """The mean loss.

        Args:
            logits: Tensor [examples, num_label_columns].
            labels: Tensor of classes, [examples] or [examples, 1]; integers, or 0.0 and 1.0.

        Returns:
            A scalar.

        Raises:
            ValueError: If there are more than two classes, and labels are not integers.
        """
        if self.num_label_columns == 1:
            losses = tf.nn.sigmoid_cross_entropy_with_logits(
                labels=tf.cast(_as_column(labels), tf.float32), logits=logits
            )
            return tf.reduce_mean(losses, name="loss")
        if not labels.dtype.is_integer:
            raise ValueError(
                "Invalid dtype of labels. Expected integers, the classes. Received: "
                f"{labels.dtype.name}."
            )
        if labels.shape.rank == 2:
            labels = tf.squeeze(labels, axis=[1])
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        return tf.reduce_mean(losses, name="loss")

    def probabilities(self, logits: tf.Tensor) -> tf.Tensor:
        """The probabilities of all classes, also if there are but two.

        Args:
            logits: Tensor [examples, num_label_columns].
        """
        return tf.nn.softmax(self._logits_of_all(logits))

    def predictions(self, logits: tf.Tensor) -> tf.Tensor:
        """The classes, of shape [examples].

        Args:
            logits: Tensor [examples, num_label_columns].
        """
        return tf.argmax(self._logits_of_all(logits), 1)

    def _logits_of_all(self, logits):
        if self.num_label_columns > 1:
            return logits
        return tf.concat([tf.zeros_like(logits), logits], axis=1)


def _as_column(labels):
    return labels[:, tf.newaxis] if labels.shape.rank == 1 else labels
