"""The kinds of Keras models that an Estimator is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from estimator_heads.keras import keras_2, keras_3


class NotAModelError(TypeError, AttributeError):
    """The original raises an AttributeError."""


def wrapped(
    keras_model: object, custom_objects: Mapping[str, Any] | None = None
) -> keras_2.Keras2Model | keras_3.Keras3Model:
    """A Keras model with what it takes to have it in graphs.

    Args:
        keras_model: A model of tf_keras or of Keras 3.
        custom_objects: Dict of the user's classes and functions by name, or None.

    Returns:
        A `Keras2Model` or a `Keras3Model`.

    Raises:
        NotAModelError: It is no model.
    """
    if keras_3.is_model(keras_model):
        return keras_3.Keras3Model(keras_model)
    if keras_2.is_model(keras_model):
        return keras_2.Keras2Model(keras_model, custom_objects)
    raise NotAModelError(
        "Invalid value for argument `keras_model`. Expected a compiled model of tf.keras, keras or "
        f"tf_keras. Received: {keras_model!r} of type {type(keras_model).__name__}."
    )
