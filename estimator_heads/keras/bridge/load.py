"""The weights of an Estimator's checkpoint, in a Keras model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import tensorflow as tf

from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.storage import checkpoint_state, checkpoints
from estimator_heads.keras.bridge.libraries import check_is_model
from estimator_heads.keras.bridge.names import matches, weights_by_name
from estimator_heads.types import KerasModel, Path


@dataclass(frozen=True)
class LoadReport:
    """What `load` copied, and what it left alone.

    Attributes:
        checkpoint: Path of the checkpoint.
        loaded: Dict from the names of the model's weights to those of the variables that they got
            their values from.
        not_loaded: List of the names of weights that no variable matched; they are as they were.
        not_used: List of the names of variables that no weight matched, such as those of an
            optimizer.
    """

    checkpoint: str
    loaded: dict[str, str]
    not_loaded: list[str]
    not_used: list[str]

    def __str__(self) -> str:
        lines = [
            f"Checkpoint {self.checkpoint}:",
            f"{len(self.loaded)} weights loaded",
            *(f"  {weight} <- {variable}" for weight, variable in self.loaded.items()),
        ]
        for title, names in (
            ("weights without a variable, left as they were", self.not_loaded),
            ("variables without a weight", self.not_used),
        ):
            lines += [f"{len(names)} {title}", *(f"  {name}" for name in names)]
        return "\n".join(lines)


def load(
    estimator_or_checkpoint: Estimator | Path | bytes,
    model: KerasModel,
    mapping: Mapping[str, str | None] | None = None,
) -> LoadReport:
    """Copies the weights of an Estimator's checkpoint into a Keras model.

    A weight, such as `hidden/kernel` of a layer `hidden`, gets the variable of its name. If there
    is none, it gets the variable whose name ends in the weight's, such as `dnn/hidden/kernel`, or
    the other way round, if there is just one.

    Args:
        estimator_or_checkpoint: An `Estimator`, whose latest checkpoint is taken; a model_dir; or
            the path of a checkpoint.
        model: A model of Keras 3 or tf_keras that has weights.
        mapping: Dict from names of weights, or of layers, to names of variables, or to what their
            names begin with: `{"hidden": "dnn/hiddenlayer_0"}`. None in place of a name leaves the
            weights as they are.

    Returns:
        A `LoadReport`; print it.

    Raises:
        ValueError: There is no checkpoint; the model has no weights; several variables match a
            weight, or several weights a variable; a shape or a dtype differs; nothing matches; or
            the mapping has unknown names. The model is then as it was.
        TypeError: `model` is no model of Keras.
    """
    check_is_model(model)
    path = _checkpoint(estimator_or_checkpoint)
    reader = checkpoints.load(path)
    shapes = reader.get_variable_to_shape_map()
    dtypes = reader.get_variable_to_dtype_map()
    weights = weights_by_name(model)
    loaded = matches(list(weights), sorted(shapes), mapping or {})
    wrong = [
        f"{name} {ours} <- {variable} {theirs}"
        for name, variable in loaded.items()
        if (ours := _described(weights[name].shape, weights[name].dtype))
        != (theirs := _described(shapes[variable], dtypes[variable]))
    ]
    if wrong:
        raise ValueError(
            "Weights of the model differ from the variables of the checkpoint. Expected the same "
            f"shapes and dtypes. Received: {'; '.join(wrong)}. Nothing was loaded. Change the "
            "model, or leave weights as they are with mapping={name: None}."
        )
    if not loaded:
        raise ValueError(
            "No weight of the model matches a variable of the checkpoint. Expected some, by name "
            f"or by the argument `mapping`. Received the weights {list(weights)}, and in {path!r} "
            f"the variables {sorted(shapes)}."
        )
    values = {name: reader.get_tensor(variable) for name, variable in loaded.items()}
    for name, value in values.items():
        weights[name].assign(value)
    used = set(loaded.values())
    report = LoadReport(
        path,
        loaded,
        [name for name in weights if name not in loaded],
        sorted(name for name in shapes if name not in used),
    )
    tf.compat.v1.logging.info("%s", report)
    return report


def _described(shape, dtype):
    return f"{list(shape)} {tf.as_dtype(dtype).name}"


def _checkpoint(given):
    """The path of a checkpoint."""
    given = getattr(given, "model_dir", given)
    if not isinstance(given, str | bytes | os.PathLike):
        raise ValueError(
            "Invalid value for argument `estimator_or_checkpoint`. Expected an Estimator, its "
            f"model_dir, or the path of a checkpoint. Received: {given!r} of type "
            f"{type(given).__name__}."
        )
    path = tf.compat.path_to_str(given)
    path = tf.compat.as_str_any(path)
    if not tf.io.gfile.isdir(path):
        return path
    latest = checkpoint_state.latest(path)
    if latest is None:
        raise ValueError(
            "Invalid value for argument `estimator_or_checkpoint`. Expected an Estimator that has "
            f"been trained. Received: the model_dir {path!r}, which has no checkpoint."
        )
    return latest
