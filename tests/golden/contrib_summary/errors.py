"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def initialize_without_writer(api, folder):
    with tf.Graph().as_default(), v1.Session():
        api.initialize()


def initialize_without_session(api, folder):
    with tf.Graph().as_default(), api.create_file_writer(folder).as_default():
        api.initialize()


def graph_that_is_no_tensor(api, folder):
    with tf.Graph().as_default() as graph, api.create_file_writer(folder).as_default():
        api.graph(graph, step=0)


CASES = cases_of(globals())
