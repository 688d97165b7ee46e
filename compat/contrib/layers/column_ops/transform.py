"""Columns checked, put in order, and applied to features."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from estimator_heads.compat.contrib.layers.feature_columns.base import (
    TransformedFeatures,
    _FeatureColumn,
)


def check_feature_columns(feature_columns: Iterable[_FeatureColumn]) -> None:
    """Checks that the columns of a model differ. A legacy `tf.contrib.layers` name.

    Args:
        feature_columns: Iterable of columns.

    Raises:
        ValueError: If it is a dict, or if two columns have the same key.
        AttributeError: If a column is none of tf.contrib.layers.
    """
    if isinstance(feature_columns, dict):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected an iterable of columns. "
            f"Received a dict: {feature_columns}."
        )
    seen = set()
    for column in feature_columns:
        if not isinstance(column, _FeatureColumn):
            raise AttributeError(
                "Invalid value for argument `feature_columns`. Expected columns of "
                "tf.contrib.layers; for those of tf.feature_column, use "
                f"tf.compat.v1.feature_column.input_layer or linear_model. Received: {column!r}."
            )
        if column.key in seen:
            raise ValueError(
                "Invalid value for argument `feature_columns`. Expected columns with different "
                f"keys. Received more than one column with the key {column.key}."
            )
        seen.add(column.key)


def in_order(feature_columns: Collection[_FeatureColumn]) -> list[_FeatureColumn]:
    """The columns as a model has them: each once, ordered by key.

    Raises:
        ValueError: As `check_feature_columns`.
    """
    check_feature_columns(feature_columns)
    return sorted(set(feature_columns), key=lambda column: column.key)


def inputs_in_order(feature_columns: Collection[_FeatureColumn]) -> list[_FeatureColumn]:
    """The columns of an input layer, of which there is at least one, ordered by key.

    Raises:
        ValueError: There is none; or as `check_feature_columns`.
    """
    columns = in_order(feature_columns)
    if not columns:
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected at least one column. Received: "
            f"{feature_columns!r}."
        )
    return columns


def transform_features(
    features: Mapping[Any, Any], feature_columns: Collection[_FeatureColumn]
) -> dict[_FeatureColumn, Any]:
    """Applies columns to features. A legacy `tf.contrib.layers` name.

    Args:
        features: Dict from names of features to Tensor or SparseTensor.
        feature_columns: List of columns.

    Returns:
        A dict from each of the columns to what it makes of the features: of categories, ids.

    Raises:
        KeyError: If a feature is missing.
    """
    inputs = TransformedFeatures(dict(features))
    return {column: inputs.get(column) for column in in_order(feature_columns)}
