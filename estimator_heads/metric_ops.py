"""Turns what users give as `eval_metric_ops` into pairs of (value Tensor, update op).

A metric may be a pair already, or a metric object of tf_keras or of Keras 3.
"""

from __future__ import annotations

import sys
from typing import Any

import tensorflow as tf

from estimator_heads import metric_results


def as_value_and_update(eval_metric_ops: dict[str, Any] | None) -> dict[str, Any]:
    """Checks `eval_metric_ops` of an EstimatorSpec and makes every value a pair.

    The variables of metric objects are put where a session initialises them anew each time (the
    collections LOCAL_VARIABLES and METRIC_VARIABLES), and kept out of checkpoints. When executing
    eagerly there are no update ops: metric objects stay as they are.

    Args:
        eval_metric_ops: None, or a dict from names to `(value, update)` tuples or Keras metrics.

    Returns:
        A new dict, from the same names to `(value, update)` tuples.

    Raises:
        TypeError: If the argument is not a dict, or a value is neither a pair nor a metric.
        ValueError: A metric was never updated, or a Tensor is from another graph.
    """
    if eval_metric_ops is None:
        return {}
    if not isinstance(eval_metric_ops, dict):
        raise TypeError(
            "Invalid value for argument `eval_metric_ops`. Expected a dict from names to metrics. "
            f"Received: {eval_metric_ops!r} of type {type(eval_metric_ops).__name__}."
        )
    return {name: _pair(name, metric) for name, metric in eval_metric_ops.items()}


def check_graph(name: str, value: Any) -> None:
    """Raises ValueError unless the Tensor or Operation `value` is in the default graph."""
    if tf.executing_eagerly() or not isinstance(value, tf.Tensor | tf.Operation | tf.Variable):
        return
    # An eager Tensor, of no graph at all, has no such attribute.
    if getattr(value, "graph", None) is not tf.compat.v1.get_default_graph():
        raise ValueError(
            f"Invalid value for argument `{name}`. Expected something created in the default graph "
            "while model_fn ran. Received something from elsewhere, perhaps created outside "
            f"model_fn or in an earlier call to it: {value!r}."
        )


def _pair(name, metric):
    if isinstance(metric, tuple) and len(metric) == 2:
        for part in tf.nest.flatten(metric):
            check_graph(f"eval_metric_ops[{name!r}]", part)
        return metric
    updates_of = _updates_function(metric)
    if updates_of is None:
        raise TypeError(
            f"Invalid value for argument `eval_metric_ops[{name!r}]`. Expected a tuple "
            "(value, update_op) or a Keras metric. Received: "
            f"{metric!r} of type {type(metric).__name__}."
        )
    if tf.executing_eagerly():
        return metric
    variables = [getattr(v, "value", v) if _is_keras_3(v) else v for v in metric.variables]
    updates = updates_of(metric, variables)
    if not updates:
        raise ValueError(
            f"Invalid value for argument `eval_metric_ops[{name!r}]`. Expected a metric that has "
            f"been updated: call update_state(...) on {metric.name!r} first."
        )
    value = metric_results.result_of(metric)
    for part in (value, *updates):
        check_graph(f"eval_metric_ops[{name!r}]", part)
    _make_local(variables)
    return value, tf.group(*updates)


def _updates_function(metric):
    """The function that finds a metric's update ops, or None if `metric` is no Keras metric."""
    # A metric's own package has been imported by whoever made it; do not import it here.
    if (tf_keras := sys.modules.get("tf_keras")) and isinstance(metric, tf_keras.metrics.Metric):
        return lambda metric, variables: metric.updates
    if (keras := sys.modules.get("keras")) and isinstance(metric, keras.metrics.Metric):
        return _assignments
    return None


def _is_keras_3(variable):
    return not isinstance(variable, tf.Variable)


def _assignments(metric, variables):
    """The ops that assign to `variables`, apart from their initializers.

    Keras 3 keeps no list of a metric's updates, so they are read off the graph.
    """
    del metric
    return [
        op
        for variable in variables
        for op in variable.handle.consumers()
        if op.type.startswith("Assign") and op is not variable.initializer
    ]


def _make_local(variables):
    graph_keys = tf.compat.v1.GraphKeys
    for collection in (graph_keys.LOCAL_VARIABLES, graph_keys.METRIC_VARIABLES):
        _edit_collection(collection, add=variables)
    _edit_collection(graph_keys.GLOBAL_VARIABLES, remove=variables)


def _edit_collection(name, add=(), remove=()):
    members = tf.compat.v1.get_collection_ref(name)
    known = {id(member) for member in members}
    members.extend(variable for variable in add if id(variable) not in known)
    unwanted = {id(variable) for variable in remove}
    members[:] = [member for member in members if id(member) not in unwanted]
