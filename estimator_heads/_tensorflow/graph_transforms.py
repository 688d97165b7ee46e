"""The Graph Transform Tool, which TensorFlow still has, but no longer offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "to transform the graph of a SavedModel"


def transform_graph(
    graph_def: tf.compat.v1.GraphDef,
    inputs: Iterable[str],
    outputs: Iterable[str],
    transforms: Sequence[str],
) -> tf.compat.v1.GraphDef:
    """Applies transformations to a graph.

    Args:
        graph_def: A `tf.compat.v1.GraphDef`.
        inputs: Names of the tensors that are fed.
        outputs: Names of the tensors and operations to keep.
        transforms: Names of transformations, with arguments in parentheses.

    Returns:
        A new `tf.compat.v1.GraphDef`.

    Raises:
        tf.errors.InvalidArgumentError: If there is no such transformation, or it fails.
    """
    tool = private_module("tensorflow.python.util._pywrap_transform_graph", _PURPOSE)
    check_attributes(tool, ["TransformGraphWithStringInputs"], _PURPOSE)
    try:
        transformed = tool.TransformGraphWithStringInputs(
            graph_def.SerializeToString(),
            ",".join(inputs).encode(),
            ",".join(outputs).encode(),
            " ".join(transforms).encode(),
        )
    except (tf.errors.OpError, RuntimeError, ValueError) as error:
        raise tf.errors.InvalidArgumentError(
            None, None, f"The transformations {list(transforms)} of the graph failed: {error}"
        ) from error
    return tf.compat.v1.GraphDef.FromString(transformed)


def meta_graphs(saved_model_builder: tf.compat.v1.saved_model.Builder) -> Any:
    """The list of the graphs in a SavedModel that is being built, to which others can be added.

    Publicly, only the default graph of a session can be added.
    """
    check_attributes(saved_model_builder, ["_saved_model"], _PURPOSE)
    return saved_model_builder._saved_model.meta_graphs
