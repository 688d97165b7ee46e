"""Checks of what an Estimator and its methods are given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import tensorflow as tf

from estimator_heads.types import Path, ServingInputReceiverFn

_Value = TypeVar("_Value")


def path_string(path: Path | bytes | None) -> str | None:
    """A path as a string, of a string, bytes or an `os.PathLike`; None for None and ""."""
    return tf.compat.as_str_any(tf.compat.path_to_str(path)) if path else None


def check_positive(argument: str, value: float | None) -> None:
    if value is not None and not value > 0:  # NaN is not.
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a number > 0, or None. Received: "
            f"{argument}={value!r}."
        )


def checked_list(argument: str, values: Iterable[_Value] | None, expected: type) -> list[_Value]:
    values = list(values or [])
    for value in values:
        if not isinstance(value, expected):
            raise TypeError(
                f"`{argument}` must be a list of {expected.__name__} instances. Received in it: "
                f"{value!r} of type {type(value).__name__}."
            )
    return values


def checked_receiver_fn(input_receiver_fn: ServingInputReceiverFn | None) -> ServingInputReceiverFn:
    if not input_receiver_fn:
        raise ValueError(
            "Exporting needs a `serving_input_receiver_fn`, such as the one that "
            "build_parsing_serving_input_receiver_fn(feature_spec) returns. Received: "
            f"serving_input_receiver_fn={input_receiver_fn!r}."
        )
    return input_receiver_fn
