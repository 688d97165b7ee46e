"""The column of embeddings of categories."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import tensorflow as tf
import tf_slim

from estimator_heads.compat.contrib.layers.feature_columns.base import (
    CategoricalColumn,
    DenseColumn,
    check_checkpoint,
    load_from_checkpoint,
    partitions,
)
from estimator_heads.compat.contrib.layers.feature_columns.rank import flattened
from estimator_heads.types import Initializer, Path


class _EmbeddingColumn(
    DenseColumn,
    namedtuple(
        "_EmbeddingColumn",
        [
            "sparse_id_column",
            "dimension",
            "combiner",
            "initializer",
            "ckpt_to_load_from",
            "tensor_name_in_ckpt",
            "shared_embedding_name",
            "shared_vocab_size",
            "max_norm",
            "trainable",
        ],
    ),
):
    """A column of `dimension` numbers, combined of those that belong to the ids of an example."""

    def __new__(
        cls,
        sparse_id_column: CategoricalColumn,
        dimension: int,
        combiner: str = "mean",
        initializer: Initializer | None = None,
        ckpt_to_load_from: Path | None = None,
        tensor_name_in_ckpt: str | None = None,
        shared_embedding_name: str | None = None,
        shared_vocab_size: int | None = None,
        max_norm: float | None = None,
        trainable: bool = True,
    ) -> _EmbeddingColumn:
        check_initializer(sparse_id_column.name, initializer)
        check_checkpoint(ckpt_to_load_from, tensor_name_in_ckpt)
        if initializer is None:
            stddev = 1 / math.sqrt(_number_of_ids(sparse_id_column))
            initializer = tf.compat.v1.truncated_normal_initializer(stddev=stddev)
        return super().__new__(
            cls,
            sparse_id_column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name,
            shared_vocab_size,
            max_norm,
            trainable,
        )

    @property
    def name(self) -> str:
        shared = "" if self.shared_embedding_name is None else "shared_"
        return f"{self.sparse_id_column.name}_{shared}embedding"

    @property
    def length(self) -> int:
        """Number of ids."""
        return self.shared_vocab_size or self.sparse_id_column.length

    @property
    def config(self) -> dict[str, Any]:
        return self.sparse_id_column.config

    @property
    def key(self) -> str:
        return self._key_without_properties(["initializer"])

    @property
    def _variable_shape(self):
        return tf.TensorShape([self.dimension])

    def _transform_feature(self, inputs):
        return inputs.get(self.sparse_id_column)

    def _wide_embedding_lookup_arguments(self, input_tensor):
        raise ValueError(
            f"{self.name!r} is an embedding column, which cannot be an input of a linear model. "
            "Use the categorical column that it is made from."
        )

    def _to_dnn_input_layer(
        self, input_tensor, weight_collections=None, trainable=True, output_rank=2
    ):
        ids = flattened(self.sparse_id_column.id_tensor(input_tensor), output_rank)
        weights = self.sparse_id_column.weight_tensor(input_tensor)
        if weights is not None:
            weights = flattened(weights, output_rank)
        variable = self._variable(
            trainable=trainable and self.trainable, collections=weight_collections
        )
        load_from_checkpoint(self, partitions(variable))
        return tf.compat.v1.nn.safe_embedding_lookup_sparse(
            partitions(variable),
            ids,
            sparse_weights=weights,
            combiner=self.combiner,
            partition_strategy="div",
            max_norm=self.max_norm,
        )

    def _variable(self, **options):
        shape = [self.length, self.dimension]
        name = self.shared_embedding_name
        if name is None:
            return tf_slim.model_variable("weights", shape, initializer=self.initializer, **options)
        shared = tf.compat.v1.get_collection_ref(f"SHARED_EMBEDDING_COLLECTION_{name.upper()}")
        if not shared:
            shared.append(
                tf_slim.model_variable(name, shape, initializer=self.initializer, **options)
            )
        if len(shared) > 1 or shared[0].shape != shape:
            raise ValueError(
                f"Invalid value for argument `shared_embedding_name`. The embeddings {name!r} "
                f"already exist with another shape. Expected {shape}; use another name. Received: "
                f"{[variable.shape for variable in shared]}."
            )
        return shared[0]


def _number_of_ids(column):
    if not hasattr(column, "length"):
        raise AttributeError(
            "Invalid type of argument `sparse_id_column`. Expected a column made by "
            "`sparse_column_with_*`, `weighted_sparse_column` or `crossed_column`; numeric columns "
            f"need no embedding. Received: {column!r}."
        )
    return column.length


def check_initializer(column_name: str, initializer: Any) -> None:
    """An initializer is None or a function."""
    if initializer is not None and not callable(initializer):
        raise ValueError(
            f"Invalid value for argument `initializer` of the embedding of {column_name!r}. "
            f"Expected a function. Received: initializer={initializer!r}."
        )


def embedding_column(
    sparse_id_column: CategoricalColumn,
    dimension: int,
    combiner: str = "mean",
    initializer: Initializer | None = None,
    ckpt_to_load_from: Path | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> _EmbeddingColumn:
    """Makes a column of embeddings of categories. A legacy `tf.contrib.layers` name.

    >>> from estimator_heads.compat.contrib.layers.feature_columns.ids import (
    ...     sparse_column_with_keys
    ... )
    >>> embedding_column(sparse_column_with_keys("color", ["red", "green"]), dimension=8).name
    'color_embedding'

    Args:
        sparse_id_column: A column that `sparse_column_with_*`, `weighted_sparse_column` or
            `crossed_column` made.
        dimension: Size of an embedding.
        combiner: How the embeddings of one example are combined: "mean", "sqrtn" or "sum".
        initializer: Of the variable; default: truncated normal with a standard deviation of
            1 / sqrt(number of ids).
        ckpt_to_load_from: Path of a checkpoint from which the variable starts.
        tensor_name_in_ckpt: Name of the variable there.
        max_norm: Embeddings with a larger L2 norm are scaled to it before they are combined.
        trainable: Whether the variable is trained.

    Returns:
        An `_EmbeddingColumn`, an input of neural networks.

    Raises:
        ValueError: If `initializer` is not a function, or only one of `ckpt_to_load_from` and
            `tensor_name_in_ckpt` is given.
    """
    return _EmbeddingColumn(
        sparse_id_column,
        dimension,
        combiner,
        initializer,
        ckpt_to_load_from,
        tensor_name_in_ckpt,
        max_norm=max_norm,
        trainable=trainable,
    )
