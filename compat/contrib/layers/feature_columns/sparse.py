"""What the columns of categories have in common: values of one feature become ids."""

from __future__ import annotations

from collections import namedtuple
from typing import Any, TypeVar

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import CategoricalColumn
from estimator_heads.compat.contrib.layers.feature_columns.rank import with_rank
from estimator_heads.types import Path, TensorLike

_Column = TypeVar("_Column", bound="_SparseColumn")


class _SparseIdLookupConfig(
    namedtuple(
        "_SparseIdLookupConfig",
        ["vocabulary_file", "keys", "num_oov_buckets", "vocab_size", "default_value"],
    )
):
    """Which value has which id: the order of `keys`, or of the lines of `vocabulary_file`."""

    def __new__(
        cls,
        vocabulary_file: Path | None = None,
        keys: tuple[str | int, ...] | None = None,
        num_oov_buckets: int = 0,
        vocab_size: int | None = None,
        default_value: int = -1,
    ) -> _SparseIdLookupConfig:
        return super().__new__(
            cls, vocabulary_file, keys, num_oov_buckets, vocab_size, default_value
        )


class _SparseColumn(
    CategoricalColumn,
    namedtuple(
        "_SparseColumn",
        ["column_name", "is_integerized", "bucket_size", "lookup_config", "combiner", "dtype"],
    ),
):
    """Base of the columns that make ids of the values of one feature.

    The number of ids is `bucket_size`, or is that of `lookup_config`. The feature is a
    SparseTensor, or a Tensor in which "" and -1 stand for no value.
    """

    def __new__(
        cls: type[_Column],
        column_name: str,
        is_integerized: bool = False,
        bucket_size: int | None = None,
        lookup_config: _SparseIdLookupConfig | None = None,
        combiner: str = "sum",
        dtype: tf.DType = tf.string,
    ) -> _Column:
        _check_dtype(column_name, is_integerized, dtype)
        _check_size(column_name, is_integerized, bucket_size, lookup_config)
        return super().__new__(
            cls, column_name, is_integerized, bucket_size, lookup_config, combiner, dtype
        )

    @property
    def name(self) -> str:
        return self.column_name

    @property
    def length(self) -> int:
        """Number of ids."""
        if self.bucket_size is not None:
            return self.bucket_size
        return self.lookup_config.vocab_size + self.lookup_config.num_oov_buckets

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: tf.io.VarLenFeature(self.dtype)}

    def is_compatible(self, other_column: _SparseColumn) -> bool:
        """Whether the ids of `other_column` may mean the same, as shared embeddings require."""
        if self.lookup_config and other_column.lookup_config:
            return self.lookup_config == other_column.lookup_config
        same_dtype = self.dtype == other_column.dtype
        both_integers = self.dtype.is_integer and other_column.dtype.is_integer
        return self.length == other_column.length and (same_dtype or both_integers)

    def _transform_feature(self, inputs):
        return self._do_transform(_sparse_values(inputs.get(self.name), self.name))

    def _do_transform(self, input_tensor):
        return input_tensor.with_values(self._ids(input_tensor.values))

    def _ids(self, values):
        raise NotImplementedError(f"{type(self).__name__} has no ids.")


def _check_dtype(column_name, is_integerized, dtype):
    expected = "an integer type" if is_integerized else "tf.string or an integer type"
    if not dtype.is_integer and (is_integerized or dtype != tf.string):
        raise ValueError(
            f"Invalid value for argument `dtype` of column {column_name!r}. Expected {expected}. "
            f"Received: dtype={dtype}."
        )


def _check_size(column_name, is_integerized, bucket_size, lookup_config):
    received = f"Received: bucket_size={bucket_size}, lookup_config={lookup_config}."
    if (bucket_size is None) == (not lookup_config) or (is_integerized and bucket_size is None):
        raise ValueError(
            f"Invalid size of column {column_name!r}. Expected either `bucket_size` or "
            f"`lookup_config`, and `bucket_size` for features that are ids already. {received}"
        )
    if bucket_size is not None and bucket_size < 1:
        raise ValueError(
            f"Invalid value for argument `bucket_size` of column {column_name!r}. Expected an "
            f"integer >= 1. {received}"
        )
    if lookup_config and not isinstance(lookup_config, _SparseIdLookupConfig):
        raise TypeError(
            f"Invalid type of argument `lookup_config` of column {column_name!r}. Expected a "
            f"_SparseIdLookupConfig. {received}"
        )
    if lookup_config and lookup_config.vocabulary_file and lookup_config.vocab_size is None:
        raise ValueError(no_vocab_size(column_name))


def no_vocab_size(column_name: str) -> str:
    return (
        f"Invalid value for argument `vocab_size` of column {column_name!r}. Expected the number "
        "of lines of the vocabulary file to use. Received: vocab_size=None."
    )


def without(dense_tensor: TensorLike, ignored: str | int) -> tf.SparseTensor:
    """A Tensor as a SparseTensor of its values except `ignored`."""
    dense_tensor = tf.convert_to_tensor(dense_tensor)
    indices = tf.where(tf.not_equal(dense_tensor, tf.cast(ignored, dense_tensor.dtype)))
    shape = tf.shape(dense_tensor, out_type=tf.int64)
    return tf.SparseTensor(indices, tf.gather_nd(dense_tensor, indices), shape)


def _sparse_values(tensor, column_name):
    if isinstance(tensor, tf.SparseTensor):
        return tensor
    ignored = "" if tensor.dtype == tf.string else -1
    return without(with_rank(tensor, 2, column_name), ignored)
