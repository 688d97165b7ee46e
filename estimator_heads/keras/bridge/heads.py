"""What a head is asked through Keras: its parts, and weights of examples in place of features."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TypeVar

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.heads import Head, MultiHead
from estimator_heads.heads.sequential import SequentialHeadWrapper
from estimator_heads.heads.tasks.weights import key_and_normalizer

_SAMPLE_WEIGHT = "sample_weight"
_Made = TypeVar("_Made")


def check_head(head: Head) -> None:
    """Checks that Keras can carry all that the loss of a head needs.

    Args:
        head: The head.

    Raises:
        TypeError: See `check_is_head`.
        ValueError: Its `loss_fn` takes features.
    """
    check_is_head(head)
    for part in parts(head).values():
        loss_fn = getattr(part, "_loss_fn", None)
        if loss_fn is not None and "features" in fn_args(loss_fn):
            raise ValueError(
                "Invalid value for argument `head`. Expected a head whose `loss_fn` takes labels "
                "and logits: Keras hands no features to a loss. Received: a `loss_fn` with the "
                f"arguments {fn_args(loss_fn)}. What it takes from the features may be part of "
                "the labels or of the weights."
            )


def check_is_head(head: Head) -> None:
    """Raises TypeError unless it is a head of this package that looks at no features."""
    if not isinstance(head, Head) or isinstance(head, SequentialHeadWrapper):
        raise TypeError(
            "Invalid value for argument `head`. Expected a head such as "
            "estimator_heads.BinaryClassHead or MultiHead, also for a task that had a head of TF1 "
            f"or tf.contrib; none of sequences. Received: {head!r} of type {type(head).__name__}."
        )
    for part in parts(head).values():
        if isinstance(part, MultiHead):
            raise TypeError(
                "Invalid value for argument `head`. Expected a MultiHead of heads for one task "
                f"each. Received a MultiHead in it: {part.name!r}."
            )


def parts(head: Head) -> dict[str | None, Head]:
    """The heads of a `MultiHead` by name; {None: head} for any other."""
    if isinstance(head, MultiHead):
        return {part.name: part for part in head._heads}
    return {None: head}


def for_each_task(
    head: Head, make: Callable[[Head, float | None], _Made]
) -> _Made | dict[str, _Made]:
    """What Keras is given for a head: one value, or for a `MultiHead` a dict by head name.

    Args:
        head: A checked head.
        make: Function from a head for one task and the weight of its loss, or None, to the value.
    """
    if not isinstance(head, MultiHead):
        return make(head, None)
    weights = head._head_weights or [None] * len(head._heads)
    return {
        part.name: make(part, weight) for part, weight in zip(head._heads, weights, strict=True)
    }


def weight_key(head: Head) -> str | None:
    """The name of the feature that a head takes weights from; None if it takes none."""
    column = getattr(head, "_weight_column", None)
    return None if column is None else key_and_normalizer(column)[0]


def with_features(
    head: Head, sample_weight: tf.Tensor | None
) -> tuple[Head, dict[str, tf.Tensor] | None]:
    """The head to ask, and the features to ask it with, for the `sample_weight` of Keras.

    Args:
        head: A head for one task.
        sample_weight: Tensor of weights, or None.

    Returns:
        A tuple of a head and a dict of features, or None in its place. A head without a weight
        column is replaced by one like it that has one, if there are weights.

    Raises:
        ValueError: There are no weights, but a weight column; or there are weights, and a head of a
            user's that does not say where it takes them from.
    """
    key = weight_key(head)
    if sample_weight is None:
        if key is None:
            return head, None
        raise ValueError(
            f"The head has the weight_column {key!r}, so Keras needs a `sample_weight`: give "
            "`fit` and `evaluate` what estimator_heads.keras.with_sample_weights(head, dataset) "
            "returns, and give `compile` the metrics as `weighted_metrics`. Received: "
            "sample_weight=None."
        )
    if key is None:
        if not hasattr(head, "_weight_column"):
            raise ValueError(
                f"Invalid `sample_weight`. Expected None: a {type(head).__name__} does not say "
                "which feature has weights. Give it an attribute `_weight_column`. Received: "
                f"{sample_weight}."
            )
        head, key = copy.copy(head), _SAMPLE_WEIGHT
        head._weight_column = key
    return head, {key: sample_weight}
