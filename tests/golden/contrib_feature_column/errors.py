"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of


def _layer(api, columns):
    with tf.Graph().as_default():
        x = tf.SparseTensor([[0, 0]], [1.0], [1, 1])
        api.sequence_input_layer({"x": x}, columns)


def no_columns(api, folder):
    _layer(api, [])


def columns_that_are_no_sequences(api, folder):
    _layer(api, [tf.feature_column.numeric_column("x")])


def the_same_name_twice(api, folder):
    _layer(api, [api.sequence_numeric_column("x"), api.sequence_numeric_column("x")])


def columns_in_a_dict(api, folder):
    _layer(api, {"x": api.sequence_numeric_column("x")})


def shape_that_is_not_positive(api, folder):
    api.sequence_numeric_column("x", shape=[0])


def normalizer_that_is_no_function(api, folder):
    api.sequence_numeric_column("x", normalizer_fn=3)


CASES = cases_of(globals())
