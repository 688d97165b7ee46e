"""The names that Keras 3 gives to layers and optimizers."""

import contextlib
import sys
import types

import tensorflow as tf


@contextlib.contextmanager
def keras_names_from_the_start():
    """Inside, Keras 3 calls the first Dense layer `dense` again, whatever the process made before.

    Keras 3 counts names for the whole process, where TF's graphs (and tf_keras) count them for each
    graph; with names that differ from graph to graph, no checkpoint of an Estimator could be
    restored. Only `clear_session`, which drops everything else as well, does this publicly.
    """
    before = _keras_global_state()
    outside = before.get_global_attribute("object_name_uids") if before else None
    if before:
        before.set_global_attribute("object_name_uids", None)
    try:
        with _scopes_without_leading_underscore():
            yield
    finally:
        if after := _keras_global_state():
            after.set_global_attribute("object_name_uids", outside)


@contextlib.contextmanager
def _scopes_without_leading_underscore():
    """Inside, the default graph takes `_adam` for the name of a scope at its top: it is `adam`.

    Keras 3 names an optimizer after its class, and makes a scope of that name: those of a class
    `_Adam` cannot be made in a graph otherwise. Nothing public tells Keras what to call a scope.
    """
    graph = tf.compat.v1.get_default_graph()
    if not isinstance(graph.name_scope, types.MethodType):  # One model_fn calls another.
        yield
        return
    name_scope = graph.name_scope

    def tolerant_name_scope(name):
        is_refused = name and name.startswith("_") and not graph.get_name_scope()
        return name_scope(name.lstrip("_") if is_refused else name)

    graph.name_scope = tolerant_name_scope
    try:
        yield
    finally:
        del graph.name_scope


def _keras_global_state():
    """The module in which Keras 3 keeps its counts, if the process has imported Keras 3."""
    return sys.modules.get("keras.src.backend.common.global_state")
