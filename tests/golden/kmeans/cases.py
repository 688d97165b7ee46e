"""The cases of KMeansClustering: first centers, distances, batches, stops and features."""

import collections

import numpy as np
import tensorflow as tf

POINTS = np.array(
    [
        [0.1, 0.2],
        [3.0, 0.4],
        [0.3, 4.1],
        [0.0, 0.7],
        [3.5, -0.3],
        [0.9, 3.6],
        [-0.4, 0.1],
        [2.8, 0.9],
        [-0.2, 4.4],
        [0.5, 0.5],
        [4.1, 0.2],
        [0.4, 3.3],
    ],
    np.float32,
)
FEATURES = {
    "x": POINTS[:, :1],
    "y": POINTS[:, 1:],
}
FIRST = POINTS[:3]

# arguments: those of the constructor; "seed" is that of the first centers.
# data: the points, or a dict of features.
# batch_size: of the training; all points are asked about at once.
# whole: whether every method is asked, where it may answer in another way.
Case = collections.namedtuple("Case", "arguments data batch_size steps whole")
Case.__new__.__defaults__ = (POINTS, len(POINTS), 3, False)


def of_batch(inputs, number):
    """First centers: the last points of the batch."""
    return tf.concat(inputs, axis=0)[-number:]


def two_of_batch(inputs, number):
    """First centers, of which there are too few at first."""
    return tf.concat(inputs, axis=0)[: tf.minimum(number, 2)]


def _columns():
    return [tf.feature_column.numeric_column(name) for name in ("y", "x")]


CASES = {
    "array": Case({"initial_clusters": FIRST, "use_mini_batch": False}, whole=True),
    "function": Case({"initial_clusters": of_batch, "use_mini_batch": False}),
    "function_of_many_batches": Case(
        {"initial_clusters": two_of_batch, "use_mini_batch": False}, batch_size=4
    ),
    "random": Case({"initial_clusters": "random", "seed": 5, "use_mini_batch": False}),
    "random_of_many_batches": Case({"seed": 3}, batch_size=2),
    "kmeans_plus_plus": Case(
        {
            "initial_clusters": "kmeans_plus_plus",
            "seed": 5,
            "use_mini_batch": False,
            "kmeans_plus_plus_num_retries": 4,
        }
    ),
    "kmeans_plus_plus_of_many_batches": Case(
        {"initial_clusters": "kmeans_plus_plus", "seed": 6}, batch_size=4
    ),
    "mini_batches": Case({"initial_clusters": FIRST}, batch_size=4),
    "mini_batches_in_iterations": Case(
        {"initial_clusters": FIRST, "mini_batch_steps_per_iteration": 2}, batch_size=4, steps=5
    ),
    "cosine": Case(
        {"initial_clusters": FIRST, "distance_metric": "cosine", "use_mini_batch": False},
        whole=True,
    ),
    "cosine_mini_batches": Case(
        {"initial_clusters": FIRST, "distance_metric": "cosine"}, batch_size=4
    ),
    "tolerance": Case(
        {"initial_clusters": FIRST, "use_mini_batch": False, "relative_tolerance": 0.1}, steps=20
    ),
    "features": Case({"initial_clusters": FIRST, "use_mini_batch": False}, FEATURES, whole=True),
    "feature_columns": Case(
        {"initial_clusters": FIRST, "use_mini_batch": False, "feature_columns": _columns()},
        FEATURES,
    ),
}
