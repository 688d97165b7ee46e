"""Checks of the arguments that heads are built with."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.heads.tasks.errors import InvalidInputError
from estimator_heads.types import LossFn

SUM = "sum"
SUM_OVER_BATCH_SIZE = "sum_over_batch_size"
# "auto" is Keras's name for its default, which is SUM_OVER_BATCH_SIZE.
LOSS_REDUCTIONS = (SUM_OVER_BATCH_SIZE, SUM, "auto")

_LOSS_FN_REQUIRED = ("labels", "logits")
_LOSS_FN_ALLOWED = (*_LOSS_FN_REQUIRED, "features", "loss_reduction")


def check_loss_reduction(loss_reduction: Any) -> None:
    """Raises ValueError unless `loss_reduction` is one that gives a scalar."""
    if loss_reduction not in LOSS_REDUCTIONS:
        raise ValueError(
            f"Invalid value for argument `loss_reduction`. Expected one of {LOSS_REDUCTIONS} (as "
            f"in tf_keras.losses.Reduction, without NONE). Received: {loss_reduction!r}."
        )


def check_loss_fn(loss_fn: LossFn) -> None:
    """Raises ValueError unless `loss_fn` takes labels and logits, and nothing unknown."""
    names = fn_args(loss_fn)
    missing = [name for name in _LOSS_FN_REQUIRED if name not in names]
    unexpected = [name for name in names if name not in _LOSS_FN_ALLOWED]
    if missing or unexpected:
        raise ValueError(
            "Invalid value for argument `loss_fn`. Expected a function with the arguments "
            f"{_LOSS_FN_REQUIRED} and, optionally, 'features' and 'loss_reduction'. Received a "
            f"function with the arguments {names}."
        )


def checked_thresholds(thresholds: Iterable[float] | None) -> tuple[float, ...]:
    """The thresholds as a tuple; ValueError unless all are inside (0, 1)."""
    thresholds = () if thresholds is None else tuple(thresholds)
    for threshold in thresholds:
        if not 0 < threshold < 1:
            raise ValueError(
                "Invalid value for argument `thresholds`. Expected numbers in (0, 1) to compare "
                f"probabilities with. Received: {threshold} in {thresholds}."
            )
    return thresholds


def check_label_vocabulary(label_vocabulary: Any, n_classes: int | None = None) -> None:
    """Raises ValueError unless the vocabulary is a list or tuple, of `n_classes` items if given."""
    if label_vocabulary is None:
        return
    if not isinstance(label_vocabulary, list | tuple):
        raise ValueError(
            "Invalid value for argument `label_vocabulary`. Expected a list or tuple of strings. "
            f"Received: {label_vocabulary!r} of type {type(label_vocabulary).__name__}."
        )
    if n_classes is not None and len(label_vocabulary) != n_classes:
        raise ValueError(
            "Invalid value for argument `label_vocabulary`. Expected one string per class, "
            f"n_classes={n_classes} in total. Received {len(label_vocabulary)}: {label_vocabulary}."
        )


def checked_n_classes(n_classes: Any, at_least: int, hint: str = "") -> int:
    """`n_classes` as an int; an error unless it is an integer, at least `at_least`."""
    return _checked_integer("n_classes", n_classes, at_least, hint)


def checked_label_dimension(label_dimension: Any) -> int:
    """`label_dimension` as an int; an error unless it is an integer, at least 1."""
    return _checked_integer("label_dimension", label_dimension, 1)


def _checked_integer(name: str, value: Any, at_least: int, hint: str = "") -> int:
    """An int for one of Python or NumPy, or for a scalar Tensor whose value is known."""
    expected = f"Invalid value for argument `{name}`. Expected an integer > {at_least - 1}{hint}."
    if value is None:
        raise ValueError(f"{expected} Received: {name}=None.")
    known = tf.get_static_value(value) if tf.is_tensor(value) else value
    try:
        number = operator.index(known)
    except TypeError as error:
        if known is None:
            expected = f"{expected[:-1]}, or a Tensor whose value is known before the graph is run."
        raise TypeError(
            f"{expected} Received: {name}={value!r} of type {type(value).__name__}."
        ) from error
    if number < at_least:
        raise InvalidInputError(f"{expected} Received: {name}={number}.")
    return number


def class_ids_for_metrics(
    classes: Sequence[int] | Sequence[str] | None,
    n_classes: int,
    label_vocabulary: Sequence[str] | None,
) -> tuple[int, ...]:
    """The classes to report separately, as a tuple of class ids.

    Args:
        classes: None, class ids in [0, n_classes), or strings out of `label_vocabulary`.
        n_classes: How many classes there are.
        label_vocabulary: None, or the list of their names.

    Raises:
        ValueError: An id is out of range, or a name is not in the vocabulary.
    """
    argument = "Invalid value for argument `classes_for_class_based_metrics`."
    given: tuple[Any, ...] = tuple(classes) if classes else ()
    if not given:
        return ()
    if isinstance(given[0], str):
        if not label_vocabulary:
            raise ValueError(
                f"{argument} Class names need a label_vocabulary to look them up in; without one, "
                f"expected class ids. Received: {given}."
            )
        unknown = [name for name in given if name not in label_vocabulary]
        if unknown:
            raise ValueError(
                f"{argument} Expected names in label_vocabulary={label_vocabulary}. Received: "
                f"{unknown}."
            )
        return tuple(label_vocabulary.index(name) for name in given)
    out_of_range = [class_id for class_id in given if not 0 <= class_id < n_classes]
    if out_of_range:
        raise ValueError(
            f"{argument} Expected class ids in the range [0, {n_classes - 1}]. Received: "
            f"{out_of_range}."
        )
    return given
