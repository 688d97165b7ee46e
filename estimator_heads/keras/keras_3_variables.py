"""The variables of a Keras 3 model, in a graph and under the names of Keras 2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import graphs, keras_models

if TYPE_CHECKING:
    import keras

_AGGREGATIONS = {
    None: tf.VariableAggregation.NONE,
    "none": tf.VariableAggregation.NONE,
    "mean": tf.VariableAggregation.MEAN,
    "sum": tf.VariableAggregation.SUM,
    "only_first_replica": tf.VariableAggregation.ONLY_FIRST_REPLICA,
}


def weights(model: keras.Model) -> list[keras.Variable]:
    """The weights of a Keras 3 model, without the states of random generators.

    Returns:
        A list of variables, each of them once, the trainable ones first.
    """
    once = {id(weight): weight for weight in model.weights}.values()
    return sorted(once, key=lambda weight: not weight.trainable)


class GraphVariables:
    """Variables of the default graph that stand for those of a Keras 3 model.

    Args:
        model: The model, which has been built.
        values: List with a value for each of `weights(model)`, which the variables start from; None
            for zeros, which a checkpoint takes the place of.
    """

    def __init__(self, model: keras.Model, values: Sequence[np.ndarray] | None = None) -> None:
        self._model = model
        # From the id of a variable of Keras to that of the graph.
        self._variables: dict[int, tf.Variable] = {}
        names = _names(model)
        with tf.compat.v1.variable_scope(
            "", reuse=tf.compat.v1.AUTO_REUSE, use_resource=True, auxiliary_name_scope=False
        ):
            for index, weight in enumerate(weights(model)):
                initial = None if values is None else values[index]
                self._variables[id(weight)] = _variable(weight, names[id(weight)], initial)
            for state in self._states():
                self._variables[id(state)] = _local_variable(state)
        self._read = {
            id(variable): tf.convert_to_tensor(self._variables[id(variable)])
            for variable in self._keras_variables()
        }

    @property
    def mapping(self) -> list[tuple[keras.Variable, tf.Tensor]]:
        """List of pairs of a variable of Keras and the Tensor that is read in its place."""
        return [(variable, self._read[id(variable)]) for variable in self._keras_variables()]

    def updates(self, scope: keras.StatelessScope) -> list[tf.Operation]:
        """The operations that assign what the model assigned to its variables when it was called.

        Args:
            scope: The `keras.StatelessScope` in which it was called.
        """
        return [
            self._variables[id(variable)].assign(scope.get_current_value(variable))
            for variable in self._keras_variables()
            if scope.get_current_value(variable) is not self._read[id(variable)]
        ]

    def tracking_model(self) -> tf_keras.Model:
        """A model of tf_keras that has the weights where object checkpoints of TF 2.15 do."""
        graph_weights = [self._variables[id(weight)] for weight in weights(self._model)]
        tracking = keras_models.graph_model(graph_weights)
        self._track(tracking, self._model, set())
        return tracking

    def _keras_variables(self):
        return [*weights(self._model), *self._states()]

    def _states(self):
        known = {id(weight) for weight in weights(self._model)}
        return [v for v in self._model.non_trainable_variables if id(v) not in known]

    def _track(self, parent, layer, tracked):
        """Makes the weights of a layer and of the layers in it dependencies of `parent`."""
        for name, inner in _inner_layers(layer).items():
            child = tf.Module()
            self._track(child, inner, tracked)
            keras_models.track(parent, name, child)
        names: set[str] = set()
        for weight in layer.weights:
            if id(weight) not in tracked:  # Its own, not one of the layers in it.
                tracked.add(id(weight))
                name = _unused(weight.name, names)
                keras_models.track(parent, name, self._variables[id(weight)])


def _inner_layers(layer):
    """The layers in a Keras 3 layer, by the names that Keras 2 tracks them by."""
    if keras_models.is_keras_3_network(layer):
        with_weights = [inner for inner in layer.layers if inner.weights]
        return {f"layer_with_weights-{index}": inner for index, inner in enumerate(with_weights)}
    inner_layers = {}
    for name, value in vars(layer).items():
        if name == "_layers":  # All of them again.
            continue
        if _has_weights(value):
            inner_layers[name] = value
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                if _has_weights(inner):
                    inner_layers[f"{name}.{index}"] = inner
    return inner_layers


def _has_weights(value):
    import keras

    return isinstance(value, keras.layers.Layer) and bool(value.weights)


def _names(model):
    """From the id of each weight to the name that Keras 2 gives to its variable."""
    used: set[str] = set()
    return {id(weight): _unused(name, used) for weight, name in names_by_layer(model)}


def names_by_layer(model: keras.Model) -> list[tuple[keras.Variable, str]]:
    """The weights of a Keras 3 model with names that begin with those of layers, as in Keras 2.

    In Keras 3, they begin with the names of the models that consist of the layers.

    Returns:
        List of pairs of a weight and its name; layers of different models may have the same one.
    """
    networks = {
        layer.name
        for layer in keras_models.layers_within(model)
        if keras_models.is_keras_3_network(layer)
    }
    pairs = []
    for weight in weights(model):
        parts = weight.path.split("/")
        while len(parts) > 2 and parts[0] in networks:
            del parts[0]
        pairs.append((weight, "/".join(parts)))
    return pairs


def _unused(name, used):
    """`name`, with a number if it is one of `used`; it is added to them."""
    number, result = 0, name
    while result in used:
        number += 1
        result = f"{name}_{number}"
    used.add(result)
    return result


def _variable(weight, name, value):
    initializer = tf.compat.v1.zeros_initializer()
    if value is not None:
        initializer = tf.compat.v1.constant_initializer(value)
    return tf.compat.v1.get_variable(
        name,
        weight.shape,
        tf.as_dtype(weight.dtype),
        initializer,
        trainable=weight.trainable,
        aggregation=_AGGREGATIONS[getattr(weight, "aggregation", "none")],
    )


def _local_variable(state):
    """A variable for what is no weight: the state of a random generator, which starts anew."""
    with graphs.eager_mode():
        value = state.numpy()
    return tf.compat.v1.get_variable(
        state.path,
        value.shape,
        value.dtype,  # Without it, another replica would ask for a float.
        tf.compat.v1.constant_initializer(value),
        trainable=False,
        collections=[tf.compat.v1.GraphKeys.LOCAL_VARIABLES],
    )
