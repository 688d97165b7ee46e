"""The ops of k-means clustering."""

from __future__ import annotations

import inspect
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "for `tf.compat.v1.estimator.experimental.KMeans`"


def clustering_graph(
    inputs: tf.Tensor, num_clusters: int | tf.Tensor, has_op_seed: bool = False, **options: Any
) -> tuple[
    list[tf.Tensor], list[tf.Tensor], list[tf.Tensor], tf.Tensor, tf.Operation, tf.Operation
]:
    """What a graph of k-means clustering consists of; the ops' kernels have no public name.

    Args:
        inputs: Tensor of points, of shape [points, dimensions].
        num_clusters: How many centers are looked for.
        has_op_seed: Whether the class is that of `contrib_kmeans_class`.
        **options: As for the private class: `initial_clusters`, `distance_metric`,
            `use_mini_batch`, `mini_batch_steps_per_iteration`, `random_seed` and
            `kmeans_plus_plus_num_retries`.

    Returns:
        Tuple of the distances from points to centers, the nearest centers and the distances to
        these, each in a list of one Tensor; whether all centers are chosen; an op that chooses
        some; and an op that trains.
    """
    build = contrib_kmeans_class() if has_op_seed else kmeans_class()
    return build(inputs, num_clusters, **options).training_graph()


def kmeans_class() -> type[Any]:
    """The class that builds the graph."""
    module = private_module("tensorflow.python.ops.clustering_ops", _PURPOSE)
    check_attributes(module, ["KMeans"], _PURPOSE)
    return module.KMeans


def contrib_kmeans_class() -> type[Any]:
    """The same as `tf.contrib.factorization` had it.

    The first centers depend on `random_seed` there. Here they depend on the seed of the graph.
    """

    base: Any = kmeans_class()

    class KMeans(base):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            bound = inspect.signature(super().__init__).bind(*args, **kwargs)
            bound.apply_defaults()
            self._seed = bound.arguments["random_seed"]

    return KMeans
