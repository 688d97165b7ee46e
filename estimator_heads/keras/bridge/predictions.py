"""The predictions of a head, as a layer of one Keras."""

from __future__ import annotations

import functools
from types import ModuleType
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.heads import Head
from estimator_heads.keras.bridge import heads
from estimator_heads.keras.bridge.libraries import library_of, other_library
from estimator_heads.types import KerasModel

if TYPE_CHECKING:
    import keras
    import tf_keras


def predictions(
    head: Head, model: KerasModel | ModuleType | None = None
) -> keras.layers.Layer | tf_keras.layers.Layer:
    """A layer from logits to the predictions of a head.

    A model that ends in it predicts what an Estimator does, under the same keys:

        predictor = keras.Model(model.input, predictions(head)(model.output))
        predictor.predict(dataset)

    Args:
        head: A head such as `BinaryClassHead`; or a `MultiHead`, whose predictions are keyed by
            (head name, key).
        model: The model that it is for, or the module `keras` or `tf_keras`; or None for the one
            that `tf.keras` is.

    Returns:
        A layer, which returns a dict of Tensors.

    Raises:
        TypeError: `head` is no head of this package, or `model` no model.
    """
    heads.check_is_head(head)
    return _layer_class(library_of(model))(head)


@functools.cache
def _layer_class(library):
    layer: Any = library.layers.Layer

    class HeadPredictions(layer):
        """The predictions of a head, a dict of Tensors."""

        def __init__(self, head):
            super().__init__(name="head_predictions")
            self._head = head
            self.supports_jit = False  # XLA has no strings.

        @tf.autograph.experimental.do_not_convert
        def __call__(self, logits, *args, **kwargs):
            """The predictions, as symbols of this Keras or as Tensors."""
            other = other_library(library)
            if any(type(v).__module__.startswith(f"{other}.") for v in tf.nest.flatten(logits)):
                raise ValueError(
                    f"The layer is of {library.__name__}, and the logits are of {other}. Expected "
                    "what estimator_heads.keras.predictions(head, model) returns for the model."
                )
            return super().__call__(logits, *args, **kwargs)

        def call(self, logits):
            """See `Head.predictions`."""
            return tf.autograph.experimental.do_not_convert(self._head.predictions)(logits)

        def get_config(self):
            """Raises NotImplementedError: a head is no config."""
            raise NotImplementedError(
                "The predictions of a head cannot be saved with a Keras model. Save the model that "
                "ends in the logits, and make this layer anew when it is loaded; or write a "
                "SavedModel with estimator_heads.keras.export(model, head, ...)."
            )

    return HeadPredictions
