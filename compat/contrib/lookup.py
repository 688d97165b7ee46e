"""`tf.contrib.lookup` of TF 1.15: tables from strings to numbers and back."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.contrib import contrib_parts
from estimator_heads.types import Path, Tensor, TensorLike

_lookup = contrib_parts().lookup_ops

FastHashSpec = _lookup.FastHashSpec
HasherSpec = _lookup.HasherSpec
IdTableWithHashBuckets = _lookup.IdTableWithHashBuckets
InitializableLookupTableBase = _lookup.InitializableLookupTableBase
KeyValueTensorInitializer = _lookup.KeyValueTensorInitializer
LookupInterface = _lookup.LookupInterface
MutableDenseHashTable = _lookup.DenseHashTable
MutableHashTable = _lookup.MutableHashTable
StrongHashSpec = _lookup.StrongHashSpec
TableInitializerBase = _lookup.TableInitializerBase
TextFileIdTableInitializer = _lookup.TextFileIdTableInitializer
TextFileIndex = _lookup.TextFileIndex
TextFileInitializer = _lookup.TextFileInitializer
TextFileStringTableInitializer = _lookup.TextFileStringTableInitializer
index_table_from_file = _lookup.index_table_from_file
index_to_string_table_from_file = _lookup.index_to_string_table_from_file


class HashTable(tf.compat.v1.lookup.StaticHashTable):
    """A table that is filled once, by its initializer, as `tf.contrib.lookup.HashTable` is.

    In a graph, run `table.init` or `tf.compat.v1.tables_initializer()` first.

    Args:
        initializer: What fills it, e.g. a `KeyValueTensorInitializer`.
        default_value: The value of keys that it lacks.
        shared_name: Under which sessions share it.
        name: Of the operations; None for "hash_table".
    """

    def __init__(
        self,
        initializer: Any,
        default_value: TensorLike,
        shared_name: str | None = None,
        name: str | None = None,
    ) -> None:
        self._given_name = shared_name
        super().__init__(initializer, default_value, name=name)

    @property
    def init(self) -> tf.Operation:
        """The operation that fills the table."""
        return self.initializer

    def _create_resource(self):
        if self._given_name is not None:
            self._shared_name = self._given_name
        return super()._create_resource()


def index_table_from_tensor(
    mapping: TensorLike,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    dtype: tf.DType = tf.string,
    name: str | None = None,
) -> Any:
    """A table from words to their places in `mapping`.

    As `tf.contrib.lookup.index_table_from_tensor`.

    Args:
        mapping: The words, different ones, of shape [size].
        num_oov_buckets: How many more numbers there are, by hash, for words not in `mapping`.
        default_value: The number of those words if there are none.
        hasher_spec: Which hash.
        dtype: Of what is looked up, tf.string or an integer one.
        name: Of the operations.

    Returns:
        A table with `lookup(tensor)`, whose numbers are int64.

    Raises:
        ValueError: `mapping` is None, or `num_oov_buckets` negative.
    """
    return _lookup.index_table_from_tensor(
        _given(mapping), num_oov_buckets, default_value, hasher_spec, dtype, name
    )


def index_to_string_table_from_tensor(
    mapping: TensorLike, default_value: str = "UNK", name: str | None = None
) -> Any:
    """A table from places in `mapping` to its words, of other numbers to `default_value`.

    As `tf.contrib.lookup.index_to_string_table_from_tensor`.

    Raises:
        ValueError: `mapping` is None.
    """
    return _lookup.index_to_string_table_from_tensor(_given(mapping), default_value, name)


def string_to_index(
    tensor: Tensor, mapping: TensorLike, default_value: int = -1, name: str | None = None
) -> Tensor:
    """The places in `mapping` of words; `tables_initializer` must be run before."""
    return index_table_from_tensor(mapping, default_value=default_value, name=name).lookup(tensor)


def index_to_string(
    tensor: Tensor, mapping: TensorLike, default_value: str = "UNK", name: str | None = None
) -> Tensor:
    """The words at places in `mapping`; `tables_initializer` must be run before."""
    return index_to_string_table_from_tensor(mapping, default_value, name).lookup(tensor)


def string_to_index_table_from_file(
    vocabulary_file: Path | None = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    name: str | None = None,
) -> Any:
    """The older name of `index_table_from_file`, for words only."""
    return index_table_from_file(
        vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec, tf.string, name
    )


def string_to_index_table_from_tensor(
    mapping: TensorLike,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: Any = FastHashSpec,
    name: str | None = None,
) -> Any:
    """The older name of `index_table_from_tensor`, for words only.

    Raises:
        ValueError: `mapping` is not of strings.
    """
    mapping = tf.convert_to_tensor(_given(mapping))
    if mapping.dtype != tf.string:
        raise ValueError(
            "Invalid value for argument `mapping`. Expected strings; for other types, use "
            f"index_table_from_tensor. Received: {mapping!r}."
        )
    return index_table_from_tensor(mapping, num_oov_buckets, default_value, hasher_spec, name=name)


def _given(mapping):
    if mapping is None:
        raise ValueError(
            "Invalid value for argument `mapping`. Expected a tensor of words, of shape [size]. "
            "Received: None."
        )
    return mapping
