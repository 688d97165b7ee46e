"""The column of the buckets into which numbers fall."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import (
    CategoricalColumn,
    DenseColumn,
)
from estimator_heads.compat.contrib.layers.feature_columns.real import _RealValuedColumn


class _BucketizedColumn(
    CategoricalColumn,
    DenseColumn,
    namedtuple("_BucketizedColumn", ["source_column", "boundaries"]),
):
    """A column of `dimension` buckets an example, each one of `length`.

    To a neural network it is `dimension` one-hot vectors, to a linear model `dimension * length`
    ids.
    """

    combiner = "sum"

    def __new__(
        cls, source_column: _RealValuedColumn, boundaries: Sequence[float]
    ) -> _BucketizedColumn:
        if not isinstance(source_column, _RealValuedColumn):
            raise TypeError(
                "Invalid type of argument `source_column`. Expected a column made by "
                f"`real_valued_column`. Received: source_column={source_column!r}."
            )
        if source_column.dimension is None:
            raise ValueError(
                "Invalid value for argument `source_column`. Expected a column with a dimension. "
                f"Received: source_column={source_column!r}."
            )
        return super().__new__(cls, source_column, _without_repeats(boundaries))

    @property
    def name(self) -> str:
        return f"{self.source_column.name}_bucketized"

    @property
    def length(self) -> int:
        """Number of buckets."""
        return len(self.boundaries) + 1

    @property
    def config(self) -> dict[str, Any]:
        return self.source_column.config

    @property
    def _num_buckets(self):
        return self.length * self.source_column.dimension

    @property
    def _variable_shape(self):
        return tf.TensorShape([self._num_buckets])

    def _transform_feature(self, inputs):
        return tf.raw_ops.Bucketize(
            input=inputs.get(self.source_column), boundaries=list(self.boundaries)
        )

    def _to_dnn_input_layer(
        self, input_tensor, weight_collections=None, trainable=True, output_rank=2
    ):
        if output_rank != 2:
            raise ValueError(
                f"{self.name!r} is a bucketized column, which does not support sequences."
            )
        one_hot = tf.one_hot(tf.cast(input_tensor, tf.int64), self.length)
        return tf.reshape(one_hot, [-1, self._num_buckets])

    def to_sparse_tensor(self, input_tensor: tf.Tensor) -> tf.SparseTensor:
        """The buckets as ids: number i of an example falls into ids from `i * length` on.

        Args:
            input_tensor: int32 Tensor [batch, dimension] of buckets.

        Returns:
            An int32 SparseTensor of the same shape.
        """
        dimension = self.source_column.dimension
        shape = tf.stack([tf.shape(input_tensor)[0], dimension])
        ids = tf.reshape(input_tensor, shape) + self.length * tf.range(dimension)
        everywhere = tf.where(tf.ones(shape, tf.bool))
        return tf.SparseTensor(everywhere, tf.reshape(ids, [-1]), tf.cast(shape, tf.int64))

    def id_tensor(self, input_tensor: tf.Tensor) -> tf.SparseTensor:
        return self.to_sparse_tensor(input_tensor)


def _without_repeats(boundaries):
    if not isinstance(boundaries, list | tuple) or not boundaries:
        raise ValueError(
            "Invalid value for argument `boundaries`. Expected a non-empty list or tuple of "
            f"numbers. Received: boundaries={boundaries!r}."
        )
    if list(boundaries) != sorted(boundaries):
        raise ValueError(
            "Invalid value for argument `boundaries`. Expected increasing numbers. "
            f"Received: boundaries={boundaries!r}."
        )
    return tuple(dict.fromkeys(boundaries))


def bucketized_column(
    source_column: _RealValuedColumn, boundaries: Sequence[float]
) -> _BucketizedColumn:
    """Makes a column of the buckets into which numbers fall. A legacy `tf.contrib.layers` name.

    >>> from estimator_heads.compat.contrib.layers.feature_columns.real import real_valued_column
    >>> bucketized_column(real_valued_column("age"), [18, 65]).length
    3

    Args:
        source_column: What `real_valued_column` returned.
        boundaries: Increasing numbers; a bucket has its lower boundary, but not its upper one.

    Returns:
        A `_BucketizedColumn`.

    Raises:
        TypeError: If `source_column` is another column.
        ValueError: If `boundaries` are none or do not increase.
    """
    return _BucketizedColumn(source_column, boundaries)
