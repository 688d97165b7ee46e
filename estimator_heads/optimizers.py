"""A train op from any optimizer: TF1's, both kinds of tf_keras, Keras 3, or a user's function.

Each makes the global step advance by one a step, which Keras optimizers do not do by themselves.
"""

import contextlib
import sys

import tensorflow as tf


def create_train_op(
    loss,
    optimizer=None,
    trainable_variables=None,
    train_op_fn=None,
    update_ops=None,
    averaged=True,
    scope="training",
):
    """The op that makes one training step.

    Args:
        loss: scalar Tensor to be minimised.
        optimizer: an optimizer of `tf.compat.v1.train`, `tf_keras.optimizers`,
            `tf_keras.optimizers.legacy` or `keras.optimizers` (Keras 3).
        trainable_variables: list or tuple of the variables that `optimizer` updates; by default
            those in the graph's collection TRAINABLE_VARIABLES.
        train_op_fn: function from the loss to a train op, in place of an optimizer.
        update_ops: list or tuple of ops to be run along with the step.
        averaged: whether the loss is a mean over the batch rather than a sum. With several
            replicas, a mean is scaled, so that the sum of their gradients is that of the mean over
            all of them.
        scope: name scope at the top of the graph in which the step is made; optimizers name some of
            their variables after it. None leaves the scope as it is.

    Returns:
        An Operation, or what `train_op_fn` returned.

    Raises:
        ValueError: both or neither of `optimizer` and `train_op_fn` are given, the optimizer is of
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
            train_op = _minimize(optimizer, loss, trainable_variables, averaged)
        if update_ops:
            train_op = tf.group(train_op, *update_ops)
        return train_op


def check_optimizer(optimizer):
    """Raises ValueError unless `optimizer` is of a kind that `create_train_op` takes."""
    if _minimize_function(optimizer) is None:
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected an optimizer of tf.compat.v1.train, "
            f"tf_keras or keras. Received: {optimizer!r} of type {type(optimizer).__name__}."
        )


def check_list(name, value, optional=False):
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


def _minimize(optimizer, loss, trainable_variables, averaged):
    check_optimizer(optimizer)
    minimize = _minimize_function(optimizer)
    if tf.executing_eagerly():
        raise ValueError(
            "Invalid value for argument `optimizer`. Executing eagerly, there is no graph to take "
            "gradients from: call the head inside a model_fn of an Estimator, or pass train_op_fn "
            f"and use a tf.GradientTape. Received: optimizer={optimizer!r}."
        )
    variables = _checked_variables(trainable_variables)
    if minimize is _minimize_v1:
        return minimize(optimizer, loss, variables)
    replicas = tf.distribute.get_strategy().num_replicas_in_sync
    if replicas > 1 and minimize is _minimize_in_function:
        raise ValueError(
            "Invalid value for argument `optimizer`. With several replicas of a tf.distribute "
            "strategy, expected one of tf.compat.v1.train or tf_keras.optimizers.legacy. Received: "
            f"{optimizer!r} of type {type(optimizer).__name__}."
        )
    if averaged and replicas > 1:
        loss *= 1.0 / replicas
    return _advancing_global_step(minimize(optimizer, loss, variables), optimizer)


def _minimize_function(optimizer):
    """The function that makes a train op from an optimizer of this kind; None if unknown."""
    if isinstance(optimizer, tf.compat.v1.train.Optimizer):
        return _minimize_v1
    # An optimizer's own package has been imported by whoever made it; do not import it here.
    if tf_keras := sys.modules.get("tf_keras"):
        if isinstance(optimizer, tf_keras.optimizers.legacy.Optimizer):
            return _minimize_tf_keras_legacy
        if isinstance(optimizer, tf_keras.optimizers.Optimizer):
            return _minimize_in_function
    keras = sys.modules.get("keras")
    if keras and isinstance(optimizer, keras.optimizers.Optimizer):
        return _minimize_in_function
    return None


def _minimize_v1(optimizer, loss, variables):
    global_step = tf.compat.v1.train.get_global_step()
    return optimizer.minimize(loss, global_step=global_step, var_list=variables)


def _minimize_tf_keras_legacy(optimizer, loss, variables):
    return optimizer.get_updates(loss, variables)[0]


def _minimize_in_function(optimizer, loss, variables):
    gradients = tf.gradients(loss, variables)
    pairs = [pair for pair in zip(gradients, variables, strict=True) if pair[0] is not None]
    if not pairs:
        raise ValueError(
            "The loss depends on none of the `trainable_variables`. Expected some that it does "
            f"depend on. Received: {[variable.name for variable in variables]}."
        )
    gradients, variables = zip(*pairs, strict=True)
    # Made here, since a tf.function must not make variables at its second call.
    optimizer.build(variables)

    # These optimizers assign to variables without returning the ops; a function gathers them.
    @tf.function(autograph=False)
    def apply(*gradients):
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return tf.constant(True)

    return tf.group(apply(*gradients))


def _advancing_global_step(train_op, optimizer):
    global_step = tf.compat.v1.train.get_global_step()
    if global_step is None or getattr(optimizer, "iterations", None) is global_step:
        return train_op
    with tf.control_dependencies([train_op]):
        return tf.group(global_step.assign_add(1))


def _checked_variables(variables):
    if variables is None:
        variables = tf.compat.v1.trainable_variables()
    check_list("trainable_variables", variables)
    if not variables:
        raise ValueError(
            "Invalid value for argument `trainable_variables`. Expected at least one variable; "
            "without the argument, those in the graph's collection TRAINABLE_VARIABLES are taken. "
            "Received none."
        )
    # A Keras 3 variable keeps the tf.Variable that gradients are taken of.
    return [v if isinstance(v, tf.Variable) else v.value for v in variables]
