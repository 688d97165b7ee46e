"""What recurrent networks do with feature columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module


def serialized_columns(columns: Iterable[Any]) -> list[dict[str, Any]]:
    """Feature columns as a list of dicts, for the config of a model.

    Only tf_keras's layers do it in public, and nothing does the reverse.

    Args:
        columns: Iterable of columns of `tf.feature_column`.
    """
    return _serialization().serialize_feature_columns(columns)


def deserialized_columns(
    configs: list[dict[str, Any]], custom_objects: Mapping[str, Any] | None = None
) -> list[Any]:
    """Feature columns from what `serialized_columns` made of them.

    Args:
        configs: List of dicts.
        custom_objects: Dict from names to classes and functions of the user's.
    """
    return _serialization().deserialize_feature_columns(configs, custom_objects=custom_objects)


def _serialization():
    purpose = "for the configs of models over feature columns"
    module = private_module("tensorflow.python.feature_column.serialization", purpose)
    names = ["serialize_feature_columns", "deserialize_feature_columns"]
    check_attributes(module, names, purpose)
    return module


def concatenate_context_input(context_input: tf.Tensor, sequence_input: tf.Tensor) -> tf.Tensor:
    """Sequences that have the context at each step, behind their own values.

    Any other way makes other operations, whose number decides the seeds of variables made later.

    Args:
        context_input: float32 Tensor of shape [batch_size, D1].
        sequence_input: float32 Tensor of shape [batch_size, length, D0].

    Returns:
        float32 Tensor of shape [batch_size, length, D0 + D1].
    """
    purpose = "for recurrent networks with context"
    module = private_module("tensorflow.python.feature_column.sequence_feature_column", purpose)
    check_attributes(module, ["concatenate_context_input"], purpose)
    return module.concatenate_context_input(context_input, sequence_input=sequence_input)
