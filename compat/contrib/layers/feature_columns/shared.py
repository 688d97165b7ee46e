"""Columns of embeddings that share one variable."""

from __future__ import annotations

from collections.abc import Sequence

from estimator_heads.compat.contrib.layers.feature_columns.embedding import _EmbeddingColumn
from estimator_heads.compat.contrib.layers.feature_columns.sparse import _SparseColumn
from estimator_heads.compat.contrib.layers.feature_columns.weighted import _WeightedSparseColumn
from estimator_heads.types import Initializer, Path

_COLUMNS_IN_NAME = 3


def shared_embedding_columns(
    sparse_id_columns: Sequence[_SparseColumn | _WeightedSparseColumn],
    dimension: int,
    combiner: str = "mean",
    shared_embedding_name: str | None = None,
    initializer: Initializer | None = None,
    ckpt_to_load_from: Path | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> list[_EmbeddingColumn] | tuple[_EmbeddingColumn, ...]:
    """Makes columns of embeddings that share one variable. A legacy `tf.contrib.layers` name.

    Args:
        sparse_id_columns: List or tuple of columns that `sparse_column_with_*` or
            `weighted_sparse_column` made, with the same ids.
        dimension: Size of an embedding.
        combiner: How the embeddings of one example are combined: "mean", "sqrtn" or "sum".
        shared_embedding_name: Name of the variable; default: made of the names of the columns.
        initializer: Of the variable; default: truncated normal with a standard deviation of
            1 / sqrt(number of ids).
        ckpt_to_load_from: Path of a checkpoint from which the variable starts.
        tensor_name_in_ckpt: Name of the variable there.
        max_norm: Embeddings with a larger L2 norm are scaled to it before they are combined.
        trainable: Whether the variable is trained.

    Returns:
        A tuple of an `_EmbeddingColumn` for each column; of one column, a list, without sharing
        unless `shared_embedding_name` is given.

    Raises:
        TypeError: If `sparse_id_columns` is not a list or tuple of such columns.
        ValueError: If there are none, or they have different ids.
    """
    _check_columns(sparse_id_columns)
    shared_vocab_size = None
    if len(sparse_id_columns) > 1:
        _check_compatible(sparse_id_columns)
        shared_embedding_name = shared_embedding_name or _default_name(sparse_id_columns)
        shared_vocab_size = sparse_id_columns[0].length
    embeddings = [
        _EmbeddingColumn(
            column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name,
            shared_vocab_size,
            max_norm=max_norm,
            trainable=trainable,
        )
        for column in sparse_id_columns
    ]
    return embeddings if len(embeddings) == 1 else tuple(embeddings)


def _check_columns(columns):
    if not isinstance(columns, Sequence) or isinstance(columns, str):
        raise TypeError(
            "Invalid type of argument `sparse_id_columns`. Expected a list or tuple of columns. "
            f"Received: sparse_id_columns={columns!r}."
        )
    if not columns:
        raise ValueError(
            "Invalid value for argument `sparse_id_columns`. Expected at least one column. "
            f"Received: sparse_id_columns={columns!r}."
        )
    for column in columns:
        if not isinstance(column, _SparseColumn | _WeightedSparseColumn):
            raise TypeError(
                "Invalid type in argument `sparse_id_columns`. Expected columns made by "
                f"`sparse_column_with_*` or `weighted_sparse_column`. Received: {column!r}."
            )


def _check_compatible(columns):
    first, *others = columns
    weighted = isinstance(first, _WeightedSparseColumn)
    for other in others:
        if not (first.is_compatible(other) if weighted else other.is_compatible(first)):
            raise ValueError(
                "Invalid value for argument `sparse_id_columns`. Expected columns with the same "
                f"ids: the same vocabulary, or the same number of ids. Received: {first!r} and "
                f"{other!r}."
            )


def _default_name(columns):
    plain = sorted(column for column in columns if isinstance(column, _SparseColumn))
    weighted = (column for column in columns if not isinstance(column, _SparseColumn))
    names = [column.name for column in (*plain, *sorted(weighted, key=lambda c: c.name))]
    name = "_".join(names[:_COLUMNS_IN_NAME])
    if len(names) > _COLUMNS_IN_NAME:
        name += f"_plus_{len(names) - _COLUMNS_IN_NAME}_others"
    return f"{name}_shared_embedding"
