"""A train op from any optimizer: TF1's, both kinds of tf_keras, Keras 3, or a user's.

What an optimizer can do counts, not its class: `get_updates(loss, params)` is asked for updates,
`minimize(loss, global_step=...)` for an op. Each makes the global step advance by one a step, which
Keras optimizers do not do by themselves.
"""

from __future__ import annotations

import contextlib
import inspect
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.types import Optimizer, TrainOpFn


def create_train_op(
    loss: tf.Tensor,
    optimizer: Optimizer | None = None,
    trainable_variables: Sequence[tf.Variable] | None = None,
    train_op_fn: TrainOpFn | None = None,
    update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
    averaged: bool = True,
    scope: str | None = "training",
    first_choice: str = "get_updates",
) -> Any:
    """The op that makes one training step.

    Args:
        loss: Scalar Tensor to be minimised.
        optimizer: An optimizer of `tf.compat.v1.train`, `tf_keras.optimizers`,
            `tf_keras.optimizers.legacy` or `keras.optimizers` (Keras 3), or any object that has
            `get_updates(loss, params)` or `minimize(loss, global_step=...)`.
        trainable_variables: List or tuple of the variables that `optimizer` updates; by default
            those in the graph's collection TRAINABLE_VARIABLES.
        train_op_fn: Function from the loss to a train op, in place of an optimizer.
        update_ops: List or tuple of ops to be run along with the step.
        averaged: Whether the loss is a mean over the batch rather than a sum. With several
            replicas, a mean is scaled, so that the sum of their gradients is that of the mean over
            all of them.
        scope: Name scope at the top of the graph in which the step is made; optimizers name some of
            their variables after it. None leaves the scope as it is.
        first_choice: Which of "get_updates" and "minimize" is called if an optimizer has both.

    Returns:
        An Operation, or what `train_op_fn` returned.

    Raises:
        ValueError: Both or neither of `optimizer` and `train_op_fn` are given, the optimizer is of
            an unknown kind, or of one that does not work with several replicas, or there are no
            variables to train.
    """
    check_list("update_ops", update_ops, optional=True)
    if (optimizer is None) == (train_op_fn is None):
        raise ValueError(
            "Training expects exactly one of the arguments `optimizer` and `train_op_fn`. "
            f"Received: optimizer={optimizer!r}, train_op_fn={train_op_fn!r}."
        )
    with _top_scope(scope):
        if train_op_fn is not None:
            train_op = train_op_fn(loss)
        else:
            global_step = tf.compat.v1.train.get_global_step()
            train_op = _minimize(
                optimizer, loss, trainable_variables, averaged, first_choice, global_step
            )
        if update_ops:
            train_op = tf.group(train_op, *update_ops)
        return train_op


def create_joint_train_op(
    loss: tf.Tensor,
    optimizers_and_variables: Iterable[tuple[Optimizer, Sequence[tf.Variable] | None]],
    update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
    averaged: bool = True,
) -> tf.Operation:
    """The op that makes one training step of several optimizers, in the name scope at hand.

    Args:
        loss: Scalar Tensor to be minimised.
        optimizers_and_variables: List of pairs of an optimizer, as for `create_train_op`, and the
            list of the variables that it updates. The first one advances the global step.
        update_ops: List of ops to be run along with the step.
        averaged: As for `create_train_op`.

    Returns:
        An Operation.

    Raises:
        ValueError: As for `create_train_op`.
    """
    global_step = tf.compat.v1.train.get_global_step()
    train_ops = list(update_ops or ())
    for index, (optimizer, variables) in enumerate(optimizers_and_variables):
        step = None if index else global_step
        train_ops.append(_minimize(optimizer, loss, variables, averaged, "get_updates", step))
    return tf.group(*train_ops)


def check_optimizer(optimizer: Any) -> None:
    """Raises ValueError unless `optimizer` is one that `create_train_op` takes."""
    _minimize_function(optimizer, "get_updates")


def check_list(name: str, value: Any, optional: bool = False) -> None:
    """Raises ValueError unless `value` is a list or tuple, or None if that is allowed."""
    if isinstance(value, list | tuple) or (optional and value is None):
        return
    raise ValueError(
        f"Invalid value for argument `{name}`. Expected a list or tuple. Received: {value!r} of "
        f"type {type(value).__name__}."
    )


@contextlib.contextmanager
def _top_scope(name):
    if name is None:
        yield
        return
    with tf.compat.v1.name_scope(""), tf.compat.v1.name_scope(name):
        yield


def _minimize(optimizer, loss, trainable_variables, averaged, first_choice, global_step):
    minimize = _minimize_function(optimizer, first_choice)
    if tf.executing_eagerly() and _needs_a_graph(optimizer, minimize):
        raise ValueError(
            "Invalid value for argument `optimizer`. In eager mode there is no graph to compute "
            "gradients from: call the head inside a model_fn of an Estimator, or pass train_op_fn "
            f"and use a tf.GradientTape. Received: optimizer={optimizer!r}."
        )
    if minimize is _minimize_with_global_step:
        return minimize(optimizer, loss, trainable_variables, global_step)
    variables = _checked_variables(trainable_variables)
    replicas = tf.distribute.get_strategy().num_replicas_in_sync
    if replicas > 1 and minimize is _minimize_in_function:
        raise ValueError(
            "Invalid value for argument `optimizer`. With several replicas of a tf.distribute "
            "strategy, expected an optimizer of tf.compat.v1.train or tf_keras.optimizers.legacy. "
            f"Received: {optimizer!r} of type {type(optimizer).__name__}."
        )
    if averaged and replicas > 1:
        loss *= 1.0 / replicas
    return minimize(optimizer, loss, variables, global_step)


