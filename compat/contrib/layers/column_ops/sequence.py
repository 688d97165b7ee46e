"""The input layer of sequences over the columns of tf.feature_column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import tensorflow as tf

from estimator_heads._tensorflow.feature_columns import transformed_features, v1_feature_columns
from estimator_heads.types import FeatureColumn, Tensor

# What sequence columns have, in the newer protocol and in the older one.
_OF_SEQUENCES = ("get_sequence_dense_tensor", "_get_sequence_dense_tensor")


def sequence_input_layer(
    features: Mapping[str, Tensor],
    feature_columns: Iterable[FeatureColumn],
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Makes an input layer of sequence columns. A legacy `tf.contrib.feature_column` name.

    Args:
        features: Dict from names of features to SparseTensor [batch, steps, ...].
        feature_columns: Iterable of `tf.feature_column.sequence_numeric_column`, and of
            `embedding_column` or `indicator_column` around a sequence_categorical_column.
        weight_collections: More collections for the variables.
        trainable: Whether the variables are trained.

    Returns:
        A float32 Tensor [batch, steps, values], with the values of the columns in the order of
        their names, and the int64 lengths of the sequences [batch].

    Raises:
        ValueError: If a column is not a sequence column, or is given twice.
    """
    columns = _in_order(feature_columns)
    with tf.compat.v1.variable_scope(None, "sequence_input_layer", list(features.values())):
        builder = v1_feature_columns()._LazyBuilder(features)
        cache = transformed_features(features)
        tensors, lengths = [], []
        for column in columns:
            with tf.compat.v1.variable_scope(None, getattr(column, "_var_scope_name", column.name)):
                if hasattr(column, "_get_sequence_dense_tensor"):
                    tensor, length = column._get_sequence_dense_tensor(
                        builder, weight_collections=weight_collections, trainable=trainable
                    )
                    size = column._variable_shape.num_elements()
                else:  # it has no variables, and knows the newer protocol only
                    tensor, length = column.get_sequence_dense_tensor(cache, None)
                    size = column.variable_shape.num_elements()
            shape = tf.shape(tensor)
            tensors.append(tf.reshape(tensor, [shape[0], shape[1], size]))
            lengths.append(length)
        same = [tf.debugging.assert_equal(lengths[0], length) for length in lengths[1:]]
        with tf.control_dependencies([check for check in same if check is not None]):
            return tf.concat(tensors, -1), tf.identity(lengths[0])


def _in_order(feature_columns):
    columns: dict[str, FeatureColumn] = {}
    if isinstance(feature_columns, dict):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected an iterable of columns. "
            f"Received a dict: {feature_columns}."
        )
    for column in feature_columns:
        if not any(hasattr(column, name) for name in _OF_SEQUENCES):
            raise ValueError(
                "Invalid value for argument `feature_columns`. Expected sequence columns; wrap a "
                "sequence_categorical_column with embedding_column or indicator_column. "
                f"Received: {column!r}."
            )
        if column.name in columns:
            raise ValueError(
                "Invalid value for argument `feature_columns`. Expected columns with different "
                f"names. Received: {columns[column.name]!r} and {column!r}."
            )
        columns[column.name] = column
    if not columns:
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected at least one column."
        )
    return [columns[name] for name in sorted(columns)]
