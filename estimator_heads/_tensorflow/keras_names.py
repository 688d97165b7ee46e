"""The names that Keras 3 gives to layers and optimizers."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator

import tensorflow as tf

from estimator_heads._tensorflow.missing import missing

_STATE = "keras.src.backend.common.global_state"
_COUNTS = "object_name_uids"


@contextlib.contextmanager
def keras_names_from_the_start() -> Iterator[None]:
    """Inside, Keras 3 calls the first Dense layer `dense` again, whatever the process made before.

    Keras 3 counts names for the whole process, where TF's graphs (and tf_keras) count them for each
    graph; with names that differ from graph to graph, no checkpoint of an Estimator could be
    restored. Only `clear_session`, which drops everything else as well, does this publicly.

    Raises:
        RuntimeError: If Keras 3 is there, but does not keep its counts where they are expected.
    """
    before = _keras_global_state()
    outside = None
    if before:
        outside = before.get_global_attribute(_COUNTS)
        before.set_global_attribute(_COUNTS, None)
        _check_counts(before)
    elif _keras_3():
        raise _unknown_counts(_STATE)
    try:
        with _scopes_without_leading_underscore():
            yield
    finally:
        if after := sys.modules.get(_STATE):
            after.set_global_attribute(_COUNTS, outside)


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
    state = sys.modules.get(_STATE)
    for name in ("get_global_attribute", "set_global_attribute"):
        if state and not hasattr(state, name):
            raise _unknown_counts(f"{_STATE}.{name}")
    return state


def _keras_3():
    """The module of Keras 3, if the process has imported it."""
    keras = sys.modules.get("keras")
    return keras if hasattr(keras, "KerasTensor") else None


def _check_counts(state):
    """Checks that a name is counted from the start, as no name has been counted yet."""
    keras = _keras_3()
    if keras is None:  # Its import is under way.
        return
    keras.KerasTensor((1,))  # Keras gives it a name, and does nothing else.
    if state.get_global_attribute(_COUNTS) is None:
        raise _unknown_counts(f'{_STATE}.get_global_attribute("{_COUNTS}")')
    state.set_global_attribute(_COUNTS, None)


def _unknown_counts(name):
    return missing(
        name,
        "for variables to have the same names in every graph",
        library=f"Keras {getattr(_keras_3(), '__version__', '3')}",
        way_out="Install an older Keras 3, or a newer estimator-heads.",
    )
