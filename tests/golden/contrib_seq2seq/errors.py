"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _loss(api, logits=(2, 3, 4), targets=(2, 3), weights=(2, 3), **options):
    with tf.Graph().as_default():
        api.sequence_loss(tf.ones(logits), tf.ones(targets, tf.int32), tf.ones(weights), **options)


def logits_of_rank_two(api, folder):
    _loss(api, logits=(2, 3))


def targets_of_rank_one(api, folder):
    _loss(api, targets=(2,))


def weights_of_rank_three(api, folder):
    _loss(api, weights=(2, 3, 1))


def both_over_time(api, folder):
    _loss(api, sum_over_timesteps=True)


def both_over_the_batch(api, folder):
    _loss(api, sum_over_batch=True)


def tile_of_a_scalar(api, folder):
    with tf.Graph().as_default():
        api.tile_batch(tf.constant(1), 2)


def tile_of_unknown_rank(api, folder):
    with tf.Graph().as_default():
        api.tile_batch(v1.placeholder(tf.float32), 2)


CASES = cases_of(globals())
