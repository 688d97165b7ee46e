"""The networks and linear models of canned estimators, over columns of either kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.layers import column_ops
from estimator_heads.compat.contrib.layers.feature_columns.base import _FeatureColumn
from estimator_heads.compat.contrib.layers.feature_columns.embedding import _EmbeddingColumn
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import FeatureColumn, Features, Optimizer

# Variable scopes, and the collections of the variables of each part.
DNN = "dnn"
LINEAR = "linear"

# Input layers and linear models are cut into parts of this many bytes at least.
SLICE_SIZE = 64 << 20

v1 = tf.compat.v1


def feature_dict(features: Features) -> Mapping[str, Any]:
    """Features by name; a single Tensor has the name "", which inferred columns have too."""
    return features if isinstance(features, dict) else {"": features}


def given_optimizer(optimizer: Optimizer | None) -> Optimizer:
    """An optimizer, its name, or what a function makes one of."""
    return optimizer() if callable(optimizer) else optimizer


def partitioner(
    config: CoreRunConfig | None, min_slice_size: int | None = None
) -> Callable[..., Any]:
    """Cuts a variable into at most one part a parameter server.

    Args:
        config: A `RunConfig`, or None.
        min_slice_size: Bytes that a part has at least; None for TensorFlow's default.
    """
    options = {} if min_slice_size is None else {"min_slice_size": min_slice_size}
    servers = config.num_ps_replicas if config else 0
    return v1.min_max_variable_partitioner(max_partitions=servers, **options)


def scope(
    name: str | tf.compat.v1.VariableScope,
    features: Mapping[str, Any],
    partitioner: Callable[..., Any] | None,
) -> tf.compat.v1.variable_scope:
    """The variable scope of a part of a model.

    Args:
        name: Its name, or a scope.
        features: Dict of features.
        partitioner: Of the variables in it.
    """
    return v1.variable_scope(name, values=tuple(features.values()), partitioner=partitioner)


def dnn_logits(
    features: Mapping[str, Any],
    mode: str,
    feature_columns: Collection[FeatureColumn],
    hidden_units: Sequence[int],
    units: int,
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None,
    dropout: float | None,
    input_partitioner: Callable[..., Any] | None,
    add_summary: Callable[[tf.Tensor, str], Any],
) -> tuple[tf.Tensor, str]:
    """The logits of a fully connected network, in the scope at hand.

    Args:
        features: Dict of features.
        mode: One of `ModeKeys`.
        feature_columns: Columns of `tf.contrib.layers`, or of `tf.feature_column`.
        hidden_units: Sizes of the hidden layers, the input's side first.
        units: Dimension of the logits.
        activation_fn: Function applied to the output of each hidden layer, or None.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        input_partitioner: Partitioner of the variables of columns.
        add_summary: Function of the output of a layer and the layer's name.

    Returns:
        A tuple of a Tensor [batch, units], and the name of the scope of the columns' variables.
    """
    with scope("input_from_feature_columns", features, input_partitioner) as input_scope:
        if _are_of_contrib(feature_columns):
            net = column_ops.input_from_feature_columns(
                features, feature_columns, weight_collections=[DNN], scope=input_scope
            )
        else:
            net = v1.feature_column.input_layer(features, feature_columns, weight_collections=[DNN])
    for index, size in enumerate(hidden_units):
        with v1.variable_scope(f"hiddenlayer_{index}", values=(net,)) as layer_scope:
            net = _fully_connected(net, size, activation_fn, layer_scope)
            if dropout is not None and mode == ModeKeys.TRAIN:
                net = slim.dropout(net, keep_prob=1.0 - dropout)
        add_summary(net, layer_scope.name)
    with v1.variable_scope("logits", values=(net,)) as layer_scope:
        logits = _fully_connected(net, units, None, layer_scope)
    add_summary(logits, layer_scope.name)
    return logits, input_scope.name


def linear_logits(
    features: Mapping[str, Any],
    feature_columns: Collection[FeatureColumn],
    units: int,
    joint_weights: bool,
    linear_scope: tf.compat.v1.VariableScope,
) -> tf.Tensor:
    """The logits of a linear model, in the scope at hand.

    Args:
        features: Dict of features.
        feature_columns: Columns of `tf.contrib.layers`, or of `tf.feature_column`.
        units: Dimension of the logits.
        joint_weights: Whether one variable has the weights of all columns of `tf.contrib.layers`.
        linear_scope: The scope at hand.

    Returns:
        A Tensor [batch, units].
    """
    if not _are_of_contrib(feature_columns):
        return v1.feature_column.linear_model(
            features, feature_columns, units=units, weight_collections=[LINEAR]
        )
    weighted_sum: Callable[..., tuple[tf.Tensor, Any, Any]]
    if joint_weights:
        weighted_sum = column_ops.joint_weighted_sum_from_feature_columns
    else:
        weighted_sum = column_ops.weighted_sum_from_feature_columns
    logits, _, _ = weighted_sum(
        features,
        feature_columns,
        num_outputs=units,
        weight_collections=[LINEAR],
        scope=linear_scope,
    )
    return logits


def embedding_multipliers(
    learning_rates: Mapping[FeatureColumn, float] | None, input_scope: str
) -> dict[tf.Variable, float] | None:
    """By what the gradients of embeddings are multiplied.

    Args:
        learning_rates: Dict from embedding columns of `tf.contrib.layers` to numbers, or None.
        input_scope: Name of the scope of the columns' variables.

    Returns:
        Dict from variables to numbers; None if there are none.

    Raises:
        ValueError: A column is of another kind, or is not in the model.
    """
    multipliers = {}
    for column, factor in (learning_rates or {}).items():
        if not isinstance(column, _EmbeddingColumn):
            raise ValueError(
                "Invalid key of argument `embedding_lr_multipliers`. Expected columns made by "
                f"tf.contrib.layers.embedding_column. Received: {column!r}."
            )
        variables = v1.get_collection(DNN, f"{input_scope}/{column.name}")
        if not variables:
            raise ValueError(
                "Invalid key of argument `embedding_lr_multipliers`. Expected columns of the "
                f"network, which has no variable of this one. Received: {column!r}."
            )
        multipliers.update(dict.fromkeys(variables, factor))
    return multipliers or None


def _are_of_contrib(feature_columns):
    return all(isinstance(column, _FeatureColumn) for column in feature_columns)


def _fully_connected(net, size, activation_fn, layer_scope):
    return slim.fully_connected(
        net, size, activation_fn=activation_fn, variables_collections=[DNN], scope=layer_scope
    )
