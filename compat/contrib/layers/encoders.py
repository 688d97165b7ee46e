"""`embed_sequence`, `bow_encoder` and `embedding_lookup_unique` of `tf.contrib.layers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib import slim
from estimator_heads.types import Initializer, Reuse, Scope, TensorLike

tf1 = tf.compat.v1


def embed_sequence(
    ids: TensorLike,
    vocab_size: int | None = None,
    embed_dim: int | None = None,
    unique: bool = False,
    initializer: Initializer | None = None,
    regularizer: Callable[[tf.Tensor], Any] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
    reuse: Reuse = None,
) -> tf.Tensor:
    """Looks up a vector for each symbol of sequences, as `tf.contrib.layers.embed_sequence` does.

    The vectors are the model variable `embeddings`, of shape [vocab_size, embed_dim].

    Args:
        ids: The symbols, an integer tensor of shape [batch, length].
        vocab_size: How many symbols there are.
        embed_dim: How long a vector is.
        unique: Whether a symbol that is repeated is looked up only once.
        initializer: Of the variable; None for that of the variable scope.
        regularizer: Of the variable.
        trainable: Whether the variable is trained.
        scope: Name of the variable scope; None for "EmbedSequence", made unique.
        reuse: Whether the variable is there already; then both sizes may be left out.

    Returns:
        A float32 tensor of shape [batch, length, embed_dim].

    Raises:
        ValueError: Without `reuse`, one of the sizes is missing.
    """
    if not reuse:
        _check_sizes(vocab_size, embed_dim)
    with tf1.variable_scope(scope, "EmbedSequence", [ids], reuse=reuse):
        known = vocab_size is not None and embed_dim is not None
        embeddings = slim.model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim] if known else None,
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        look_up = embedding_lookup_unique if unique else tf1.nn.embedding_lookup
        return look_up(embeddings, ids)


def bow_encoder(
    ids: TensorLike,
    vocab_size: int,
    embed_dim: int,
    sparse_lookup: bool = True,
    initializer: Initializer | None = None,
    regularizer: Callable[[tf.Tensor], Any] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
    reuse: Reuse = None,
) -> tf.Tensor:
    """Averages the vectors of the symbols of a text, as `tf.contrib.layers.bow_encoder` does.

    Args:
        ids: The symbols, an integer tensor of shape [batch, length], or a `tf.SparseTensor`.
        vocab_size: How many symbols there are.
        embed_dim: How long a vector is.
        sparse_lookup: Whether the symbol 0 is padding, which counts for nothing. A text of padding
            alone gets the vector of symbol 0.
        initializer: Of the variable `embeddings`; None for that of the variable scope.
        regularizer: Of the variable.
        trainable: Whether the variable is trained.
        scope: Name of the variable scope; None for "bow_encoder", made unique.
        reuse: Whether the variable is there already.

    Returns:
        A float32 tensor of shape [batch, embed_dim].

    Raises:
        ValueError: One of the sizes is missing.
        TypeError: `ids` is sparse and `sparse_lookup` False.
    """
    _check_sizes(vocab_size, embed_dim)
    with tf1.variable_scope(scope, "bow_encoder", [ids], reuse=reuse):
        embeddings = slim.model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim],
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        is_sparse = isinstance(ids, tf.SparseTensor)
        if sparse_lookup:
            sparse_ids = ids if is_sparse else slim.dense_to_sparse(ids)
            return tf1.nn.safe_embedding_lookup_sparse(
                [embeddings], sparse_ids, combiner="mean", default_id=0
            )
        if is_sparse:
            raise TypeError(
                "Invalid type of argument `ids`. Expected a dense tensor because "
                f"sparse_lookup=False. Received: {ids!r}. Use tf.sparse.to_dense(ids)."
            )
        return tf.reduce_mean(tf1.nn.embedding_lookup(embeddings, ids), axis=1)


def embedding_lookup_unique(
    params: TensorLike, ids: TensorLike, partition_strategy: str = "mod", name: str | None = None
) -> tf.Tensor:
    """Looks up each distinct id once, as `tf.contrib.layers.embedding_lookup_unique` does.

    This pays when ids are often repeated and the vectors are on another machine.

    Args:
        params: The vectors, a tensor of shape [vocabulary, ...], or a list of its parts.
        ids: An integer tensor of any shape.
        partition_strategy: How `params` is divided, "mod" or "div".
        name: Of the operations; None for "EmbeddingLookupUnique".

    Returns:
        A tensor of the shape of `ids` followed by that of a vector.
    """
    with tf1.name_scope(name, "EmbeddingLookupUnique", [params, ids]):
        ids = tf.convert_to_tensor(ids)
        distinct, positions = tf.unique(tf.reshape(ids, [-1]))
        vectors = tf1.nn.embedding_lookup(params, distinct, partition_strategy)
        return tf.gather(vectors, tf.reshape(positions, tf.shape(ids)))


def _check_sizes(vocab_size, embed_dim):
    if not (vocab_size and embed_dim):
        raise ValueError(
            "Invalid value for arguments `vocab_size` and `embed_dim`. Expected two integers > 0 "
            "(only embed_sequence(reuse=True) works without them). Received: "
            f"vocab_size={vocab_size}, embed_dim={embed_dim}."
        )
