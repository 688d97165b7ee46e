"""Graphs and their operations."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module


def can_replace_inputs() -> bool:
    """Whether operations can get other inputs; publicly, they keep those they were made with."""
    return hasattr(tf.Operation, "_update_input")


def replace_input(operation: tf.Operation, index: int, tensor: tf.Tensor) -> None:
    """Gives an operation another input, if `can_replace_inputs()`."""
    operation._update_input(index, tensor)


def operation_types_in_functions(graph: tf.Graph) -> set[str] | None:
    """The types of the operations in the functions of a graph; None if they are unknown.

    Datasets and control flow have theirs in functions. The public way to see them is to serialize
    the whole graph, with all its constants.
    """
    functions: Any = getattr(graph, "_functions", None)
    try:
        definitions = [function.cached_definition for function in functions.values()]
    except AttributeError:
        return None
    return {node.op for definition in definitions for node in definition.node_def}


def eager_mode() -> AbstractContextManager[None]:
    """A context in which operations run at once, though the code around it builds a graph.

    What was made eagerly can be read in it; `tf.init_scope` does not leave a `tf.Graph`.
    """
    purpose = "to read the options of an optimizer that was made eagerly"
    context = private_module("tensorflow.python.eager.context", purpose)
    check_attributes(context, ["eager_mode"], purpose)
    return context.eager_mode()
