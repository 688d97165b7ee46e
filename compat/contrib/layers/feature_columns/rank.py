"""Tensors of other ranks made fit for an input layer, dense or sparse."""

from __future__ import annotations

import math

import tensorflow as tf


def rank_of(tensor: tf.Tensor | tf.SparseTensor) -> int | None:
    """The rank of a Tensor or SparseTensor, or None if the graph does not say."""
    if isinstance(tensor, tf.SparseTensor):
        return tensor.dense_shape.shape[0]
    return tensor.shape.rank


def with_rank(
    tensor: tf.Tensor | tf.SparseTensor, rank: int, column_name: str
) -> tf.Tensor | tf.SparseTensor:
    """The Tensor or SparseTensor with this rank.

    A tensor of one dimension less gets a last one of size 1; with more, the inner dimensions
    become one. A dense tensor whose rank the graph does not say is flattened.

    Raises:
        ValueError: If the tensor has two dimensions less.
    """
    given = rank_of(tensor)
    if given == rank:
        return tensor
    if given is None or given > rank:
        return flattened(tensor, rank)
    if given < rank - 1:
        raise ValueError(
            f"Invalid shape of the feature of column {column_name!r}. Expected rank {rank}; "
            "sequences are [batch, steps, values], other features [batch, values]. "
            f"Received rank {given}."
        )
    if isinstance(tensor, tf.SparseTensor):
        return tf.sparse.reshape(tensor, tf.concat([tensor.dense_shape, [1]], 0))
    return tf.expand_dims(tensor, -1)


def with_known_rank(
    tensor: tf.Tensor | tf.SparseTensor, rank: int, column_name: str
) -> tf.Tensor | tf.SparseTensor:
    """As `with_rank`, but for tensors whose rank the graph says.

    Raises:
        ValueError: If the graph does not say it, or if the tensor has two dimensions less.
    """
    if rank_of(tensor) is None:
        raise ValueError(
            f"Invalid shape of the feature of column {column_name!r}. Expected a tensor of known "
            f"rank; give it one with `set_shape` or `tf.reshape`. Received: {tensor}."
        )
    return with_rank(tensor, rank, column_name)


def flattened(tensor: tf.Tensor | tf.SparseTensor, rank: int) -> tf.Tensor | tf.SparseTensor:
    """The Tensor or SparseTensor with its inner dimensions made one, so that it has this rank."""
    if isinstance(tensor, tf.SparseTensor):
        return _flattened_sparse(tensor, rank)
    result = tf.reshape(tensor, tf.concat([tf.shape(tensor)[: rank - 1], [-1]], 0))
    if tensor.shape.rank is not None:
        outer, inner = tensor.shape[: rank - 1], tensor.shape[rank - 1 :]
        size = math.prod(inner) if inner.is_fully_defined() else None
        result.set_shape(outer.concatenate([size]))
    return result


def _flattened_sparse(tensor, rank):
    given = rank_of(tensor)
    if given is None or given < rank:
        raise ValueError(
            f"Invalid shape of a sparse feature. Expected rank {rank} or more. "
            f"Received rank {given}."
        )
    if given == rank:
        return tensor
    shape = tensor.dense_shape
    inner = tf.reduce_prod(shape[rank - 1 :])
    return tf.sparse.reshape(tensor, tf.concat([shape[: rank - 1], [inner]], 0))
