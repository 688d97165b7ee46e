"""The linear models of columns: what weights of columns add up to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf
import tf_slim

from estimator_heads.compat.contrib.layers.column_ops.transform import in_order, inputs_in_order
from estimator_heads.compat.contrib.layers.feature_columns.base import (
    TransformedFeatures,
    _FeatureColumn,
    load_from_checkpoint,
    partitions,
)
from estimator_heads.compat.contrib.layers.feature_columns.rank import with_known_rank
from estimator_heads.types import Scope


def weighted_sum_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Collection[_FeatureColumn],
    num_outputs: int,
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
) -> tuple[tf.Tensor, dict[_FeatureColumn, list[tf.Variable]], tf.Variable]:
    """Makes a linear model of columns. A legacy `tf.contrib.layers` name.

    Args:
        columns_to_tensors: Dict from names of features to Tensor or SparseTensor. What a column
            made of its features before may be there with the column as the key.
        feature_columns: Iterable of columns of categories, buckets and numbers.
        num_outputs: Number of logits per example.
        weight_collections: More collections for the variables.
        trainable: Whether the variables are trained.
        scope: Name or VariableScope for the variables; default:
            "weighted_sum_from_feature_columns".

    Returns:
        The float32 logits [batch, num_outputs]; a dict from columns to the lists of their
        variables; the variable of the bias.

    Raises:
        ValueError: If a column is an embedding, or two columns have the same key.
        NotImplementedError: If a column is a one-hot column or a scattered embedding.
        KeyError: If a feature is missing.
    """
    columns = inputs_in_order(feature_columns)
    inputs = TransformedFeatures(dict(columns_to_tensors))
    tensors = list(columns_to_tensors.values())
    options = {"trainable": trainable, "collections": weight_collections}
    with tf.compat.v1.variable_scope(scope, "weighted_sum_from_feature_columns", tensors):
        outputs, column_to_variable = [], {}
        for column in columns:
            tensor = inputs.get(column)
            with tf.compat.v1.variable_scope(None, column.name, tensors):
                output, variables = _column_sum(column, tensor, num_outputs, options)
            outputs.append(tf.reshape(output, [-1, num_outputs]))
            column_to_variable[column] = variables
            load_from_checkpoint(column, variables)
        logits, bias = _with_bias(tf.add_n(outputs), num_outputs, options)
        return logits, column_to_variable, bias


def joint_weighted_sum_from_feature_columns(
    columns_to_tensors: Mapping[Any, Any],
    feature_columns: Collection[_FeatureColumn],
    num_outputs: int,
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
    scope: Scope | None = None,
) -> tuple[tf.Tensor, list[tf.Variable], tf.Variable]:
    """Makes a linear model of columns with one variable. A legacy `tf.contrib.layers` name.

    Args:
        columns_to_tensors: Dict from names of features to Tensor or SparseTensor.
        feature_columns: Iterable of columns of categories and buckets, with combiner "sum" and no
            weights.
        num_outputs: Number of logits per example.
        weight_collections: More collections for the variables.
        trainable: Whether the variables are trained.
        scope: Name or VariableScope for the variables; default:
            "joint_weighted_sum_from_feature_columns".

    Returns:
        The float32 logits [batch, num_outputs]; the list of the partitions of the variable; the
        variable of the bias.

    Raises:
        AssertionError: If a column has weights or another combiner, or there is no column.
        NotImplementedError: If a column is one of numbers.
        ValueError: If a column is an embedding, or two columns have the same key.
        KeyError: If a feature is missing.
    """
    columns = in_order(feature_columns)
    inputs = TransformedFeatures(dict(columns_to_tensors))
    tensors = list(columns_to_tensors.values())
    options = {"trainable": trainable, "collections": weight_collections}
    with tf.compat.v1.variable_scope(scope, "joint_weighted_sum_from_feature_columns", tensors):
        lookups = [
            column._wide_embedding_lookup_arguments(inputs.get(column)) for column in columns
        ]
        lookup = _joint_lookup(columns, lookups)
        with tf.compat.v1.variable_scope(None, "linear_weights", tensors):
            output, variables = _lookup_sum(lookup, num_outputs, options)
        logits, bias = _with_bias(output, num_outputs, options)
        return logits, variables, bias


def _column_sum(column, tensor, num_outputs, options):
    """The logits of one column, and the list of the partitions of its variable."""
    try:
        lookup = column._wide_embedding_lookup_arguments(tensor)
    except NotImplementedError:
        return _dense_sum(column, tensor, num_outputs, options)
    return _lookup_sum(lookup, num_outputs, options)


def _lookup_sum(lookup, num_outputs, options):
    variable = tf_slim.model_variable(
        "weights",
        [lookup.vocab_size, num_outputs],
        initializer=lookup.initializer,
        **options,
    )
    output = tf.compat.v1.nn.safe_embedding_lookup_sparse(
        partitions(variable),
        lookup.input_tensor,
        sparse_weights=lookup.weight_tensor,
        combiner=lookup.combiner,
        partition_strategy="div",
    )
    return output, partitions(variable)


def _dense_sum(column, tensor, num_outputs, options):
    numbers = with_known_rank(column._to_dense_tensor(tensor), 2, column.name)
    variable = tf_slim.model_variable(
        "weight",
        [numbers.shape[1], num_outputs],
        initializer=tf.compat.v1.zeros_initializer(),
        **options,
    )
    return tf.matmul(numbers, variable), [variable]


def _joint_lookup(columns, lookups):
    """The lookup for all columns at once: the ids of a column follow those of the one before."""
    for column, lookup in zip(columns, lookups, strict=True):
        if lookup.weight_tensor is not None or lookup.combiner != "sum":
            raise AssertionError(
                "Invalid value for argument `feature_columns`. Expected columns without weights, "
                'with combiner "sum"; use `weighted_sum_from_feature_columns` for others. '
                f"Received: {column!r}."
            )
    if not lookups:
        raise AssertionError(
            "Invalid value for argument `feature_columns`. Expected at least one column."
        )
    size, shifted = 0, []
    for lookup in lookups:
        ids = lookup.input_tensor
        shifted.append(ids.with_values(ids.values + size))
        size += lookup.vocab_size
    return lookups[0]._replace(
        input_tensor=tf.sparse.concat(1, shifted), weight_tensor=None, vocab_size=size
    )


def _with_bias(logits, num_outputs, options):
    bias = tf_slim.model_variable(
        "bias_weight",
        [num_outputs],
        initializer=tf.compat.v1.zeros_initializer(),
        **options,
    )
    return tf.nn.bias_add(logits, bias), bias
