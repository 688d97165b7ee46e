"""The column of categories whose ids have weights."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import CategoricalColumn
from estimator_heads.compat.contrib.layers.feature_columns.sparse import (
    _SparseColumn,
    _SparseIdLookupConfig,
    without,
)


class _WeightedSparseColumn(
    CategoricalColumn,
    namedtuple("_WeightedSparseColumn", ["sparse_id_column", "weight_column_name", "dtype"]),
):
    """A sparse column whose ids have the weights that another feature has."""

    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_weighted_by_{self.weight_column_name}"

    @property
    def length(self) -> int:
        """Number of ids."""
        return self.sparse_id_column.length

    @property
    def combiner(self) -> str:
        """How a linear model combines the ids of an example."""
        return self.sparse_id_column.combiner

    @property
    def lookup_config(self) -> _SparseIdLookupConfig | None:
        """That of the column of the ids."""
        return self.sparse_id_column.lookup_config

    @property
    def config(self) -> dict[str, Any]:
        weights = {self.weight_column_name: tf.io.VarLenFeature(self.dtype)}
        return {**self.sparse_id_column.config, **weights}

    def is_compatible(self, other_column: _SparseColumn | _WeightedSparseColumn) -> bool:
        """Whether the ids of `other_column` may mean the same, as shared embeddings require."""
        if isinstance(other_column, _WeightedSparseColumn):
            other_column = other_column.sparse_id_column
        return self.sparse_id_column.is_compatible(other_column)

    def id_tensor(self, input_tensor: tuple[tf.SparseTensor, tf.SparseTensor]) -> tf.SparseTensor:
        return input_tensor[0]

    def weight_tensor(
        self, input_tensor: tuple[tf.SparseTensor, tf.SparseTensor]
    ) -> tf.SparseTensor:
        return input_tensor[1]

    def _transform_feature(self, inputs):
        ids = inputs.get(self.sparse_id_column)
        weights = inputs.get(self.weight_column_name)
        if not isinstance(weights, tf.SparseTensor):
            weights = without(weights, 0)
        return ids, weights if self.dtype.is_floating else tf.cast(weights, tf.float32)


def weighted_sparse_column(
    sparse_id_column: _SparseColumn, weight_column_name: str, dtype: tf.DType = tf.float32
) -> _WeightedSparseColumn:
    """Makes a column of weighted ids. A legacy `tf.contrib.layers` name.

    Args:
        sparse_id_column: A column that `sparse_column_with_*` made.
        weight_column_name: Name of the feature of the weights, a SparseTensor with the indices of
            the ids' feature, or a Tensor in which 0 stands for none.
        dtype: Of the weights, a floating or integer type.

    Returns:
        A `_WeightedSparseColumn`.

    Raises:
        ValueError: If `dtype` cannot be cast to float.
    """
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(
            f"Invalid value for argument `dtype` of the weights {weight_column_name!r}. Expected a "
            f"floating or integer type. Received: dtype={dtype}."
        )
    return _WeightedSparseColumn(sparse_id_column, weight_column_name, dtype)
