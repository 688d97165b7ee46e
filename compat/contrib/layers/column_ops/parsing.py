"""Columns made of serialized examples."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.column_ops.transform import (
    check_feature_columns,
    in_order,
)
from estimator_heads.compat.contrib.layers.feature_columns.base import (
    TransformedFeatures,
    _FeatureColumn,
)
from estimator_heads.compat.contrib.layers.feature_columns.parsing import (
    _create_sequence_feature_spec_for_parsing,
    create_feature_spec_for_parsing,
)
from estimator_heads.types import Tensor, TensorLike


def parse_feature_columns_from_examples(
    serialized: TensorLike,
    feature_columns: Collection[_FeatureColumn],
    name: str | None = None,
    example_names: TensorLike | None = None,
) -> dict[Any, Any]:
    """Parses the features of columns and applies these. A legacy `tf.contrib.layers` name.

    Args:
        serialized: String Tensor [batch] of `tf.train.Example`.
        feature_columns: Iterable of columns.
        name: Name of the op.
        example_names: String Tensor [batch], names for error messages.

    Returns:
        A dict from the names of features to the parsed tensors, and from columns to what they make
        of these, which `input_from_feature_columns` takes.
    """
    columns = in_order(feature_columns)
    tensors = tf.compat.v1.io.parse_example(
        serialized,
        create_feature_spec_for_parsing(feature_columns),
        name=name,
        example_names=example_names,
    )
    inputs = TransformedFeatures(tensors)
    for column in columns:
        inputs.get(column)
    return tensors


def parse_feature_columns_from_sequence_examples(
    serialized: TensorLike,
    context_feature_columns: Collection[_FeatureColumn] | None,
    sequence_feature_columns: Collection[_FeatureColumn] | None,
    name: str | None = None,
    example_name: TensorLike | None = None,
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Parses the features of columns from one SequenceExample. A legacy `tf.contrib.layers` name.

    Args:
        serialized: String Tensor with one `tf.train.SequenceExample`.
        context_feature_columns: Iterable of columns of the context, or None.
        sequence_feature_columns: Iterable of columns of the sequences, or None.
        name: Name of the op.
        example_name: String Tensor, name for error messages.

    Returns:
        Two dicts from the names of features to tensors: those of the context, and sequences
        [steps, ...].

    Raises:
        ValueError: If there is more than one example.
    """
    context_feature_columns = context_feature_columns or []
    sequence_feature_columns = sequence_feature_columns or []
    check_feature_columns(context_feature_columns)
    check_feature_columns(sequence_feature_columns)
    return tf.io.parse_single_sequence_example(
        _one_example(serialized),
        create_feature_spec_for_parsing(context_feature_columns),
        _create_sequence_feature_spec_for_parsing(sequence_feature_columns),
        example_name,
        name,
    )


def _one_example(serialized):
    try:
        return tf.reshape(serialized, [])
    except ValueError as error:
        raise ValueError(
            "Invalid value for argument `serialized`. Expected a single SequenceExample; parse "
            f"sequences first, then batch them. Received: {serialized!r}."
        ) from error
