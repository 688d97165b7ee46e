"""`clip_gradients_by_global_norm`."""

import tensorflow as tf


def clip_gradients_by_global_norm(gradients_variables, clip_norm=20.0):
    """Scales gradients so that their common norm is at most `clip_norm`.

    Args:
        gradients_variables: Iterable of (gradient, variable); gradients may be None.
        clip_norm: The limit.

    Returns:
        Tuple of the list of (gradient, variable), and the norm before.
    """
    gradients, variables = zip(*gradients_variables, strict=True)
    clipped, norm = tf.clip_by_global_norm(gradients, clip_norm)
    return list(zip(clipped, variables, strict=True)), norm
