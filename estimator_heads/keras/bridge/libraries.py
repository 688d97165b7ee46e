"""Which Keras the objects of the bridge are for: Keras 3 or tf_keras."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import tensorflow as tf

from estimator_heads.keras import keras_2, keras_3
from estimator_heads.types import KerasModel


def library_of(model: KerasModel | ModuleType | None = None) -> Any:
    """The Keras of a model, as a module.

    Args:
        model: A model of Keras 3 or of tf_keras; the module `keras` or `tf_keras`; or None for the
            one that `tf.keras` is, which the environment variable TF_USE_LEGACY_KERAS decides.

    Returns:
        The module `keras` or `tf_keras`.

    Raises:
        TypeError: It is none of these.
        ValueError: It is Keras 3, on another backend than TensorFlow.
    """
    libraries = [importlib.import_module(name) for name in ("keras", "tf_keras")]
    for library in libraries:
        is_default = model is None and issubclass(tf.keras.Model, library.Model)
        if is_default or model is library or isinstance(model, library.Model):
            _check_backend(library)
            return library
    raise TypeError(
        "Invalid value for argument `model`. Expected a model of Keras 3 or of tf_keras, the "
        "module `keras` or `tf_keras`, or None for the one that tf.keras is. Received: "
        f"{model!r} of type {type(model).__name__}."
    )


def check_is_model(model: object) -> None:
    """Raises TypeError unless it is a model of Keras 3 or of tf_keras."""
    if not keras_3.is_model(model) and not keras_2.is_model(model):
        raise TypeError(
            "Invalid value for argument `model`. Expected a model of Keras 3 or of tf_keras. "
            f"Received: {model!r} of type {type(model).__name__}."
        )


def other_library(library: ModuleType) -> str:
    """The name of the Keras that `library` is not."""
    return "tf_keras" if library.__name__ == "keras" else "keras"


def _check_backend(library):
    backend = library.backend.backend() if library.__name__ == "keras" else "tensorflow"
    if backend != "tensorflow":
        raise ValueError(
            "Heads compute with TensorFlow. Expected Keras 3 with the backend `tensorflow`: set "
            f"the environment variable KERAS_BACKEND to it. Received: the backend {backend!r}."
        )
