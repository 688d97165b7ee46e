"""ShardedMutableDenseHashTable: the table of what SDCA knows of each example."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.types import TensorLike


class ShardedMutableDenseHashTable:
    """A hash table in several parts, so that several parameter servers can hold it.

    A key is an integer, or a vector of integers whose first one tells the part. The parts are in
    checkpoints as `<name>-<part>-of-<parts>-keys` and `-values`.

    Args:
        key_dtype: dtype of the keys.
        value_dtype: dtype of the values.
        default_value: Value of a key that the table does not have.
        empty_key: Key that is never looked up or inserted; it marks empty places.
        deleted_key: Another such key, for places that were left.
        num_shards: How many parts there are.
        checkpoint: Whether checkpoints have the table.
        name: Name of the table.

    Reproduces `_ShardedMutableDenseHashTable` of TF 2.15.
    """

    def __init__(
        self,
        key_dtype: tf.DType,
        value_dtype: tf.DType,
        default_value: TensorLike,
        empty_key: TensorLike,
        deleted_key: TensorLike,
        num_shards: int = 1,
        checkpoint: bool = True,
        name: str = "ShardedMutableHashTable",
    ) -> None:
        self._key_dtype = tf.as_dtype(key_dtype)
        with tf.compat.v1.name_scope(name) as scope:
            self._table_name = scope
            self._table_shards = [
                tf.lookup.experimental.DenseHashTable(
                    key_dtype=key_dtype,
                    value_dtype=value_dtype,
                    default_value=default_value,
                    empty_key=empty_key,
                    deleted_key=deleted_key,
                    checkpoint=checkpoint,
                    name=f"{name}-{part}-of-{num_shards}",
                )
                for part in range(1, num_shards + 1)
            ]

    @property
    def name(self) -> str:
        """The name scope of the table."""
        return self._table_name

    @property
    def table_shards(self) -> list[tf.lookup.experimental.DenseHashTable]:
        """List of the parts, each a `tf.lookup.experimental.DenseHashTable`."""
        return self._table_shards

    def size(self, name: str | None = None) -> tf.Tensor:
        """How many keys the table has, a scalar int64 Tensor."""
        with tf.compat.v1.name_scope(name, "sharded_mutable_hash_table_size"):
            return tf.math.add_n([shard.size() for shard in self._table_shards])

    def lookup(self, keys: tf.Tensor, name: str | None = None) -> tf.Tensor:
        """The values of keys.

        Args:
            keys: Tensor of shape [keys] or [keys, integers].
            name: Name of the operation.

        Returns:
            Tensor with the values in its rows.

        Raises:
            TypeError: `keys` have another dtype than the table's.
            ValueError: `keys` have another rank.
        """
        if keys.dtype.base_dtype != self._key_dtype:
            raise TypeError(
                f"Invalid value for argument `keys`. Expected dtype {self._key_dtype.name}. "
                f"Received: dtype {keys.dtype.name}."
            )
        _check_rank(keys)
        if len(self._table_shards) == 1:
            return self._table_shards[0].lookup(keys, name=name)
        rows, keys_by_shard = self._by_shard(keys, tf.range(tf.shape(keys)[0]), keys)
        values = [
            shard.lookup(shard_keys, name=name)
            for shard, shard_keys in zip(self._table_shards, keys_by_shard, strict=True)
        ]
        return tf.dynamic_stitch(rows, values)

    def insert(self, keys: tf.Tensor, values: tf.Tensor, name: str | None = None) -> tf.Operation:
        """An op that puts values into the table.

        Args:
            keys: Tensor of shape [keys] or [keys, integers].
            values: Tensor with the values in its rows.
            name: Name of the operation.

        Raises:
            ValueError: `keys` have another rank.
        """
        _check_rank(keys)
        if len(self._table_shards) == 1:
            return self._table_shards[0].insert(keys, values, name=name)
        parts = zip(self._table_shards, *self._by_shard(keys, keys, values), strict=True)
        return tf.group(
            *(
                shard.insert(shard_keys, shard_values, name=name)
                for shard, shard_keys, shard_values in parts
            )
        )

    def export_sharded(self, name: str | None = None) -> tuple[list[tf.Tensor], list[tf.Tensor]]:
        """Two lists with a Tensor a part: the keys, and the values in the same order."""
        exported = [shard.export(name=name) for shard in self._table_shards]
        return [keys for keys, _ in exported], [values for _, values in exported]

    def _by_shard(self, keys, *tensors):
        """The rows of each tensor in a list for each, with those of one part's keys together."""
        leading = keys if keys.shape.rank == 1 else keys[:, 0]
        shards = tf.cast(tf.math.abs(leading) % len(self._table_shards), tf.int32)
        return [tf.dynamic_partition(tensor, shards, len(self._table_shards)) for tensor in tensors]


def _check_rank(keys):
    if keys.shape.rank not in (1, 2):
        raise ValueError(
            "Invalid value for argument `keys`. Expected a Tensor of rank 1 or 2. "
            f"Received: shape {keys.shape}."
        )
