"""What columns need from serialized examples, or fed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import _FeatureColumn


def create_feature_spec_for_parsing(
    feature_columns: Iterable[_FeatureColumn] | dict[Any, _FeatureColumn],
) -> dict[str, Any]:
    """Says how to parse the features of columns. A legacy `tf.contrib.layers` name.

    >>> from estimator_heads.compat.contrib.layers.feature_columns.real import real_valued_column
    >>> create_feature_spec_for_parsing([real_valued_column("age")])
    {'age': FixedLenFeature(shape=[1], dtype=tf.float32, default_value=None)}

    Args:
        feature_columns: Iterable of columns, or a dict with columns as values.

    Returns:
        A dict for `tf.io.parse_example`, from features to FixedLenFeature (of real valued columns)
        or VarLenFeature (of columns of categories).

    Raises:
        TypeError: If a column is none of tf.contrib.layers.
    """
    if isinstance(feature_columns, dict):
        feature_columns = feature_columns.values()
    spec = {}
    for column in feature_columns:
        if not isinstance(column, _FeatureColumn):
            raise TypeError(
                "Invalid type in argument `feature_columns`. Expected columns of "
                "tf.contrib.layers; for those of tf.feature_column, use "
                f"tf.feature_column.make_parse_example_spec. Received: {column!r}."
            )
        spec.update(column.config)
    return spec


def _create_sequence_feature_spec_for_parsing(
    sequence_feature_columns, allow_missing_by_default=False
):
    """As `create_feature_spec_for_parsing`, for the sequences of a SequenceExample.

    A feature may be missing if its column has a default value; it then is an empty sequence.
    """
    return {
        name: _sequence_feature(feature, allow_missing_by_default)
        for name, feature in create_feature_spec_for_parsing(sequence_feature_columns).items()
    }


def _sequence_feature(feature, allow_missing):
    if isinstance(feature, tf.io.VarLenFeature):
        return feature
    has_default = feature.default_value is not None
    return tf.io.FixedLenSequenceFeature(
        feature.shape, feature.dtype, allow_missing=allow_missing or has_default
    )


def make_place_holder_tensors_for_base_features(
    feature_columns: Iterable[_FeatureColumn] | dict[Any, _FeatureColumn],
) -> dict[str, tf.Tensor | tf.SparseTensor]:
    """Makes placeholders for the features of columns. A legacy `tf.contrib.layers` name.

    Args:
        feature_columns: Iterable of columns.

    Returns:
        A dict from features to placeholders: sparse ones of columns of categories, those with
        shape [None, dimension] of real valued columns.
    """
    spec = create_feature_spec_for_parsing(feature_columns)
    return {name: _placeholder(name, feature) for name, feature in spec.items()}


def _placeholder(name, feature):
    name = f"Placeholder_{name}"
    if isinstance(feature, tf.io.VarLenFeature):
        return tf.compat.v1.sparse_placeholder(feature.dtype, name=name)
    return tf.compat.v1.placeholder(feature.dtype, (None, feature.shape[0]), name)
