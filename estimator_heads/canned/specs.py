"""Asks any head, also one of TF1, for the spec of a model with one optimizer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import tensorflow as tf

from estimator_heads.model_fn import EstimatorSpec


class AnyHead(Protocol):
    """What canned estimators need of a head. TF1's method takes fewer arguments than TF2's."""

    @property
    def logits_dimension(self) -> int:
        """Size of the last dimension of the logits."""

    @property
    def create_estimator_spec(self) -> Callable[..., EstimatorSpec]:
        """The method that makes what a model_fn returns."""


def spec_of_head(
    create_spec: Callable[..., Any],
    trainable_variables: Sequence[tf.Variable],
    update_ops: Sequence[tf.Operation] | None = None,
    **arguments: Any,
) -> Any:
    """What the model_fn of a canned estimator returns.

    A head of TF1 takes neither `trainable_variables` nor `update_ops`: it finds the variables in
    the graph, and here the ops are run along with its train op.

    Args:
        create_spec: Method `create_estimator_spec` of a head, or another one with its arguments.
        trainable_variables: List of the variables of the model.
        update_ops: List of the ops to be run along with each step, or None.
        **arguments: The other arguments of `create_spec`.

    Returns:
        What `create_spec` returned.
    """
    parameters = inspect.signature(create_spec).parameters.values()
    if any(p.name == "trainable_variables" or p.kind is p.VAR_KEYWORD for p in parameters):
        if update_ops is not None:
            arguments["update_ops"] = update_ops
        return create_spec(trainable_variables=trainable_variables, **arguments)
    spec = create_spec(**arguments)
    if not update_ops or spec.train_op is None:
        return spec
    return spec._replace(train_op=tf.group(spec.train_op, *update_ops))
