"""The ops of k-means clustering."""

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "for `tf.compat.v1.estimator.experimental.KMeans`"


def clustering_graph(inputs, num_clusters, **options):
    """What a graph of k-means clustering consists of; the ops' kernels have no public name.

    Args:
        inputs: Tensor of points, of shape [points, dimensions].
        num_clusters: How many centers are looked for.
        **options: As for the private class: `initial_clusters`, `distance_metric`,
            `use_mini_batch`, `mini_batch_steps_per_iteration`, `random_seed` and
            `kmeans_plus_plus_num_retries`.

    Returns:
        Tuple of the distances from points to centers, the nearest centers and the distances to
        these, each in a list of one Tensor; whether all centers are chosen; an op that chooses
        some; and an op that trains.
    """
    return kmeans_class()(inputs, num_clusters, **options).training_graph()


def kmeans_class():
    """The class that builds the graph, which `tf.contrib.factorization` has as `KMeans`."""
    module = private_module("tensorflow.python.ops.clustering_ops", _PURPOSE)
    check_attributes(module, ["KMeans"], _PURPOSE)
    return module.KMeans
