"""What tf.Examples for classifiers and regressors are parsed with: features, label and weight.

Reproduces `tf.estimator.classifier_parse_example_spec` and `regressor_parse_example_spec`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.types import FeatureColumn, WeightColumn


def classifier_parse_example_spec(
    feature_columns: Iterable[FeatureColumn],
    label_key: str,
    label_dtype: tf.DType = tf.int64,
    label_default: Any = None,
    weight_column: WeightColumn | None = None,
) -> dict[str, Any]:
    """Returns a spec for parsing the tf.Examples of a classifier.

    Args:
        feature_columns: Iterable of the feature columns of the model.
        label_key: Name of the label in the tf.Examples.
        label_dtype: Dtype of the label: int64, string for a `label_vocabulary`, or float32 for two
            classes.
        label_default: Label of examples that have none; None makes that an error.
        weight_column: Name of the weight in the tf.Examples, or a
            `tf.feature_column.numeric_column`; None if there are no weights.

    Returns:
        Dict from name to `tf.io.FixedLenFeature`, ..., for `tf.io.parse_example`. The label has
        shape [1].

    Raises:
        ValueError: If the label or the weight is among the features, or an argument has the wrong
            type.

    >>> import tensorflow as tf
    >>> age = tf.feature_column.numeric_column("age")
    >>> spec = classifier_parse_example_spec([age], label_key="bought", weight_column="weight")
    >>> sorted(spec)
    ['age', 'bought', 'weight']
    """
    label_spec = tf.io.FixedLenFeature((1,), label_dtype, label_default)
    spec = _features_spec(list(feature_columns))
    return add_label_and_weight(spec, label_key, label_spec, weight_column)


def regressor_parse_example_spec(
    feature_columns: Iterable[FeatureColumn],
    label_key: str,
    label_dtype: tf.DType = tf.float32,
    label_default: Any = None,
    label_dimension: int = 1,
    weight_column: WeightColumn | None = None,
) -> dict[str, Any]:
    """Returns a spec for parsing the tf.Examples of a regressor.

    Args:
        feature_columns: As for `classifier_parse_example_spec`.
        label_key: As for `classifier_parse_example_spec`.
        label_dtype: Dtype of the label.
        label_default: As for `classifier_parse_example_spec`.
        label_dimension: Number of values in the label of an example.
        weight_column: As for `classifier_parse_example_spec`.

    Returns:
        Dict as from `classifier_parse_example_spec`. The label has shape [label_dimension].

    Raises:
        ValueError: As for `classifier_parse_example_spec`.
    """
    label_spec = tf.io.FixedLenFeature((label_dimension,), label_dtype, label_default)
    spec = _features_spec(list(feature_columns))
    return add_label_and_weight(spec, label_key, label_spec, weight_column)


def add_label_and_weight(
    parsing_spec: dict[str, Any],
    label_key: str,
    label_spec: tf.io.FixedLenFeature,
    weight_column: WeightColumn | None = None,
) -> dict[str, Any]:
    """Adds a label and a weight to the specs of features.

    Args:
        parsing_spec: Dict from names to specs, which is changed.
        label_key: As for `classifier_parse_example_spec`.
        label_spec: The spec of the label.
        weight_column: As for `classifier_parse_example_spec`.

    Returns:
        The dict.

    Raises:
        ValueError: As for `classifier_parse_example_spec`.
    """
    _add(parsing_spec, "label_key", label_key, label_spec)
    if weight_column is None:
        return parsing_spec
    if isinstance(weight_column, str):
        weight_column = tf.feature_column.numeric_column(weight_column)
    if not isinstance(weight_column, type(tf.feature_column.numeric_column("any"))):
        raise ValueError(
            "Invalid value for argument `weight_column`. Expected a string or a "
            f"tf.feature_column.numeric_column. Received: weight_column={weight_column!r}."
        )
    for name, weight_spec in weight_column.parse_example_spec.items():
        _add(parsing_spec, "weight_column", name, weight_spec)
    return parsing_spec


def _features_spec(feature_columns):
    """The specs of columns of TF2, or of the columns of TF1 that legacy code defines."""
    try:
        return tf.feature_column.make_parse_example_spec(feature_columns)
    except ValueError:
        return tf.compat.v1.feature_column.make_parse_example_spec(feature_columns)


def _add(spec, argument, name, feature_spec):
    if name in spec:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected the name of something that is not "
            f"among the features {sorted(spec)}. Received: {argument}={name!r}."
        )
    spec[name] = feature_spec
