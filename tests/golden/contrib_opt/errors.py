"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of


def negative_momentum(api, folder):
    api.LARSOptimizer(0.1, momentum=-1.0)


def negative_weight_decay(api, folder):
    api.LARSOptimizer(0.1, weight_decay=-1.0)


def loss_without_variables(api, folder):
    with tf.Graph().as_default():
        tf.compat.v1.get_variable("unused", [1])
        api.AdamWOptimizer(0.1).minimize(tf.constant(1.0))


CASES = cases_of(globals())
