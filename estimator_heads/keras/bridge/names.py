"""Which variable of a checkpoint belongs to which weight of a Keras model, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from estimator_heads.keras import keras_3, keras_3_variables
from estimator_heads.types import KerasModel

# What checkpoints of objects have behind the name of each variable.
_OF_OBJECTS = "/.ATTRIBUTES/VARIABLE_VALUE"


def weights_by_name(model: KerasModel) -> dict[str, Any]:
    """The weights of a model of Keras 3 or tf_keras by name, such as `hidden/kernel`.

    Names begin with those of the layers, as in tf_keras.

    Raises:
        ValueError: There are none yet, or two have the same name.
    """
    if not model.built or not model.weights:
        raise ValueError(
            "Invalid value for argument `model`. Expected a model that has been called or built. "
            f"Received: {model!r}, which has no weights yet."
        )
    if keras_3.is_model(model):
        pairs = keras_3_variables.names_by_layer(model)
    else:
        pairs = [(weight, weight.name.partition(":")[0]) for weight in model.weights]
    weights: dict[str, Any] = {}
    for weight, name in pairs:
        if weights.setdefault(name, weight) is not weight:
            raise ValueError(
                "Invalid value for argument `model`. Expected weights with different names; give "
                f"the layers different names. Received two named {name!r}."
            )
    return weights


def matches(
    weights: Sequence[str], variables: Sequence[str], mapping: Mapping[str, str | None]
) -> dict[str, str]:
    """The variable of each weight that has one.

    Args:
        weights: List of names of weights.
        variables: List of names of variables.
        mapping: Dict from names of weights or layers to names or beginnings of names of variables,
            or to None.

    Returns:
        Dict from names of weights to names of variables.

    Raises:
        ValueError: A name in the mapping is unknown, several variables match a weight, or several
            weights a variable.
    """
    mapped = _mapped(weights, variables, mapping)
    found = {name: variable for name, variable in mapped.items() if variable is not None}
    for weight in weights:
        if weight in mapped:
            continue
        candidates = [weight] if weight in variables else _similar(weight, variables)
        if len(candidates) > 1:
            raise ValueError(
                f"Several variables of the checkpoint may be the weight {weight!r} of the model: "
                f"{candidates}. Nothing was loaded. Expected to be told which, such as "
                f"mapping={{{weight!r}: {candidates[0]!r}}}."
            )
        if candidates:
            found[weight] = candidates[0]
    weights_of: dict[str, list[str]] = {}
    for weight, variable in found.items():
        weights_of.setdefault(variable, []).append(weight)
    for variable, several in weights_of.items():
        if len(several) > 1:
            raise ValueError(
                f"Several weights of the model match the variable {variable!r} of the checkpoint: "
                f"{several}. Nothing was loaded. Expected one for each; say which with the "
                "argument `mapping`, and None for a weight that has no variable."
            )
    return {weight: found[weight] for weight in weights if weight in found}


def _similar(weight, variables):
    """Variables whose names end in that of the weight, or the other way round."""
    return [
        variable
        for variable in variables
        if variable.endswith(f"/{weight}") or weight.endswith(f"/{variable}")
    ]


def _mapped(weights, variables, mapping):
    """The variables of the weights that a mapping names, alone or by their layers."""
    if not isinstance(mapping, Mapping):
        raise ValueError(
            "Invalid value for argument `mapping`. Expected a dict from names of weights or layers "
            f"to names of variables. Received: {mapping!r} of type {type(mapping).__name__}."
        )
    targets = {}
    # Longer names are of weights and of layers within layers: they come last, and prevail.
    for name in sorted(mapping, key=len):
        of_name = [weight for weight in weights if weight == name or weight.startswith(f"{name}/")]
        if not of_name:
            raise _unknown(name, "a weight or layer of the model", weights)
        for weight in of_name:
            target = mapping[name]
            targets[weight] = None if target is None else target + weight[len(name) :]
    return {
        weight: None if target is None else _variable(target, variables)
        for weight, target in targets.items()
    }


def _variable(name, variables):
    for variable in (name, name + _OF_OBJECTS):
        if variable in variables:
            return variable
    raise _unknown(name, "a variable of the checkpoint", variables)


def _unknown(name, expected, known):
    return ValueError(
        f"Invalid value for argument `mapping`. Expected the name of {expected}, one of "
        f"{sorted(known)}. Received: {name!r}. Nothing was loaded."
    )
