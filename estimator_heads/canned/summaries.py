"""What canned estimators write for TensorBoard."""

import tensorflow as tf


def add_activation_summary(value, tag):
    """Summarises what a layer puts out: its histogram, and how much of it is zero.

    Args:
        value: Tensor of the layer's outputs.
        tag: Name of the layer.
    """
    tf.compat.v1.summary.scalar(f"{tag}/fraction_of_zero_values", tf.math.zero_fraction(value))
    tf.compat.v1.summary.histogram(f"{tag}/activation", value)


def add_weights_summaries(bias, weights):
    """Summarises the variables of a linear model: its bias, and how many of its weights are zero.

    Args:
        bias: Variable of shape [units].
        weights: List of variables of shape [rows, units].
    """
    if bias.shape[0] > 1:
        tf.compat.v1.summary.histogram("bias", bias)
    else:
        tf.compat.v1.summary.scalar("bias", bias[0])
    tf.compat.v1.summary.scalar("fraction_of_zero_weights", zero_fraction(weights))


def zero_fraction(weights):
    """The part of all weights that is zero; an int64 count, since there may be many."""
    with tf.name_scope("zero_fraction"):
        sizes = [tf.compat.v1.size(weight, out_type=tf.int64) for weight in weights]
        zeros = [
            tf.math.zero_fraction(weight) * tf.cast(size, tf.float32)
            for weight, size in zip(weights, sizes, strict=True)
        ]
        total = tf.cast(tf.math.add_n(sizes), tf.float32)
        return tf.identity(tf.math.add_n(zeros) / total, name="zero_fraction_or_nan")
