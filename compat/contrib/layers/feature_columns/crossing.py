"""Crosses of features: the ids of all combinations of their values in an example."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.rank import rank_of

# The legacy name for the key with which new models should cross.
SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY = 956888297470

_SEED = 0xDECAFCAFFE
_STEP = 0x9E3779B97F4A7800 - 2**64  # as int64


def sparse_feature_cross(
    inputs: Sequence[tf.Tensor | tf.SparseTensor], num_buckets: int, hash_key: int | None = None
) -> tf.SparseTensor:
    """The ids of all combinations of one value from each of `inputs`.

    Args:
        inputs: List of SparseTensor [batch, values] and Tensor [batch, values] or [batch], of
            strings or integers. Sparse ones are combined first.
        num_buckets: Number of ids.
        hash_key: Key of the hash of a combination. None or 0 take the hash of the first versions
            of tf.contrib, which TensorFlow itself does not have any more.

    Returns:
        An int64 SparseTensor [batch, most combinations], in which the values of the last of the
        inputs change first.

    Raises:
        ValueError: If a SparseTensor has another rank.
    """
    for tensor in inputs:
        if rank_of(tensor) not in (None, 2) and isinstance(tensor, tf.SparseTensor):
            raise ValueError(
                "Invalid shape of a crossed feature. Expected a SparseTensor of rank 2, "
                f"[batch, values]. Received: {tensor}."
            )
    inputs = [value if _is_string(value) else tf.cast(value, tf.int64) for value in inputs]
    if hash_key:
        return _cross_with_key(inputs, num_buckets, hash_key)
    return _cross_without_key(inputs, num_buckets)


def _is_string(tensor):
    return tensor.dtype == tf.string


def _split(inputs):
    sparse = [tensor for tensor in inputs if isinstance(tensor, tf.SparseTensor)]
    dense = [
        tf.reshape(tensor, [tf.shape(tensor)[0], -1])  # the op would end the process otherwise
        for tensor in inputs
        if not isinstance(tensor, tf.SparseTensor)
    ]
    return sparse, dense


def _cross_with_key(inputs, num_buckets, hash_key):
    sparse, dense = _split(inputs)
    crossed = tf.raw_ops.SparseCross(
        indices=[tensor.indices for tensor in sparse],
        values=[tensor.values for tensor in sparse],
        shapes=[tensor.dense_shape for tensor in sparse],
        dense_inputs=dense,
        hashed_output=True,
        num_buckets=num_buckets,
        hash_key=hash_key,
        out_type=tf.int64,
        internal_type=tf.string if all(map(_is_string, inputs)) else tf.int64,
    )
    return tf.SparseTensor(*crossed)


def _cross_without_key(inputs, num_buckets):
    """Combinations grow by one input at a time, and so does their hash."""
    sparse, dense = _split(inputs)
    inputs = [*sparse, *map(_as_sparse, dense)]
    batch = inputs[0].dense_shape[0]
    counts, hashes = tf.ones([batch], tf.int64), tf.fill([batch], tf.constant(_SEED, tf.int64))
    for tensor in inputs:
        values = _fingerprint(tensor.values) if _is_string(tensor) else tensor.values
        indices = tf.ensure_shape(tensor.indices, [None, 2])
        values_of_row = tf.math.unsorted_segment_sum(tf.ones_like(values), indices[:, 0], batch)
        rows, within = _positions(counts * values_of_row)
        size = tf.gather(values_of_row, rows)
        old = tf.gather(_starts(counts), rows) + within // size
        new = tf.gather(_starts(values_of_row), rows) + within % size
        hashes = _combined(tf.gather(hashes, old), tf.gather(values, new))
        counts *= values_of_row
    rows, within = _positions(counts)
    unsigned = tf.bitcast(hashes, tf.uint64) % tf.constant(num_buckets, tf.uint64)
    return tf.SparseTensor(
        tf.stack([rows, within], axis=1),
        tf.cast(unsigned, tf.int64),
        tf.stack([batch, tf.reduce_max(tf.concat([counts, [0]], 0))]),
    )


def _as_sparse(dense):
    everywhere = tf.where(tf.ones_like(dense, tf.bool))
    return tf.SparseTensor(everywhere, tf.reshape(dense, [-1]), tf.shape(dense, tf.int64))


def _starts(counts):
    return tf.cumsum(counts, exclusive=True)


def _positions(counts):
    """For the elements of rows with these counts: the row, and the position in the row."""
    ends = tf.cumsum(counts)
    elements = tf.range(tf.reduce_sum(counts))
    rows = tf.searchsorted(ends, elements, side="right", out_type=tf.int64)
    return rows, elements - tf.gather(ends - counts, rows)


def _fingerprint(strings):
    """The 64-bit FarmHash of each string, as int64."""
    return tf.bitcast(tf.raw_ops.Fingerprint(data=strings, method="farmhash64"), tf.int64)


def _combined(left, right):
    """left ^ (right + step + (left << 10) + (left >> 4)), in int64 that wraps around."""
    mixed = right + _STEP + tf.bitwise.left_shift(left, tf.constant(10, tf.int64))
    return tf.bitwise.bitwise_xor(
        left, mixed + tf.bitwise.right_shift(left, tf.constant(4, tf.int64))
    )
