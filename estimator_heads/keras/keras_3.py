"""Models of Keras 3: called in the graph of an Estimator, with variables of the graph."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import graphs, keras_models
from estimator_heads.keras import compile_arguments, inputs, keras_3_variables
from estimator_heads.types import Features, Labels

if TYPE_CHECKING:
    import keras

_CHOSEN = re.compile(r"keras_tensor(_\d+)?|input_layer(_\d+)?")


def is_model(value: object) -> bool:
    """Whether `value` is a model of Keras 3."""
    library: Any = sys.modules.get("keras")
    return hasattr(library, "KerasTensor") and isinstance(value, library.Model)


class Keras3Model:
    """A compiled model of Keras 3, and what it takes to compute it in a graph.

    The model itself is called, in each graph with variables of that graph in place of its own. Its
    loss, metrics and optimizer are those of tf_keras, whose numbers and names TF 2.15 had.

    Args:
        model: The model.
    """

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self._is_eager = tf.compat.v1.executing_eagerly_outside_functions()
        self.is_subclassed = not keras_models.is_keras_3_network(model)
        self._is_built_before = model.built

    @property
    def keeps_weights(self) -> bool:
        """Whether the model has weights, which the Estimator starts from."""
        return self._is_built_before

    @property
    def is_compiled(self) -> bool:
        """Whether the model has an optimizer."""
        return bool(getattr(self.model, "optimizer", None))

    def check(self) -> None:
        """Any Keras 3 model can be called in a graph."""

    def use_legacy_optimizer(self) -> None:
        """Checks that the model's optimizer can be had in graphs.

        Raises:
            ValueError: It cannot.
        """
        compile_arguments.legacy_optimizer(self.model.optimizer)

    def weight_values(self) -> list[np.ndarray]:
        """List of the weights' values."""
        with graphs.eager_mode():
            return [weight.numpy() for weight in keras_3_variables.weights(self.model)]

    def graph_classes(self) -> contextlib.AbstractContextManager[None]:
        """A context in which models of tf_keras are those of graphs."""
        return keras_models.classes_for_graphs((), self._is_eager)

    def weights_in_graph(self) -> tf_keras.Model:
        """A model that has the weights, and no outputs."""
        return keras_3_variables.GraphVariables(self.model).tracking_model()

    def in_graph(
        self,
        features: Features | None = None,
        labels: Labels | None = None,
        is_training: bool = False,
        is_compiled: bool = False,
    ) -> tf_keras.Model:
        """The model in the default graph, with weights of the graph.

        Args:
            features: What the input_fn gives.
            labels: Likewise; None for placeholders.
            is_training: Whether layers such as Dropout behave as in training.
            is_compiled: Whether to compile the model as the given one is.

        Returns:
            A model of tf_keras's class for graphs, with `outputs`, `output_names`, `total_loss`.

        Raises:
            KeyError: The features or the labels lack a key.
        """
        features, sample_weights = inputs.split_sample_weights(features)
        x = self._inputs(features)
        self._build(x)
        values = None if self._is_built_before else self.weight_values()
        variables = keras_3_variables.GraphVariables(self.model, values)
        in_graph = variables.tracking_model()
        with (
            keras_models.eager_tensors_as_constants(keras_models.layers_within(self.model)),
            _keras().StatelessScope(variables.mapping, collect_losses=True) as scope,
        ):
            outputs = self.model(x, training=is_training)
            losses = self.model.losses
        outputs = tf.nest.flatten(outputs)
        output_names = self._output_names(len(outputs))
        keras_models.set_outputs(in_graph, x, outputs, output_names)
        for loss in losses:
            in_graph.add_loss(loss)
        if is_training:
            in_graph.add_update(variables.updates(scope))
        if is_compiled:
            targets = inputs.in_order(labels, output_names, "labels", "outputs")
            arguments = compile_arguments.of_tf_keras(self.model, output_names)
            in_graph.compile(**arguments, target_tensors=targets)
            if sample_weights is not None:
                keras_models.set_sample_weights(
                    in_graph, inputs.weights_of_outputs(sample_weights, output_names)
                )
        return in_graph

    def _build(self, x):
        """Makes the weights of a model that has none yet, for inputs of the shape of `x`."""
        if self.model.built:
            return

        def symbolic(tensor):
            return _keras().KerasTensor(tensor.shape, tensor.dtype.name)

        with graphs.eager_mode():
            self.model(tf.nest.map_structure(symbolic, x))

    def _inputs(self, features):
        """The features as the model is called with them."""
        structure = self._input_structure()
        if structure is None:
            if isinstance(features, dict):
                return {key: inputs.as_tensor(value) for key, value in features.items()}
            values = inputs.in_order(features, (), "features", "inputs")
            return values[0] if len(values) == 1 else values
        if isinstance(structure, dict):
            names = sorted(structure)
            structure = {name: structure[name] for name in names}
        else:
            names = [tensor.name for tensor in tf.nest.flatten(structure)]
        features = inputs.renamed(features, names, self._legacy_input_names(structure))
        values = inputs.in_order(features, names, "features", "inputs")
        return tf.nest.pack_sequence_as(structure, values)

    def _input_structure(self):
        """The model's symbolic inputs as it is called with them; None if they are not known."""
        if self.is_subclassed or not self._is_built_before:
            return None
        if isinstance(self.model, _keras().Sequential):
            return self.model.inputs[0]
        return self.model.input

    def _legacy_input_names(self, structure):
        """From names that Keras 3 chose for inputs to those that Keras 2 would have chosen."""
        tensors = [t for t in tf.nest.flatten(structure) if _CHOSEN.fullmatch(t.name)]
        if isinstance(self.model, _keras().Sequential):
            return {tensor.name: f"{self.model.layers[0].name}_input" for tensor in tensors}
        return {tensor.name: f"input_{number}" for number, tensor in enumerate(tensors, 1)}

    def _output_names(self, count):
        model = self.model
        if hasattr(model, "output_names"):
            return list(model.output_names)
        if isinstance(model, _keras().Sequential):
            return [model.layers[-1].name]
        return [f"output_{number}" for number in range(1, count + 1)]


def _keras():
    import keras

    return keras
