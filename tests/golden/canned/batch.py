"""The examples that canned estimators are trained on, and feature columns over them."""

import os

import numpy as np
import tensorflow as tf

VOCABULARY_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "colours.txt")

FEATURES = {
    "size": np.array([[0.5], [1.5], [2.5], [4.0]], np.float32),
    "place": np.array([[1.0, -1.0], [0.5, 2.0], [-1.5, 0.25], [0.0, 1.0]], np.float32),
    "colour": np.array([["red"], ["green"], ["blue"], ["red"]], object),
    "shade": np.array([["blue"], ["blue"], ["red"], ["green"]], object),
    "number": np.array([[0], [2], [1], [3]], np.int64),
    "tags": np.array([["a", "b"], ["c", ""], ["a", "a"], ["", ""]], object),
    "strengths": np.array([[1.0, 0.5], [2.0, 0.0], [1.0, 3.0], [0.0, 0.0]], np.float32),
    "weight": np.array([[1.0], [2.0], [0.5], [1.5]], np.float32),
}
LABELS = {
    "two": np.array([[0], [1], [1], [0]], np.int64),
    "three": np.array([[0], [2], [1], [2]], np.int64),
    "names": np.array([["no"], ["yes"], ["yes"], ["no"]], object),
    "three_names": np.array([["low"], ["high"], ["middle"], ["low"]], object),
    "number": np.array([[1.0], [-0.5], [2.0], [0.25]], np.float32),
    "numbers": np.array([[1.0, 0.0], [-0.5, 1.0], [2.0, -1.0], [0.25, 0.5]], np.float32),
    "counts": np.array([[1.0], [0.0], [3.0], [2.0]], np.float32),
    "flags": np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 1, 0]], np.int64),
    "steps_of_two": np.array([[0, 1, 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]], np.int64),
    "steps_of_three": np.array([[0, 2, 1], [1, 0, 0], [0, 2, 0], [2, 1, 0]], np.int64),
    "two_heads": {
        "first": np.array([[0], [1], [1], [0]], np.int64),
        "second": np.array([[1.0], [-0.5], [2.0], [0.25]], np.float32),
    },
}


def input_fn(labels, batches=1, features=FEATURES):
    """An input function of one batch, as often as is said; `labels` is a key of `LABELS`."""

    def make():
        data = tf.data.Dataset.from_tensors((features, LABELS[labels]))
        return data.repeat(batches)

    return make


def numeric(name="size", **options):
    return tf.feature_column.numeric_column(name, **options)


def double(value):
    return value * 2.0


def place():
    return numeric("place", shape=2, normalizer_fn=double)


def buckets():
    return tf.feature_column.bucketized_column(numeric(), [1.0, 2.0, 3.0])


def colour(name="colour"):
    return tf.feature_column.categorical_column_with_vocabulary_list(
        name, ["red", "green", "blue"], num_oov_buckets=1
    )


def colour_of_file():
    return tf.feature_column.categorical_column_with_vocabulary_file(
        "shade", VOCABULARY_FILE, vocabulary_size=3
    )


def number():
    return tf.feature_column.categorical_column_with_identity("number", 4)


def tags():
    return tf.feature_column.categorical_column_with_hash_bucket("tags", 5)


def weighted_tags():
    return tf.feature_column.weighted_categorical_column(tags(), "strengths")


def crossed():
    return tf.feature_column.crossed_column(["colour", number()], 7)


def embedded(column, **options):
    return tf.feature_column.embedding_column(column, 2, **options)


def indicator(column):
    return tf.feature_column.indicator_column(column)


def dense():
    """Two numeric columns and an embedding."""
    return [numeric(), place(), embedded(colour())]


def wide():
    """Categorical columns of several kinds."""
    return [buckets(), colour(), colour_of_file(), number(), tags(), crossed()]


def every_dense():
    """Every kind of column that a DNN takes."""
    return [
        numeric(),
        place(),
        buckets(),
        embedded(tags(), combiner="sqrtn", max_norm=0.5),
        embedded(weighted_tags(), combiner="sum", initializer=tf.compat.v1.ones_initializer()),
        indicator(number()),
        indicator(crossed()),
        indicator(colour_of_file()),
    ]


def shared():
    """An embedding that two columns share, as TF2 makes it, and a numeric column."""
    with tf.Graph().as_default():  # It cannot be made in eager execution.
        return [numeric()] + list(
            tf.feature_column.shared_embeddings([colour(), colour("shade")], 2)
        )


def shared_v1():
    """The same as TF1 makes it."""
    with tf.Graph().as_default():
        return [numeric()] + tf.compat.v1.feature_column.shared_embedding_columns(
            [colour(), colour("shade")], 2
        )
