"""What an input_fn gives, in the order of a Keras model's inputs and outputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

import tensorflow as tf

from estimator_heads.types import Features, Labels, TensorLike

_WITH_WEIGHTS = {"features", "sample_weights"}
_NUMBERED = re.compile(r"input_(\d+)")


class FormattedKeyError(KeyError):
    """A KeyError whose message is printed as it is, with its line breaks."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


def split_sample_weights(features: Features | None) -> tuple[Features | None, Any]:
    """Features and weights of examples, which come in one dict.

    Args:
        features: What an input_fn gives as features.

    Returns:
        A tuple of the features and, if they were a dict of `features` and `sample_weights`, the
        weights; None otherwise.
    """
    if isinstance(features, dict) and set(features) == _WITH_WEIGHTS:
        return features["features"], features["sample_weights"]
    return features, None


@overload
def in_order(values: None, names: Iterable[str], argument: str, purpose: str) -> None: ...


@overload
def in_order(
    values: Features | Labels, names: Iterable[str], argument: str, purpose: str
) -> list[tf.Tensor | tf.SparseTensor]: ...


def in_order(
    values: Features | Labels | None, names: Iterable[str], argument: str, purpose: str
) -> list[tf.Tensor | tf.SparseTensor] | None:
    """Tensors in the order of the names.

    Args:
        values: A dict of Tensors or arrays, a list or tuple of them in order, one alone, or None.
        names: Names of the model's inputs or outputs; only used if `values` is a dict.
        argument: What the input_fn gives: "features" or "labels".
        purpose: What the names are: "inputs" or "outputs".

    Returns:
        A list of Tensors; None if `values` is.

    Raises:
        KeyError: The dict lacks one of the names.
    """
    if values is None:
        return None
    if isinstance(values, dict):
        if missing := [name for name in names if name not in values]:
            raise FormattedKeyError(
                f"The {argument} do not have all {purpose} of the Keras model. Expected a dict "
                f"with the keys {sorted(names)}. Received: {sorted(values)}, without {missing}. "
                f"Rename the keys in the input_fn, or the {purpose} of the model."
            )
        values = [values[name] for name in names]
    elif not isinstance(values, list | tuple):
        values = [values]
    return [as_tensor(value) for value in values]


def as_tensor(value: TensorLike) -> tf.Tensor | tf.SparseTensor:
    """A Tensor or SparseTensor of a Tensor or an array."""
    if tf.is_tensor(value):
        return value
    return tf.compat.v1.convert_to_tensor_or_sparse_tensor(value)


def renamed(features: Features, names: list[str], numbered: Mapping[str, str]) -> Features:
    """Features under the names that Keras 3 gives to a model's inputs, where Keras 2 has others.

    Args:
        features: What an input_fn gives; only a dict is changed.
        names: List of the names of the model's inputs.
        numbered: From those of the names that Keras 3 chose itself to the name that Keras 2 would
            have chosen, in the order of the inputs: `dense_input`, `input_1`.

    Returns:
        `features`, or a new dict that has the names that Keras 3 chose.
    """
    if not isinstance(features, dict) or all(name in features for name in names):
        return features
    # Each Keras counts the models of the process in its own way: the order is the same.
    keys = sorted(filter(_NUMBERED.fullmatch, set(features) - set(names)), key=_number)
    in_turn = dict(zip(numbered, keys, strict=False)) if len(keys) == len(numbered) else {}
    result = dict(features)
    for name, legacy_name in numbered.items():
        key = legacy_name if legacy_name in features else in_turn.get(name)
        if name not in features and key is not None:
            result[name] = features[key]
    return result


def _number(name: str) -> int:
    return int(name.rpartition("_")[2])


def weights_of_outputs(
    sample_weights: TensorLike | Mapping[str, Any] | None, output_names: Sequence[str]
) -> list[Any]:
    """One weight for each output.

    Args:
        sample_weights: A Tensor for a model with one output, or a dict by name or a list in order.
        output_names: Names of the model's outputs.

    Returns:
        A list of Tensors, or None for an output without weights.

    Raises:
        ValueError: A list of another length, or a dict with unknown names.
        TypeError: One Tensor for several outputs.
    """
    if sample_weights is None or (isinstance(sample_weights, list | tuple) and not sample_weights):
        return [None] * len(output_names)
    if len(output_names) == 1:
        if isinstance(sample_weights, list | tuple) and len(sample_weights) == 1:
            return list(sample_weights)
        if isinstance(sample_weights, Mapping) and output_names[0] in sample_weights:
            return [sample_weights[output_names[0]]]
        return [sample_weights]
    expected = (
        f"Expected a dict by output name, or a list with a Tensor or None for each of the outputs "
        f"{list(output_names)}."
    )
    if isinstance(sample_weights, list | tuple):
        if len(sample_weights) != len(output_names):
            raise ValueError(
                f"Invalid `sample_weights` in the features. {expected} Received: a list of "
                f"{len(sample_weights)}."
            )
        return list(sample_weights)
    if isinstance(sample_weights, Mapping):
        if unknown := sorted(set(sample_weights) - set(output_names)):
            raise ValueError(
                f"Invalid `sample_weights` in the features. {expected} Received unknown keys: "
                f"{unknown}."
            )
        return [sample_weights.get(name) for name in output_names]
    raise TypeError(
        f"Invalid `sample_weights` in the features. {expected} Received: {sample_weights!r}."
    )
