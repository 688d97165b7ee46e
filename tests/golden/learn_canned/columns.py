"""Features, labels and the columns of `tf.contrib.layers` over them."""

import numpy as np

from tests.golden.canned import batch

FEATURES = {
    **batch.FEATURES,
    "id": np.array(["first", "second", "third", "fourth"], object),
}
# SDCA takes the examples of a batch in random order.
ONE_EXAMPLE = {name: values[1:2] for name, values in FEATURES.items()}
LABELS = {
    **batch.LABELS,
    "none": None,
    "one_of_two": batch.LABELS["two"][1:2],
    "one_number": batch.LABELS["number"][1:2],
    "probabilities": np.array([[0.0], [1.0], [1.0], [0.0]], np.float32),
    "class_of_sequence": np.array([0, 1, 1, 0], np.int64),
    "class_of_sequence_of_three": np.array([[0], [2], [1], [2]], np.int64),
    "number_of_sequence": np.array([1.0, -0.5, 2.0, 0.25], np.float32),
    "numbers_of_steps": np.array(
        [[1.0, 0.5, 0.0], [-0.5, 1.0, 2.0], [2.0, 0.0, 1.0], [0.25, 1.0, 0.5]], np.float32
    ),
    "classes_of_steps": np.array([[0, 1, 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]], np.int64),
    "many_classes_of_steps": np.array([[0, 2, 1], [1, 0, 0], [0, 2, 0], [2, 1, 0]], np.int64),
}
ARRAY = np.array([[0.5, -1.0], [1.5, 0.5], [2.5, 2.0], [4.0, 0.0]], np.float32)
POINTS = np.array([[0.1, 0.2], [3.0, 0.4], [0.3, 4.1], [0.0, 0.7], [3.5, -0.3]], np.float32)
SEQUENCES = {
    "speed": np.array(
        [
            [[1.0, 0.5], [0.5, -1.0], [2.0, 0.0]],
            [[-1.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
            [[0.5, 0.5], [1.5, 1.0], [0.0, 0.0]],
            [[2.0, -0.5], [0.0, 1.0], [1.0, 1.0]],
        ],
        np.float32,
    ),
    "place": batch.FEATURES["place"],
}
LENGTHS = np.array([3, 1, 2, 3], np.int32)


def size(api):
    return api.layers.real_valued_column("size")


def place(api):
    return api.layers.real_valued_column("place", dimension=2, normalizer=batch.double)


def buckets(api):
    return api.layers.bucketized_column(size(api), [1.0, 2.0, 3.0])


def colour(api):
    return api.layers.sparse_column_with_keys("colour", ["red", "green", "blue"])


def shade(api):
    return api.layers.sparse_column_with_hash_bucket("shade", 4)


def number(api):
    return api.layers.sparse_column_with_integerized_feature("number", 4)


def tags(api):
    return api.layers.sparse_column_with_hash_bucket("tags", 5)


def weighted_tags(api):
    return api.layers.weighted_sparse_column(tags(api), "strengths")


def crossed(api):
    return api.layers.crossed_column([shade(api), buckets(api)], 7)


def embedded(api):
    return api.layers.embedding_column(colour(api), 2)


def dense(api):
    """Numbers and an embedding."""
    return [size(api), place(api), embedded(api)]


def every_dense(api):
    """Every kind of column that a network takes."""
    return [
        size(api),
        place(api),
        buckets(api),
        embedded(api),
        api.layers.embedding_column(weighted_tags(api), 2, combiner="sum"),
        api.layers.one_hot_column(number(api)),
        api.layers.one_hot_column(shade(api)),
    ]


def categories(api):
    """Columns of categories without weights. With buckets, TF 1.15 cannot join their weights."""
    return [colour(api), shade(api), number(api), tags(api), crossed(api)]


def wide(api):
    """Every kind of column that a linear model takes."""
    return [size(api), place(api), buckets(api), weighted_tags(api)] + categories(api)


def wide_without_numbers(api):
    """Columns that do not parse a feature which those of `dense` parse too."""
    return [weighted_tags(api)] + [shade(api), number(api)]


def array(api):
    return [api.layers.real_valued_column("", dimension=2)]


def speed(api):
    return [api.layers.real_valued_column("speed", dimension=2)]
