"""Models of tf_keras: cloned into the graph of an Estimator."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import graphs, keras_models
from estimator_heads.keras import inputs
from estimator_heads.types import Features, Labels, Optimizer


def is_model(value: object) -> bool:
    """Whether `value` is a model of tf_keras."""
    return isinstance(value, tf_keras.Model)


class Keras2Model:
    """A compiled model of tf_keras, and what it takes to have it again in a graph.

    Args:
        model: The model.
        custom_objects: Dict of the user's classes and functions by name, or None.
    """

    def __init__(
        self, model: tf_keras.Model, custom_objects: Mapping[str, Any] | None = None
    ) -> None:
        self.model = model
        self._custom_objects = custom_objects
        self._is_eager = tf.compat.v1.executing_eagerly_outside_functions()
        self._is_network = keras_models.is_graph_network(model)
        self.is_subclassed = not self._is_network and not isinstance(model, tf_keras.Sequential)
        self._given_optimizer = getattr(model, "optimizer", None)
        self._optimizer: tuple[Optimizer, dict[str, Any] | None] = None, None
        self._compile_arguments: dict[str, Any] | None = None

    @property
    def is_compiled(self) -> bool:
        """Whether the model has an optimizer."""
        return bool(getattr(self.model, "optimizer", None))

    @property
    def keeps_weights(self) -> bool:
        """Whether the Estimator starts from the weights that the model has."""
        return self._is_network

    def check(self) -> None:
        """Raises ValueError if a subclassed model cannot be made again from its config."""
        if not self.is_subclassed:
            return
        try:
            with tf_keras.utils.custom_object_scope(self._custom_objects or {}):
                type(self.model).from_config(self.model.get_config())
        except NotImplementedError as error:
            raise ValueError(
                "Invalid value for argument `keras_model`. Expected a subclassed model that has "
                f"`get_config` and `from_config`, to be made again in the Estimator's graphs. "
                f"Received: {type(self.model).__name__}. Add these methods, or make the model of "
                "layers: tf.keras.Model(inputs, outputs)."
            ) from error

    def use_legacy_optimizer(self) -> None:
        """Finds an optimizer that works in graphs, and with which it is to be compiled there.

        Raises:
            ValueError: There is none.
        """
        optimizer = self.model.optimizer
        if isinstance(optimizer, tf_keras.optimizers.Optimizer):
            optimizer = _legacy_optimizer(optimizer)
        try:
            config = optimizer.get_config()
        except (NotImplementedError, AttributeError):  # One of tf.compat.v1.train, or a user's.
            config = None
        self._optimizer = optimizer, config
        self._compile_arguments = keras_models.arguments_of_compile(self.model)

    def weight_values(self) -> list[np.ndarray] | None:
        """List of the weights' values; None if they have none yet."""
        if not self._is_eager and not any(
            hasattr(weight, "_keras_initialized") for weight in self.model.weights
        ):
            return None
        return self.model.get_weights()

    def in_graph(
        self,
        features: Features | None = None,
        labels: Labels | None = None,
        is_training: bool = False,
        is_compiled: bool = False,
    ) -> tf_keras.Model:
        """The model in the default graph, with new weights.

        Args:
            features: What the input_fn gives; None for placeholders.
            labels: Likewise.
            is_training: Whether layers such as Dropout behave as in training.
            is_compiled: Whether to compile the model as the given one is.

        Returns:
            A model of tf_keras's class for graphs, with `outputs`, `output_names`, `total_loss`.

        Raises:
            KeyError: The features or the labels lack a key.
        """
        tf_keras.backend.set_learning_phase(int(is_training))
        features, sample_weights = inputs.split_sample_weights(features)
        clone = keras_models.clone(
            self.model,
            self._inputs(features),
            inputs.in_order(labels, self._output_names(labels), "labels", "outputs"),
            self._custom_objects,
            self._compile_arguments if is_compiled else None,
            self._optimizer,
            self._given_optimizer,
        )
        if sample_weights is not None and is_compiled:
            keras_models.set_sample_weights(
                clone, inputs.weights_of_outputs(sample_weights, clone.output_names)
            )
        return clone

    def graph_classes(self) -> contextlib.AbstractContextManager[None]:
        """A context in which models of tf_keras are those of graphs."""
        return keras_models.classes_for_graphs(
            keras_models.layers_within(self.model), self._is_eager
        )

    def weights_in_graph(self) -> tf_keras.Model:
        """A model that has the weights, if nothing else."""
        return self.in_graph()

    def _inputs(self, features):
        structure = getattr(self.model, "inputs", None)
        if isinstance(features, dict) and (structure is None or isinstance(structure, dict)):
            names = features if structure is None else structure
            return dict(
                zip(names, inputs.in_order(features, names, "features", "inputs"), strict=True)
            )
        return inputs.in_order(features, self._input_names(features), "features", "inputs")

    def _input_names(self, features):
        if self._is_network:
            return self.model.input_names
        return _numbered("input", features)

    def _output_names(self, labels):
        if self._is_network:
            return self.model.output_names
        return _numbered("output", labels)


def _numbered(kind, values):
    count = len(values) if isinstance(values, dict) else 0
    return [f"{kind}_{number}" for number in range(1, count + 1)]


def _legacy_optimizer(optimizer):
    tf.compat.v1.logging.warning(
        "An Estimator needs an optimizer of tf.keras.optimizers.legacy: that of the Keras model, "
        "%s, is converted to one.",
        type(optimizer).__name__,
    )
    try:
        with graphs.eager_mode():
            return keras_models.legacy_optimizer_of(optimizer)
    except (AttributeError, ValueError, RuntimeError) as error:
        raise no_legacy_optimizer(optimizer) from error


class _NoLegacyOptimizerError(ValueError, AttributeError):
    """The original raises an AttributeError, which says nothing of the optimizer."""


def no_legacy_optimizer(optimizer: Optimizer) -> ValueError:
    """The error for an optimizer of a Keras model that has no legacy counterpart."""
    return _NoLegacyOptimizerError(
        "Invalid value for argument `keras_model`. Expected a model compiled with an optimizer "
        "that tf.keras.optimizers.legacy has too: Adadelta, Adagrad, Adam, Adamax, Ftrl, Nadam, "
        f"RMSprop or SGD. Received: {type(optimizer).__name__}. Compile the model with one of "
        "these."
    )
