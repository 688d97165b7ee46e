"""The recurrent network of `tf.contrib.learn`: its input, its state, and the unrolled cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.sequence_columns import concatenate_context_input
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.estimator.rnn_logits import _weights_by_the_seed_of_the_graph
from estimator_heads.compat.contrib.layers import column_ops
from estimator_heads.compat.contrib.learn.estimators.rnn_common import RNNKeys
from estimator_heads.types import FeatureColumn


def _get_state_name(i):
    """The name of a part of the state, among features and predictions."""
    return f"{RNNKeys.STATE_PREFIX}_{i}"


def state_tuple_to_dict(state: Any) -> dict[str, tf.Tensor | None]:
    """The parts of a cell's state, by name.

    Args:
        state: Tensor, or nested tuple of Tensors.

    Returns:
        Dict from names to Tensors.
    """
    with tf.compat.v1.name_scope("state_tuple_to_dict"):
        parts = {_get_state_name(i): part for i, part in enumerate(tf.nest.flatten(state))}
        return {
            name: None if part is None else tf.identity(part, name=name)
            for name, part in parts.items()
        }


def dict_to_state_tuple(input_dict: Mapping[str, Any], cell: Any) -> Any:
    """The first state of a cell, of parts that are among the features.

    Args:
        input_dict: Dict of features.
        cell: The cell.

    Returns:
        Tensor, or nested tuple of Tensors; None if no part is there.

    Raises:
        ValueError: If some parts are there, and others are not, or one has another rank.
    """
    sizes = tf.nest.flatten(cell.state_size)
    parts = {}
    with tf.compat.v1.name_scope("dict_to_state_tuple"):
        for i, size in enumerate(sizes):
            name = _get_state_name(i)
            part = input_dict.get(name)
            if part is not None:
                checks = [
                    tf.compat.v1.assert_rank(part, 2),
                    tf.compat.v1.assert_equal(tf.shape(part)[1], size),
                ]
                with tf.control_dependencies(checks):
                    parts[name] = tf.identity(part, name=name)
    if not parts:
        return None
    if len(parts) < len(sizes):
        raise ValueError(
            "Invalid features. Expected all parts of the state or none: "
            f"{[_get_state_name(i) for i in range(len(sizes))]}. Received: {sorted(parts)}."
        )
    return tf.nest.pack_sequence_as(cell.state_size, list(parts.values()))


def build_sequence_input(
    features: Mapping[str, Any],
    sequence_feature_columns: Collection[FeatureColumn],
    context_feature_columns: Collection[FeatureColumn] | None,
    weight_collections: Sequence[str] | None = None,
    scope: str | tf.compat.v1.VariableScope | None = None,
) -> tf.Tensor:
    """The input of a recurrent network: columns of sequences, and the context at each step.

    Args:
        features: Dict of Tensors and SparseTensors.
        sequence_feature_columns: Columns of `tf.contrib.layers` over sequences.
        context_feature_columns: Columns of what is the same for all steps, or None.
        weight_collections: More collections for the variables.
        scope: As for `tf.contrib.layers.sequence_input_from_feature_columns`.

    Returns:
        A float32 Tensor [batch, length, values].
    """
    context_columns = context_feature_columns
    all_columns = [*sequence_feature_columns, *(context_columns or [])]
    transformed: dict[Any, Any] = column_ops.transform_features(features, all_columns)
    features = {**features, **transformed}
    options: dict[str, Any] = {"weight_collections": weight_collections, "scope": scope}
    sequence_input = column_ops.sequence_input_from_feature_columns(
        features, sequence_feature_columns, **options
    )
    if context_columns is None:
        return sequence_input
    context_input = column_ops.input_from_feature_columns(features, context_columns, **options)
    return concatenate_context_input(context_input, sequence_input)


def construct_rnn(
    initial_state: Any,
    sequence_input: tf.Tensor,
    cell: Any,
    num_label_columns: int,
    dtype: tf.DType = tf.float32,
    parallel_iterations: int | None = 32,
    swap_memory: bool = True,
) -> tuple[tf.Tensor, Any]:
    """Unrolls a cell over sequences, with a linear layer behind it.

    Args:
        initial_state: As of `dict_to_state_tuple`.
        sequence_input: Tensor [batch, length, values].
        cell: The cell.
        num_label_columns: Size of the linear layer.
        dtype: That of the state.
        parallel_iterations: As for `tf.compat.v1.nn.dynamic_rnn`.
        swap_memory: As for `tf.compat.v1.nn.dynamic_rnn`.

    Returns:
        A tuple of a Tensor [batch, length, num_label_columns], and the last state.
    """
    with tf.compat.v1.name_scope("RNN"):
        with _weights_by_the_seed_of_the_graph():
            outputs, final_state = tf.compat.v1.nn.dynamic_rnn(
                cell=cell,
                inputs=sequence_input,
                initial_state=initial_state,
                dtype=dtype,
                parallel_iterations=parallel_iterations,
                swap_memory=swap_memory,
            )
        activations = slim.fully_connected(outputs, num_label_columns, activation_fn=None)
        return activations, final_state
