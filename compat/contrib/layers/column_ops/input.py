"""The input layers of neural networks: columns as one dense tensor."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.column_ops.transform import inputs_in_order
from estimator_heads.compat.contrib.layers.feature_columns.base import (
    TransformedFeatures,
    _FeatureColumn,
)
from estimator_heads.compat.contrib.layers.feature_columns.crossed import _CrossedColumn
from estimator_heads.compat.contrib.layers.feature_columns.embedding import _EmbeddingColumn
from estimator_heads.compat.contrib.layers.feature_columns.one_hot import _OneHotColumn
from estimator_heads.compat.contrib.layers.feature_columns.rank import with_known_rank
from estimator_heads.compat.contrib.layers.feature_columns.real import _NumbersColumn
from estimator_heads.types import Scope


def input_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Collection[_FeatureColumn],
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
    cols_to_outs: dict[Any, Any] | None = None,
) -> tf.Tensor:
    """Makes an input layer of columns. A legacy `tf.contrib.layers` name.

    Args:
        columns_to_tensors: Dict from names of features to Tensor or SparseTensor. What a column
            made of its features before may be there with the column as the key.
        feature_columns: Iterable of columns that make dense tensors: embeddings, one-hot columns,
            real valued columns and their buckets.
        weight_collections: More collections for the variables.
        trainable: Whether the variables are trained.
        scope: Name or VariableScope for the variables; default: "input_from_feature_columns".
        cols_to_outs: Dict that gets the part of the result that each column makes.

    Returns:
        A float32 Tensor [batch, values], with the values of the columns in the order of their keys.

    Raises:
        ValueError: If a column makes no dense tensor, or two columns have the same key.
        KeyError: If a feature is missing.
    """
    if cols_to_outs is not None and not isinstance(cols_to_outs, dict):
        raise ValueError(
            f"Invalid value for argument `cols_to_outs`. Expected a dict. Received: {cols_to_outs}."
        )
    options = {"weight_collections": weight_collections, "trainable": trainable, "output_rank": 2}
    with _scope(scope, "input_from_feature_columns", columns_to_tensors):
        outputs = _outputs(columns_to_tensors, feature_columns, options)
        if cols_to_outs is not None:
            cols_to_outs.update(outputs)
        return tf.concat(list(outputs.values()), axis=1)


def sequence_input_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Collection[_FeatureColumn],
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
) -> tf.Tensor:
    """Makes an input layer of columns of sequences. A legacy `tf.contrib.layers` name.

    Args:
        columns_to_tensors: Dict from names of features to Tensor or SparseTensor
            [batch, steps, values], or [batch, steps] for one value a step.
        feature_columns: Iterable of embeddings, one-hot columns and real valued columns; those of
            crossed columns are not supported.
        weight_collections: More collections for the variables.
        trainable: Whether the variables are trained.
        scope: Name or VariableScope for the variables; default:
            "sequence_input_from_feature_columns".

    Returns:
        A float32 Tensor [batch, steps, values], with the values of the columns in the order of
        their keys.

    Raises:
        ValueError: If a column is none of these, or two columns have the same key.
        KeyError: If a feature is missing.
    """
    for column in feature_columns:
        _check_sequence_column(column)
    options = {"weight_collections": weight_collections, "trainable": trainable, "output_rank": 3}
    with _scope(scope, "sequence_input_from_feature_columns", columns_to_tensors):
        outputs = _outputs(columns_to_tensors, feature_columns, options, _as_sequences)
        return tf.concat(list(outputs.values()), axis=2)


def _scope(scope, default_name, columns_to_tensors):
    return tf.compat.v1.variable_scope(scope, default_name, list(columns_to_tensors.values()))


def _outputs(columns_to_tensors, feature_columns, options, reshape=lambda tensor, name: tensor):
    """From each column to the dense tensor that it makes, in order."""
    columns_to_tensors = dict(columns_to_tensors)
    inputs = TransformedFeatures(columns_to_tensors)
    outputs = {}
    for column in inputs_in_order(feature_columns):
        with _scope(None, column.name, columns_to_tensors):
            tensor = reshape(inputs.get(column), column.name)
            outputs[column] = column._to_dnn_input_layer(tensor, **options)
    return outputs


def _as_sequences(tensors, column_name):
    """A tensor, or the pair of a weighted column's, with rank 3."""
    reshape = functools.partial(with_known_rank, rank=3, column_name=column_name)
    return tf.nest.map_structure(reshape, tensors)


def _check_sequence_column(column):
    made_of = getattr(column, "sparse_id_column", None)
    crossed = isinstance(made_of, _CrossedColumn)
    if crossed or not isinstance(column, _OneHotColumn | _EmbeddingColumn | _NumbersColumn):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected one-hot, embedding and "
            f"real-valued columns that are not made from crossed columns. Received: {column!r}."
        )
