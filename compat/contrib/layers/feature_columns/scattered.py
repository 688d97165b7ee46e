"""The column of embeddings whose numbers are scattered over one vector by hashes."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import tensorflow as tf
import tf_slim

from estimator_heads.compat.contrib.layers.feature_columns.base import DenseColumn, partitions
from estimator_heads.compat.contrib.layers.feature_columns.crossing import sparse_feature_cross
from estimator_heads.compat.contrib.layers.feature_columns.embedding import check_initializer
from estimator_heads.compat.contrib.layers.feature_columns.rank import flattened
from estimator_heads.types import Initializer

_COMBINERS = {
    "sum": tf.compat.v1.sparse_segment_sum,
    "mean": tf.compat.v1.sparse_segment_mean,
    "sqrtn": tf.compat.v1.sparse_segment_sqrt_n,
}
# What an example without values has instead.
_MISSING_STRING = "6ZxWzWOHxZ"
_MISSING_INTEGER = 1288896567


class _ScatteredEmbeddingColumn(
    DenseColumn,
    namedtuple(
        "_ScatteredEmbeddingColumn",
        ["column_name", "size", "dimension", "hash_key", "combiner", "initializer"],
    ),
):
    """A column of `dimension` numbers, each found in `size` weights by a hash of the value."""

    def __new__(
        cls,
        column_name: str,
        size: int,
        dimension: int,
        hash_key: int,
        combiner: str = "sqrtn",
        initializer: Initializer | None = None,
    ) -> _ScatteredEmbeddingColumn:
        check_initializer(column_name, initializer)
        initializer = initializer or tf.compat.v1.truncated_normal_initializer(stddev=0.1)
        return super().__new__(cls, column_name, size, dimension, hash_key, combiner, initializer)

    @property
    def name(self) -> str:
        return f"{self.column_name}_scattered_embedding"

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: tf.io.VarLenFeature(tf.string)}

    @property
    def key(self) -> str:
        return self._key_without_properties(["initializer"])

    @property
    def _variable_shape(self):
        return tf.TensorShape([self.dimension])

    def _transform_feature(self, inputs):
        return inputs.get(self.column_name)

    def _to_dnn_input_layer(
        self, input_tensor, weight_collections=None, trainable=True, output_rank=2
    ):
        variable = tf_slim.model_variable(
            "weights",
            [self.size],
            initializer=self.initializer,
            trainable=trainable,
            collections=weight_collections,
        )
        filled, _ = tf.sparse.fill_empty_rows(
            flattened(input_tensor, output_rank),
            _MISSING_STRING if input_tensor.dtype == tf.string else _MISSING_INTEGER,
        )
        values, positions = tf.unique(filled.values)
        rows = tf.cast(filled.indices[:, 0], tf.int32)
        return _COMBINERS[self.combiner](self._lookup(variable, values), positions, rows)

    def _lookup(self, variable, values):
        """The numbers [values, dimension] of each value: it is crossed with 0, 1, ..."""
        values = tf.expand_dims(values, 1)
        numbers = tf.tile(tf.expand_dims(tf.range(self.dimension), 0), tf.shape(values))
        ids = sparse_feature_cross([numbers, values], self.size, self.hash_key)
        return tf.compat.v1.nn.embedding_lookup(
            partitions(variable), tf.sparse.to_dense(ids), partition_strategy="div"
        )


def scattered_embedding_column(
    column_name: str,
    size: int,
    dimension: int,
    hash_key: int,
    combiner: str = "mean",
    initializer: Initializer | None = None,
) -> _ScatteredEmbeddingColumn:
    """Makes a column of embeddings with shared weights. A legacy `tf.contrib.layers` name.

    A value needs no id: hashes find the numbers of its embedding in one vector of weights.

    Args:
        column_name: Name of the feature, a SparseTensor of strings or integers.
        size: Number of weights.
        dimension: Size of an embedding.
        hash_key: Key of the hash, an integer that is not 0.
        combiner: How the embeddings of one example are combined: "mean", "sqrtn" or "sum".
        initializer: Of the weights; default: truncated normal with a standard deviation of 0.1.

    Returns:
        A `_ScatteredEmbeddingColumn`, an input of neural networks.

    Raises:
        ValueError: If a size is less than 1, or `combiner` is none of these, or `initializer` is
            no function.
    """
    if dimension < 1 or size < 1:
        raise ValueError(
            f"Invalid value for arguments `dimension` and `size` of column {column_name!r}. "
            f"Expected integers >= 1. Received: dimension={dimension}, size={size}."
        )
    if combiner not in _COMBINERS:
        raise ValueError(
            f"Invalid value for argument `combiner` of column {column_name!r}. Expected one of "
            f"{sorted(_COMBINERS)}. Received: combiner={combiner!r}."
        )
    return _ScatteredEmbeddingColumn(column_name, size, dimension, hash_key, combiner, initializer)
