"""Recurrent cells of tf_keras, in place of those of Keras 3 that programs make as `tf.keras`."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import tensorflow as tf
import tf_keras

_CLASS_NAMES = ("GRUCell", "LSTMCell", "SimpleRNNCell")


def tf_keras_cell(cell: Any) -> Any:
    """A cell that `tf_keras.layers.RNN` takes.

    Args:
        cell: A cell, or a list of cells. Keras's own cells of Keras 3 become those of tf_keras with
            the same arguments and names, as both have the same variables; others are left alone.

    Returns:
        What was given, without cells of Keras 3.

    Raises:
        ValueError: A cell of Keras 3 is of a user's own class.
    """
    if isinstance(cell, list | tuple):
        return [tf_keras_cell(one) for one in cell]
    keras = sys.modules.get("keras")
    if isinstance(cell, tf_keras.layers.Layer) or not (
        keras and isinstance(cell, keras.layers.Layer)
    ):
        return cell
    if type(cell) is keras.layers.StackedRNNCells:
        return tf_keras.layers.StackedRNNCells(tf_keras_cell(cell.cells), name=cell.name)
    class_name = type(cell).__name__
    if class_name not in _CLASS_NAMES or type(cell) is not getattr(keras.layers, class_name):
        raise ValueError(
            "Expected recurrent cells of tf_keras. Received a layer of Keras 3 that cannot be "
            f"turned into one: {cell!r} of type {class_name}. Derive its class from one of "
            "tf_keras.layers, or set TF_USE_LEGACY_KERAS=1, with which tf.keras is tf_keras."
        )
    _leave_out_of_checkpoints(cell.variables)
    config = {name: _known_to_tf_keras(value) for name, value in cell.get_config().items()}
    config.pop("seed", None)  # That of dropout; tf_keras takes the graph's.
    config["dtype"] = cell.dtype_policy.name
    return getattr(tf_keras.layers, class_name).from_config(config)


def _leave_out_of_checkpoints(variables):
    """Forgets the state of dropout, which Keras 3 makes at once and the originals do not have."""
    states = [variable.value for variable in variables]
    graph = tf.compat.v1.get_default_graph()
    collection = graph.get_collection_ref(tf.compat.v1.GraphKeys.GLOBAL_VARIABLES)
    collection[:] = [
        variable for variable in collection if not any(variable is state for state in states)
    ]


def _known_to_tf_keras(value):
    """The config of an initializer, a regularizer, ... without the arguments that are newer."""
    if not isinstance(value, dict) or not str(value.get("module")).startswith("keras."):
        return value
    package = getattr(tf_keras, value["module"].split(".")[1])
    known = inspect.signature(getattr(package, value["class_name"])).parameters
    config = {name: item for name, item in value["config"].items() if name in known}
    return {**value, "config": config}
