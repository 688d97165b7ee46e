"""The global step of a TPUEstimator."""

from __future__ import annotations

import tensorflow as tf


def create_global_step(graph: tf.Graph | None) -> tf.Variable:
    """The global step as a resource variable, whatever TensorFlow's default is.

    Args:
        graph: The graph; None for the default one.

    Returns:
        The variable, an int64 scalar.

    Raises:
        ValueError: If there is one already.
    """
    keys = tf.compat.v1.GraphKeys
    graph = graph or tf.compat.v1.get_default_graph()
    if tf.compat.v1.train.get_global_step(graph) is not None:
        raise ValueError("The graph has a global step already.")
    with graph.as_default(), graph.name_scope(None):
        return tf.compat.v1.get_variable(
            keys.GLOBAL_STEP,
            shape=[],
            dtype=tf.int64,
            initializer=tf.compat.v1.zeros_initializer(),
            trainable=False,
            use_resource=True,
            collections=[keys.GLOBAL_VARIABLES, keys.GLOBAL_STEP],
        )
