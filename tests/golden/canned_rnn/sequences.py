"""The sequences that recurrent estimators are trained on, and feature columns over them."""

import numpy as np
import tensorflow as tf

from tests.golden.canned.batch import VOCABULARY_FILE


def _sparse(rows, dtype):
    """A SparseTensorValue that has the values of the rows, from the left."""
    places = [(row, column) for row, values in enumerate(rows) for column in range(len(values))]
    values = [value for row in rows for value in row]
    return tf.compat.v1.SparseTensorValue(
        np.array(places, np.int64),
        np.array(values, dtype),
        np.array([len(rows), max(map(len, rows))], np.int64),
    )


# The lengths are 3, 1, 2 and 2.
FEATURES = {
    "steps": _sparse([[1.0, 2.0, 3.0], [4.0], [5.0, -1.0], [0.5, 1.0]], np.float32),
    "pairs": _sparse(
        [[1.0, 2.0, 3.0, 1.0, 0.5, 0.0], [4.0, 1.0], [5.0, 1.0, 0.0, 2.0], [1.0] * 4], np.float32
    ),
    "words": np.array([["a", "b", "z"], ["c", "", ""], ["b", "a", ""], ["a", "a", ""]], object),
    "others": _sparse([["b", "b", "a"], ["a"], ["z", "c"], ["c", "b"]], object),
    "colours": _sparse([["red", "blue", "red"], ["green"], ["pink", "red"], ["blue"] * 2], object),
    "numbers": np.array([[0, 4, 1], [2, -1, -1], [3, 3, -1], [1, 0, -1]], np.int64),
    "size": np.array([[0.5], [1.5], [2.5], [4.0]], np.float32),
    "kind": np.array([["new"], ["old"], ["old"], ["lost"]], object),
    "weight": np.array([[1.0], [2.0], [0.5], [1.5]], np.float32),
    "step_weights": np.array(
        [[1.0, 2.0, 3.0], [0.5, 0.0, 0.0], [1.0, 1.5, 0.0], [0.25, 1.0, 0.0]], np.float32
    ),
    "real": np.array(
        [[True, True, False], [True, False, False], [False, True, False], [True, True, False]]
    ),
}
# Those among which no mask is.
UNMASKED = {name: value for name, value in FEATURES.items() if name != "real"}


class Columns:
    """Feature columns, some of which the original has in two places.

    Args:
        module: The module that has `sequence_numeric_column` and so on.
    """

    def __init__(self, module):
        self._module = module

    def steps(self):
        return self._module.sequence_numeric_column("steps")

    def pairs(self):
        return self._module.sequence_numeric_column(
            "pairs", shape=[2], default_value=-1.0, normalizer_fn=_half
        )

    def words(self, name="words"):
        return self._module.sequence_categorical_column_with_vocabulary_list(
            name, ["a", "b", "c"], num_oov_buckets=1
        )

    def colours(self):
        return self._module.sequence_categorical_column_with_vocabulary_file(
            "colours", VOCABULARY_FILE, vocabulary_size=3
        )

    def hashed(self):
        return self._module.sequence_categorical_column_with_hash_bucket("others", 5)

    def numbers(self):
        return self._module.sequence_categorical_column_with_identity("numbers", 5)

    def embedded_words(self):
        return tf.feature_column.embedding_column(self.words(), 2)

    def mixed(self):
        """A numeric column, an embedding and an indicator."""
        return [
            self.steps(),
            self.embedded_words(),
            tf.feature_column.indicator_column(self.numbers()),
        ]

    def every(self):
        """Every kind of column of sequences."""
        hashed = tf.feature_column.embedding_column(self.hashed(), 2, combiner="sum", max_norm=0.5)
        colours = tf.feature_column.indicator_column(self.colours())
        return [*self.mixed(), self.pairs(), hashed, colours]

    def shared(self):
        """An embedding that two columns share, as TF2 makes it."""
        with tf.Graph().as_default():  # It cannot be made in eager execution.
            return list(
                tf.feature_column.shared_embeddings([self.words(), self.words("others")], 2)
            )

    def shared_v1(self):
        """The same as TF1 makes it."""
        with tf.Graph().as_default():
            return tf.compat.v1.feature_column.shared_embedding_columns(
                [self.words(), self.words("others")], 2
            )

    def context(self):
        kind = tf.feature_column.categorical_column_with_vocabulary_list("kind", ["new", "old"])
        return [
            tf.feature_column.numeric_column("size"),
            tf.feature_column.embedding_column(kind, 2),
        ]


def _half(value):
    return value * 0.5
