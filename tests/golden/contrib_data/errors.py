"""Mistakes: the type of the error is what counts."""

import numpy as np
import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .programs import dataset, elements, sequences


def stride_and_window_shift(api, folder):
    api.sliding_window_batch(2, stride=1, window_shift=1)


def shapes_that_are_known_to_differ(api, folder):
    with tf.Graph().as_default():
        dataset(np.zeros([2, 3])).apply(api.assert_element_shape(tf.TensorShape([4])))


def shapes_that_turn_out_to_differ(api, folder):
    elements(lambda: sequences().apply(api.assert_element_shape(tf.TensorShape([2]))))


def reduced_array(api, folder):
    with tf.Graph().as_default():
        api.reduce_dataset(np.arange(3), None)


CASES = cases_of(globals())
