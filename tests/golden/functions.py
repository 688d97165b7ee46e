"""Makers of what a case table names but cannot hold as data: callables, columns, optimizers.

A maker takes the `Context` of the run and the arguments written in the case.
"""

import collections

import tensorflow as tf

from .data import Made

# While a train op is built, `variable` is the model's only one, and `counter` counts update ops.
Context = collections.namedtuple("Context", "api execution variable counter")
MAKERS = {}


def resolve(value, context):
    """The value with every `Made` in it replaced by what its maker returns."""
    if isinstance(value, Made):
        return MAKERS[value.maker](context, **value.arguments)
    if isinstance(value, dict):
        return {key: resolve(entry, context) for key, entry in value.items()}
    if type(value) in (list, tuple):
        return type(value)(resolve(entry, context) for entry in value)
    return value


def maker(function):
    MAKERS[function.__name__] = function
    return function


def plain(function):
    """Registers a callable that is handed over as it is."""
    MAKERS[function.__name__] = lambda context: function
    return function


@maker
def head(context, kind, **arguments):
    return getattr(context.api, kind)(**resolve(arguments, context))


@maker
def nothing(context):
    return object()


@maker
def numeric_column(context, key, **arguments):
    return tf.feature_column.numeric_column(key, **resolve(arguments, context))


@maker
def legacy_numeric_column(context, key, **arguments):
    return tf.compat.v1.feature_column.numeric_column(key, **arguments)


@maker
def bucketized_column(context, key):
    return tf.feature_column.bucketized_column(tf.feature_column.numeric_column(key), [0.5])


@maker
def scalar_tensor(context, value):
    return tf.constant(value)


@maker
def integer_dtype(context):
    return tf.int32


@maker
def double_dtype(context):
    return tf.float64


@plain
def double(values):
    return values * 2.0


@plain
def squared_difference(labels, logits):
    return tf.square(tf.cast(labels, tf.float32) - tf.reduce_sum(logits, -1, keepdims=True))


@plain
def absolute_difference(labels, logits):
    return tf.abs(tf.cast(labels, tf.float32) - logits)


@plain
def integer_loss(labels, logits):
    total = tf.reduce_sum(tf.abs(tf.cast(labels, tf.float32)) + tf.abs(logits), -1, keepdims=True)
    return tf.cast(tf.round(total), tf.int32)


@plain
def mean_over_classes(labels, logits):
    error = tf.abs(tf.cast(labels, tf.float32) - logits)
    return tf.reduce_mean(error, axis=-1, keepdims=True)


@plain
def with_optional_reduction(labels, logits, features, loss_reduction=None):
    """Scaled by a feature, and by 10 if the head hands its reduction over."""
    error = tf.reduce_sum(tf.abs(tf.cast(labels, tf.float32) - logits), -1, keepdims=True)
    return error * features["scale"] * (1.0 if loss_reduction is None else 10.0)


@plain
def with_every_argument(labels, logits, features, loss_reduction):
    """Scaled by a feature, and by 10 if the reduction is to sum."""
    error = tf.reduce_sum(tf.abs(tf.cast(labels, tf.float32) - logits), -1, keepdims=True)
    return error * features["scale"] * (10.0 if loss_reduction == "sum" else 1.0)


@plain
def with_features(labels, logits, features):
    error = tf.reduce_sum(tf.abs(tf.cast(labels, tf.float32) - logits), -1, keepdims=True)
    return error * features["scale"]


@plain
def without_labels(logits):
    return logits


@plain
def without_logits(labels):
    return labels


@plain
def with_unknown_argument(labels, logits, temperature):
    return logits * temperature


@plain
def with_defaulted_unknown_argument(labels, logits, temperature=1.0):
    return logits * temperature


@plain
def scalar_loss(labels, logits):
    return tf.reduce_mean(logits)


@plain
def loss_without_last_dimension(labels, logits):
    return tf.reduce_sum(logits, axis=-1)


@plain
def exponential(logits):
    return tf.exp(logits)


@plain
def three_columns(logits):
    return tf.concat([logits, logits, logits], axis=-1)


@maker
def gradient_descent(context, learning_rate=0.1):
    """A train_op_fn: one step of gradient descent (eager: subtracts the loss it is given)."""

    def train_op_fn(loss):
        if context.execution == "eager":
            context.variable.assign_sub(learning_rate * loss)
            return loss
        optimizer = tf.compat.v1.train.GradientDescentOptimizer(learning_rate)
        return optimizer.minimize(
            loss,
            global_step=tf.compat.v1.train.get_global_step(),
            var_list=[context.variable],
        )

    return train_op_fn


@maker
def no_op(context):
    return lambda loss: tf.no_op()


@maker
def returns_none(context):
    return lambda loss: None


@maker
def the_variable(context):
    return context.variable


@maker
def add_to_counter(context, amount):
    return context.counter.assign_add(amount)


@maker
def legacy_keras_sgd(context, learning_rate=0.1, momentum=0.0):
    """tf.keras's optimizer of TF 2.10 and before, found where the TensorFlow at hand keeps it."""
    return legacy_keras_optimizers().SGD(learning_rate, momentum=momentum)


@maker
def v1_gradient_descent(context, learning_rate=0.1):
    return tf.compat.v1.train.GradientDescentOptimizer(learning_rate)


@maker
def keras_sgd(context, learning_rate=0.1):
    return tf.keras.optimizers.SGD(learning_rate)


@maker
def own_updates(context, learning_rate=0.1):
    """An optimizer of tf.keras, of whatever kind is at hand, that makes its updates itself."""

    class OwnUpdates(tf.keras.optimizers.SGD):
        def get_updates(self, loss, params):
            gradients = tf.gradients(loss, params)
            return [
                param.assign_sub(learning_rate * gradient)
                for param, gradient in zip(params, gradients)
            ]

    return OwnUpdates(learning_rate)


@maker
def own_minimize(context, learning_rate=0.1):
    """An object that is no optimizer by its class, and can do what TF1 heads ask for."""
    return _OwnMinimize(learning_rate)


class _OwnMinimize:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def minimize(self, loss, global_step=None):
        optimizer = tf.compat.v1.train.GradientDescentOptimizer(self.learning_rate)
        return optimizer.minimize(loss, global_step=global_step)


def legacy_keras_optimizers():
    version = tuple(int(part) for part in tf.__version__.split(".")[:2])
    if version >= (2, 16):
        import tf_keras

        return tf_keras.optimizers.legacy
    return tf.keras.optimizers.legacy if version >= (2, 11) else tf.keras.optimizers
