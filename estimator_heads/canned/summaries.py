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
