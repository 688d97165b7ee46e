"""The column of indicators of categories."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import (
    CategoricalColumn,
    DenseColumn,
)
from estimator_heads.compat.contrib.layers.feature_columns.rank import flattened


class _OneHotColumn(DenseColumn, namedtuple("_OneHotColumn", ["sparse_id_column"])):
    """A column of `length` numbers: how often, or with which weight, an example has each id."""

    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_one_hot"

    @property
    def length(self) -> int:
        """Number of ids."""
        return self.sparse_id_column.length

    @property
    def config(self) -> dict[str, Any]:
        return self.sparse_id_column.config

    @property
    def _variable_shape(self):
        return tf.TensorShape([self.length])

    def _transform_feature(self, inputs):
        return inputs.get(self.sparse_id_column)

    def _to_dnn_input_layer(
        self, input_tensor, weight_collections=None, trainable=True, output_rank=2
    ):
        ids = flattened(self.sparse_id_column.id_tensor(input_tensor), output_rank)
        weights = self.sparse_id_column.weight_tensor(input_tensor)
        if weights is not None:
            return self._weighted(ids, weights)
        ids = tf.sparse.to_dense(ids, default_value=-1)  # one_hot makes zeros of these
        return tf.reduce_sum(tf.one_hot(ids, self.length), axis=output_rank - 1)

    def _weighted(self, ids, weights):
        merged = tf.compat.v1.sparse_merge(ids, weights, self.length)
        shape = merged.dense_shape
        inside = tf.sparse.slice(merged, tf.zeros_like(shape), shape)  # drops ids of -1
        dense = tf.sparse.to_dense(inside)
        return tf.reshape(dense, tf.concat([tf.shape(dense)[:-1], [self.length]], 0))


def one_hot_column(sparse_id_column: CategoricalColumn) -> _OneHotColumn:
    """Makes a column of indicators of categories. A legacy `tf.contrib.layers` name.

    Args:
        sparse_id_column: A column that `sparse_column_with_*`, `weighted_sparse_column` or
            `crossed_column` made.

    Returns:
        A `_OneHotColumn`, an input of neural networks.
    """
    return _OneHotColumn(sparse_id_column)
