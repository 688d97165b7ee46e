"""The columns of categories, which differ in how a value of the feature becomes an id."""

from __future__ import annotations

from collections.abc import Iterable

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.sparse import (
    _SparseColumn,
    _SparseIdLookupConfig,
    no_vocab_size,
)
from estimator_heads.types import Path


class _SparseColumnIntegerized(_SparseColumn):
    """A column of integers, which are ids already."""

    def _ids(self, values):
        return tf.math.floormod(values, self.bucket_size)


class _SparseColumnHashed(_SparseColumn):
    """A column of values whose hash is the id."""

    hash_keys: list[list[int]] | None

    def __new__(
        cls,
        column_name: str,
        is_integerized: bool = False,
        bucket_size: int | None = None,
        lookup_config: _SparseIdLookupConfig | None = None,
        combiner: str = "sum",
        dtype: tf.DType = tf.string,
        hash_keys: list[list[int]] | None = None,
    ) -> _SparseColumnHashed:
        if hash_keys is not None:
            _check_hash_keys(hash_keys)
        column = super().__new__(
            cls, column_name, is_integerized, bucket_size, lookup_config, combiner, dtype
        )
        column.hash_keys = hash_keys
        return column

    def _do_transform(self, input_tensor):
        if not self.hash_keys:
            return super()._do_transform(input_tensor)
        strings = self._strings(input_tensor.values)
        hashed = [
            tf.strings.to_hash_bucket_strong(strings, self.bucket_size, key)
            for key in self.hash_keys
        ]
        return tf.sparse.concat(1, [input_tensor.with_values(ids) for ids in hashed])

    def _ids(self, values):
        return tf.strings.to_hash_bucket_fast(self._strings(values), self.bucket_size)

    def _strings(self, values):
        if self.dtype.is_integer:
            return tf.strings.as_string(values)
        _require_dtype(self, values)
        return values


def _require_dtype(column, values):
    if values.dtype != column.dtype:
        raise TypeError(
            f"Invalid dtype of the feature {column.name!r}. Expected {column.dtype}, the dtype of "
            f"its column. Received: {values.dtype}."
        )


def _check_hash_keys(hash_keys):
    def is_pair(key):
        return isinstance(key, list) and len(key) == 2 and all(isinstance(i, int) for i in key)

    if not isinstance(hash_keys, list) or not hash_keys or not all(map(is_pair, hash_keys)):
        raise ValueError(
            "Invalid value for argument `hash_keys`. Expected a list of lists of two integers. "
            f"Received: hash_keys={hash_keys!r}."
        )


class _SparseColumnKeys(_SparseColumn):
    """A column of values of which a list says the ids."""

    def _ids(self, values):
        keys = tf.constant(self.lookup_config.keys)
        if not (keys.dtype.is_integer if self.dtype.is_integer else keys.dtype == self.dtype):
            raise ValueError(
                f"Invalid value for argument `keys` of column {self.name!r}. Expected values of "
                f"dtype {self.dtype}. Received: keys={self.lookup_config.keys}."
            )
        _require_dtype(self, values)
        if keys.dtype.is_integer:
            keys, values = tf.cast(keys, tf.int64), tf.cast(values, tf.int64)
        ids = tf.range(len(self.lookup_config.keys), dtype=tf.int64)
        return _table(
            tf.lookup.KeyValueTensorInitializer(keys, ids), self.lookup_config.default_value
        ).lookup(values)


class _SparseColumnVocabulary(_SparseColumn):
    """A column of values of which a file says the ids."""

    def _ids(self, values):
        config = self.lookup_config
        lines = tf.lookup.TextFileInitializer(
            config.vocabulary_file,
            key_dtype=tf.string,
            key_index=tf.lookup.TextFileIndex.WHOLE_LINE,
            value_dtype=tf.int64,
            value_index=tf.lookup.TextFileIndex.LINE_NUMBER,
            vocab_size=config.vocab_size,
        )
        if config.num_oov_buckets:
            table = tf.compat.v1.lookup.StaticVocabularyTable(lines, config.num_oov_buckets)
        else:
            table = _table(lines, config.default_value)
        return table.lookup(tf.strings.as_string(values) if self.dtype.is_integer else values)


def _table(initializer, default_value):
    return tf.compat.v1.lookup.StaticHashTable(initializer, default_value)


