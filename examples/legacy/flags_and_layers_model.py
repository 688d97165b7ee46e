"""The model of flags_and_layers.py: a hidden layer, normalised, and one logit for each class."""

import tensorflow as tf


def fixed(scale):
    """Initial values that are the same in every version of TensorFlow."""

    def initializer(shape, dtype=tf.float32, partition_info=None):
        size = 1
        for dimension in shape:
            size *= int(dimension)
        values = tf.cos(tf.to_float(tf.range(1, size + 1)))
        return tf.cast(scale * tf.reshape(values, shape), dtype)

    return initializer


def logits(features, is_training, batch_norm):
    with tf.variable_scope("model", reuse=tf.AUTO_REUSE):
        hidden = tf.layers.dense(
            features,
            8,
            kernel_initializer=fixed(0.5),
            kernel_regularizer=lambda kernel: 0.01 * tf.reduce_sum(tf.square(kernel)),
            name="hidden",
        )
        if batch_norm:
            hidden = tf.layers.batch_normalization(hidden, momentum=0.5, training=is_training)
        hidden = tf.nn.relu(hidden)
        return tf.layers.dense(hidden, 2, kernel_initializer=fixed(0.3))
