"""Makers of the callables that only these cases name: see golden/functions.py."""

import functools

import tensorflow as tf

from tests.golden.functions import maker, plain


@maker
def descend(context, learning_rate=0.1):
    """A train_op_fn: one step of gradient descent on all variables."""

    def train_op_fn(loss):
        return tf.compat.v1.train.GradientDescentOptimizer(learning_rate).minimize(
            loss, global_step=tf.compat.v1.train.get_global_step()
        )

    return train_op_fn


@maker
def no_op_train_fn(context):
    return context.api.no_op_train_fn


@plain
def doubled_with_its_rank(logits):
    """The rank is added, so that it can be seen which shape the function is given."""
    return logits * 2.0 + tf.cast(tf.rank(logits), tf.float32)


@plain
def weighted_gap(labels, logits, weights=1.0):
    """A scalar in which the rank and the dtype of the labels can be seen."""
    gap = tf.abs(tf.cast(labels, tf.float32) - tf.reduce_mean(logits, -1, keepdims=True))
    seen = tf.cast(tf.rank(labels) * 10 + labels.dtype.size, tf.float32)
    return tf.reduce_mean(gap * weights) + seen


@maker
def partial_gap(context):
    return functools.partial(_scaled_gap, scale=3.0)


def _scaled_gap(labels, logits, weights=1.0, scale=1.0):
    return _gap(labels, logits, weights) * scale


def _gap(labels, logits, weights):
    return tf.reduce_mean(tf.cast(labels, tf.float32) - tf.reduce_mean(logits)) * weights


@maker
def callable_gap(context):
    return _CallableGap()


class _CallableGap:
    def __call__(self, labels, logits, weights=1.0):
        return _gap(labels, logits, weights)


@plain
def integer_total(labels, logits, weights=None):
    return tf.reduce_sum(tf.cast(labels, tf.int32)) + tf.reduce_sum(tf.cast(logits * 4, tf.int32))


@plain
def mean_of_squares_of_tf_losses(labels, logits, weights=1.0):
    wide = tf.cast(labels, tf.float32) * tf.ones_like(logits)
    return tf.compat.v1.losses.mean_squared_error(wide, logits, weights)


@plain
def without_weights(labels, logits):
    return tf.reduce_mean(logits)


@plain
def labels_unnamed(targets, logits, weights=1.0):
    return tf.reduce_mean(logits)


@plain
def two_losses():
    return [_variable() * 1.5, _variable() * 0.25]


@plain
def one_loss():
    return _variable() * 0.75


@plain
def losses_in_a_tuple():
    return (_variable() * 1.5, _variable() * 0.25)


def _variable():
    """The variable that the runner makes first."""
    return tf.compat.v1.trainable_variables()[0]
