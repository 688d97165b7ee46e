"""Checks of what canned estimators and their model_fns are given."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Any

from estimator_heads._tensorflow import feature_columns as private_columns
from estimator_heads.types import FeatureColumn


def check_features(features: object) -> None:
    """Raises ValueError unless `features` is a dict, as feature columns need it."""
    if not isinstance(features, dict):
        raise ValueError(
            "Invalid value for argument `features`. Expected a dict from feature names to Tensors. "
            f"Received: {features!r} of type {type(features).__name__}."
        )


def check_units(units: object) -> None:
    """Raises ValueError unless `units`, the dimension of the logits, is an integer."""
    if not isinstance(units, numbers.Integral):
        raise ValueError(
            "Invalid value for argument `units`. Expected an integer, the dimension of the logits "
            f"that the head takes. Received: {units!r} of type {type(units).__name__}."
        )


def checked_hidden_units(hidden_units: Any, name: str = "hidden_units") -> list[int]:
    """The sizes of the hidden layers, as integers.

    Args:
        hidden_units: Iterable of integers > 0, the input's side first.
        name: That of the argument.

    Returns:
        List of integers.

    Raises:
        TypeError: It is not iterable.
        ValueError: One is not an integer > 0.
    """
    advice = f"Expected a list of integers > 0, such as {name}=[64, 32]. Received: {hidden_units!r}"
    try:
        sizes = [(size, int(size)) for size in hidden_units]
    except TypeError as error:
        raise TypeError(f"Invalid value for argument `{name}`. {advice}.") from error
    except ValueError as error:
        raise ValueError(f"Invalid value for argument `{name}`. {advice}.") from error
    for size, integer in sizes:
        if integer < 1 or (isinstance(size, numbers.Number) and size != integer):
            raise ValueError(f"Invalid value for argument `{name}`. {advice}.")
    return [integer for _, integer in sizes]


def check_columns_v2(columns: Iterable[FeatureColumn]) -> None:
    """Raises ValueError unless the columns are those of `tf.feature_column`.

    Args:
        columns: Iterable of feature columns.
    """
    if not private_columns.are_public_columns(columns):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected columns made by the functions "
            "of tf.feature_column; the columns of TensorFlow 1's internals work with the "
            f"estimators of tf.compat.v1.estimator. Received: {list(columns)!r}."
        )
