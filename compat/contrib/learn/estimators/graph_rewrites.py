"""Versions of a model's graph in its SavedModel, as `GraphRewriteSpec`s describe them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads._tensorflow import graph_transforms
from estimator_heads.compat.contrib.learn.output_alternatives import OutputAlternatives

if TYPE_CHECKING:
    from estimator_heads.compat.contrib.learn.estimators.saved_models import GraphRewriteSpec

_GraphKeys = tf.compat.v1.GraphKeys

# The original did not do this one with the tool, and did not pass it what it needs.
_FREEZE = "freeze_graph"

# Collections of variables, whose initializers must remain.
_VARIABLES = (
    _GraphKeys.GLOBAL_VARIABLES,
    _GraphKeys.TRAINABLE_VARIABLES,
    _GraphKeys.MOVING_AVERAGE_VARIABLES,
    _GraphKeys.LOCAL_VARIABLES,
    _GraphKeys.MODEL_VARIABLES,
)

_INITIALIZERS = (
    _GraphKeys.TABLE_INITIALIZERS,
    tf.compat.v1.saved_model.constants.LEGACY_INIT_OP_KEY,
    tf.compat.v1.saved_model.constants.MAIN_OP_KEY,
)


def tags_of_first(specs: Sequence[GraphRewriteSpec]) -> Sequence[str]:
    """The tags of the version that all others are made of.

    Args:
        specs: List of `GraphRewriteSpec`s.

    Returns:
        Its tags.

    Raises:
        ValueError: If there is none, or it has transformations.
    """
    if not specs or specs[0].transforms:
        raise ValueError(
            "Invalid value for argument `graph_rewrite_specs`. Expected a first GraphRewriteSpec "
            f"without transforms, which others follow. Received: {specs!r}."
        )
    return specs[0].tags


def add(
    builder: tf.compat.v1.saved_model.Builder,
    specs: Iterable[GraphRewriteSpec],
    inputs: Mapping[str, Mapping[str, tf.Tensor]],
    outputs: OutputAlternatives,
) -> None:
    """Adds transformed versions of the first graph to a SavedModel.

    Args:
        builder: The `tf.compat.v1.saved_model.Builder`.
        specs: List of `GraphRewriteSpec`s.
        inputs: Dict from names to dicts of tensors to be fed, which remain.
        outputs: Dict from names to (problem type, dict of tensors), which remain.

    Raises:
        ValueError: If one is to make constants of variables.
        tf.errors.InvalidArgumentError: If there is no such transformation, or it fails.
    """
    meta_graphs = graph_transforms.meta_graphs(builder)
    input_names = [tensor.name for fed in inputs.values() for tensor in fed.values()]
    output_names = [tensor.name for _, served in outputs.values() for tensor in served.values()]
    for spec in specs:
        if _FREEZE in spec.transforms:
            raise ValueError(
                f"The transformation {_FREEZE!r} is not supported. Export without it, and apply "
                "tf.compat.v1.graph_util.convert_variables_to_constants to the loaded model. "
                f"Received: transforms={spec.transforms!r}."
            )
        new = _transformed(meta_graphs[0], input_names, output_names, spec.transforms)
        del new.meta_info_def.tags[:]
        new.meta_info_def.tags.extend(spec.tags)
        meta_graphs.add().CopyFrom(new)


def _transformed(meta_graph, input_names, output_names, transforms):
    new = tf.compat.v1.MetaGraphDef()
    new.CopyFrom(meta_graph)
    if not transforms:
        return new
    graph_def = graph_transforms.transform_graph(
        meta_graph.graph_def,
        list(dict.fromkeys(input_names)),
        [*dict.fromkeys(output_names), *sorted(_run_by_loaders(meta_graph))],
        transforms,
    )
    new.graph_def.CopyFrom(graph_def)
    removed = {node.name for node in meta_graph.graph_def.node}
    removed -= {node.name for node in graph_def.node}
    for collection in new.collection_def.values():
        _leave_out(removed, collection)
    for name, signature in list(new.signature_def.items()):
        tensors = [*signature.inputs.values(), *signature.outputs.values()]
        if any(_operation(tensor.name) in removed for tensor in tensors):
            del new.signature_def[name]
    return new


def _run_by_loaders(meta_graph):
    """Names of what must remain: initializers of variables and tables, and the saver."""
    saver = meta_graph.saver_def
    names = {saver.filename_tensor_name, saver.save_tensor_name, saver.restore_op_name}
    with tf.Graph().as_default() as graph:
        tf.compat.v1.train.import_meta_graph(meta_graph)
        variables = (variable for name in _VARIABLES for variable in graph.get_collection(name))
        names.update(variable.initializer.name for variable in variables)
        operations = (op for name in _INITIALIZERS for op in graph.get_collection(name))
        names.update(operation.name for operation in operations)
    return names - {""}


def _leave_out(removed, collection):
    """Takes out of a `CollectionDef` whatever names an operation that is no more."""
    kept = [name for name in collection.node_list.value if _operation(name) not in removed]
    if len(kept) < len(collection.node_list.value):
        collection.node_list.value[:] = kept
    kept = [proto for proto in collection.bytes_list.value if not _mentions(removed, proto)]
    if len(kept) < len(collection.bytes_list.value):
        collection.bytes_list.value[:] = kept


def _operation(tensor_name):
    return tensor_name.partition(":")[0]


def _mentions(removed, proto):
    """Whether a serialized proto, such as that of a variable, has one of the names in it."""
    for match in re.findall(rb"[\w./\\-]+", proto):
        text = match.decode()
        # The byte before a name is its length, which may look like a part of it.
        if text in removed or text[1:] in removed:
            return True
    return False