def _minimize_function(optimizer, first_choice):
    """The function that makes a train op from an optimizer that can do what this one can."""
    if isinstance(optimizer, tf.compat.v1.train.Optimizer):
        return _minimize_with_global_step
    ways = {}
    if not isinstance(optimizer, type):
        if callable(getattr(optimizer, "get_updates", None)):
            ways["get_updates"] = _minimize_with_updates
        if _takes_global_step(getattr(optimizer, "minimize", None)):
            ways["minimize"] = _minimize_with_global_step
        if is_of_keras(optimizer):
            ways["apply_gradients"] = _minimize_in_function
    if not ways:
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected an optimizer of tf.compat.v1.train, "
            "tf_keras or keras, or an object with `get_updates(loss, params)` or "
            f"`minimize(loss, global_step=...)`. Received: {optimizer!r} of type "
            f"{type(optimizer).__name__}."
        )
    return ways.get(first_choice) or next(iter(ways.values()))


def _takes_global_step(minimize):
    if not callable(minimize):
        return False
    parameters = inspect.signature(minimize).parameters.values()
    return any(p.name == "global_step" or p.kind is p.VAR_KEYWORD for p in parameters)


def is_of_keras(optimizer: Any) -> bool:
    """Whether it is an optimizer of Keras 3, or a new one of tf_keras."""
    # An optimizer's own package has been imported by whoever made it; do not import it here.
    packages = [sys.modules[name] for name in ("tf_keras", "keras") if name in sys.modules]
    return any(isinstance(optimizer, package.optimizers.Optimizer) for package in packages)


def _needs_a_graph(optimizer, minimize):
    """Whether TensorFlow or Keras minimize the loss, rather than a method of the user's own."""
    if minimize is _minimize_in_function:
        return True
    is_asked_for_updates = minimize is _minimize_with_updates
    method = optimizer.get_updates if is_asked_for_updates else optimizer.minimize
    return method.__module__.partition(".")[0] in ("tensorflow", "tf_keras")


def _minimize_with_global_step(optimizer, loss, trainable_variables, global_step):
    options = {"global_step": global_step}
    if trainable_variables is not None:
        options["var_list"] = _checked_variables(trainable_variables)
    elif isinstance(optimizer, tf.compat.v1.train.Optimizer):
        _checked_variables(None)  # It finds the same ones, but names no way out if there are none.
    return optimizer.minimize(loss, **options)


def _minimize_with_updates(optimizer, loss, variables, global_step):
    number_before = len(_operations())
    updates = optimizer.get_updates(loss, variables)
    updates = list(updates) if isinstance(updates, list | tuple) else [updates]
    if not updates:
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected its `get_updates(loss, params)` to "
            f"return at least one update. Received none from {optimizer!r}."
        )
    train_op = updates[0] if len(updates) == 1 else tf.group(*updates)
    if global_step is None or _assign(_operations()[number_before:], global_step):
        return train_op
    return _advancing(train_op, global_step)


def _operations():
    return tf.compat.v1.get_default_graph().get_operations()


def _assign(operations, variable):
    """Whether one of the operations assigns to the variable."""
    return any(
        operation.type.startswith("Assign") and operation.inputs[0].op is variable.op
        for operation in operations
    )


def _minimize_in_function(optimizer, loss, variables, global_step):
    gradients = tf.gradients(loss, variables)
    pairs = [pair for pair in zip(gradients, variables, strict=True) if pair[0] is not None]
    if not pairs:
        raise ValueError(
            "The loss depends on none of the `trainable_variables`. Expected variables that it "
            f"depends on. Received: {[variable.name for variable in variables]}."
        )
    gradients, variables = zip(*pairs, strict=True)
    # Made here, since a tf.function must not make variables at its second call.
    with _scope_for_name_of(optimizer):
        optimizer.build(variables)

    # These optimizers assign to variables without returning the ops; a function gathers them.
    @tf.function(autograph=False)
    def apply(*gradients):
        with _scope_for_name_of(optimizer):
            optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return tf.constant(True)

    train_op = tf.group(apply(*gradients))
    if global_step is None or getattr(optimizer, "iterations", None) is global_step:
        return train_op
    return _advancing(train_op, global_step)


def _scope_for_name_of(optimizer):
    """A scope in which the name of the optimizer may be one.

    Keras 3 makes a scope of it, and TensorFlow has none that begin with an underscore at the top.
    """
    has_underscore = str(optimizer.name).startswith("_")
    return tf.name_scope("optimizer") if has_underscore else contextlib.nullcontext()


def _advancing(train_op, global_step):
    with tf.control_dependencies([train_op]):
        advance = tf.group(global_step.assign_add(1))
    if not isinstance(train_op, tf.Tensor):
        return advance
    with tf.control_dependencies([advance]):
        return tf.identity(train_op)


def _checked_variables(variables):
    if variables is None:
        variables = tf.compat.v1.trainable_variables()
    check_list("trainable_variables", variables)
    if not variables:
        raise ValueError(
            "Invalid value for argument `trainable_variables`. Expected at least one variable; "
            "without the argument, those in the graph's collection TRAINABLE_VARIABLES are used. "
            "Received none."
        )
    # A Keras 3 variable keeps the tf.Variable that gradients are taken of.
    return [v if isinstance(v, tf.Variable) else v.value for v in variables]
