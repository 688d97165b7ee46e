"""`clip_gradients_by_global_norm`."""

from __future__ import annotations

from collections.abc import Iterable

import tensorflow as tf


def clip_gradients_by_global_norm(
    gradients_variables: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
    clip_norm: float | tf.Tensor = 20.0,
) -> tuple[list[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]], tf.Tensor]:
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