def sparse_column_with_integerized_feature(
    column_name: str, bucket_size: int, combiner: str = "sum", dtype: tf.DType = tf.int64
) -> _SparseColumnIntegerized:
    """Makes a column of integers that are ids already. A legacy `tf.contrib.layers` name.

    Args:
        column_name: Name of the feature, a SparseTensor or a Tensor in which -1 stands for none.
        bucket_size: Number of ids; an id is taken modulo this.
        combiner: How a linear model combines the ids of one example: "sum", "mean" or "sqrtn".
        dtype: An integer type.

    Returns:
        A `_SparseColumnIntegerized`.

    Raises:
        ValueError: If `bucket_size` is less than 1, or `dtype` is not an integer type.
    """
    return _SparseColumnIntegerized(
        column_name, is_integerized=True, bucket_size=bucket_size, combiner=combiner, dtype=dtype
    )


def sparse_column_with_hash_bucket(
    column_name: str,
    hash_bucket_size: int,
    combiner: str = "sum",
    dtype: tf.DType = tf.string,
    hash_keys: list[list[int]] | None = None,
) -> _SparseColumnHashed:
    """Makes a column of values whose hash is the id. A legacy `tf.contrib.layers` name.

    >>> country = sparse_column_with_hash_bucket("country", hash_bucket_size=100)
    >>> country.name, country.length
    ('country', 100)

    Args:
        column_name: Name of the feature, a SparseTensor or a Tensor in which "" (of integers: -1)
            stands for none.
        hash_bucket_size: Number of ids.
        combiner: How a linear model combines the ids of one example: "sum", "mean" or "sqrtn".
        dtype: tf.string, or an integer type, whose values are hashed as decimal strings.
        hash_keys: List of pairs (lists) of integers. A value gets one id for each, from SipHash
            with this key; default: one id, from FarmHash.

    Returns:
        A `_SparseColumnHashed`.

    Raises:
        ValueError: If the size, `dtype` or `hash_keys` is none of these.
    """
    return _SparseColumnHashed(
        column_name,
        bucket_size=hash_bucket_size,
        combiner=combiner,
        dtype=dtype,
        hash_keys=hash_keys,
    )


def sparse_column_with_keys(
    column_name: str,
    keys: Iterable[str | int],
    default_value: int = -1,
    combiner: str = "sum",
    dtype: tf.DType = tf.string,
) -> _SparseColumnKeys:
    """Makes a column of values that a list numbers. A legacy `tf.contrib.layers` name.

    >>> sparse_column_with_keys("color", ["red", "green"]).length
    2

    Args:
        column_name: Name of the feature, a SparseTensor or a Tensor in which "" (of integers: -1)
            stands for none.
        keys: The values, in the order of their ids.
        default_value: Id of all other values; those with id -1 count for nothing.
        combiner: How a linear model combines the ids of one example: "sum", "mean" or "sqrtn".
        dtype: tf.string or an integer type, of keys and feature.

    Returns:
        A `_SparseColumnKeys`.
    """
    keys = tuple(keys)
    config = _SparseIdLookupConfig(keys=keys, vocab_size=len(keys), default_value=default_value)
    return _SparseColumnKeys(column_name, lookup_config=config, combiner=combiner, dtype=dtype)


def sparse_column_with_vocabulary_file(
    column_name: str,
    vocabulary_file: Path,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    combiner: str = "sum",
    dtype: tf.DType = tf.string,
) -> _SparseColumnVocabulary:
    """Makes a column of values that the lines of a file number. A legacy `tf.contrib.layers` name.

    Args:
        column_name: Name of the feature, a SparseTensor or a Tensor in which "" (of integers: -1)
            stands for none.
        vocabulary_file: Path of a text file with one value a line.
        num_oov_buckets: Number of ids after these, over which all other values are hashed.
        vocab_size: Number of lines that count. Required.
        default_value: Id of all other values if there are no such buckets; those with id -1 count
            for nothing.
        combiner: How a linear model combines the ids of one example: "sum", "mean" or "sqrtn".
        dtype: tf.string, or an integer type, whose values are looked up as decimal strings.

    Returns:
        A `_SparseColumnVocabulary`.

    Raises:
        ValueError: If `vocab_size` is None.
    """
    if vocab_size is None:
        raise ValueError(no_vocab_size(column_name))
    config = _SparseIdLookupConfig(
        vocabulary_file=vocabulary_file,
        num_oov_buckets=num_oov_buckets,
        vocab_size=vocab_size,
        default_value=default_value,
    )
    return _SparseColumnVocabulary(
        column_name, lookup_config=config, combiner=combiner, dtype=dtype
    )
