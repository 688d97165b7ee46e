"""The sequence columns of `tf.contrib.feature_column`, and their input layer."""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of
from tests.golden.learn_inputs.programs import text_file

v1 = tf.compat.v1


def _words():
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0]], ["b", "x", "a"], [2, 2])


def _numbers(values=(1.0, 2.0, 3.0, 4.0)):
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0], [1, 1]], list(values), [2, 2])


def _layer(api, features, columns, **options):
    """The input layer of features and columns, and the variables it makes."""
    with tf.Graph().as_default():
        outputs, lengths = api.sequence_input_layer(
            features=features(), feature_columns=columns, **options
        )
        variables = v1.global_variables()
        with v1.Session() as session:
            session.run([v1.global_variables_initializer(), v1.tables_initializer()])
            return {
                "outputs": plain(session.run([outputs, lengths])),
                "shape": outputs.shape.as_list()[2:],
                "variables": {
                    variable.op.name: [variable in v1.trainable_variables()]
                    + sorted(name for name in ("mine",) if variable in v1.get_collection(name))
                    for variable in variables
                },
            }


def _embedded(column):
    values = v1.constant_initializer(np.arange(6.0).reshape(3, 2))
    return tf.feature_column.embedding_column(column, 2, initializer=values)


def _indicator(column):
    return tf.feature_column.indicator_column(column)


def vocabulary_list(api, folder):
    column = api.sequence_categorical_column_with_vocabulary_list(
        key="words", vocabulary_list=["a", "b"], dtype=tf.string, num_oov_buckets=2
    )
    other = api.sequence_categorical_column_with_vocabulary_list(
        "words", ["a", "b"], default_value=1
    )
    return [
        _layer(api, lambda: {"words": _words()}, [_indicator(column)]),
        _layer(api, lambda: {"words": _words()}, [_indicator(other)]),
    ]


def vocabulary_file(api, folder):
    path = text_file(folder, "words.txt", ["a", "b", "c"])
    column = api.sequence_categorical_column_with_vocabulary_file(
        key="words",
        vocabulary_file=path,
        vocabulary_size=2,
        num_oov_buckets=1,
        default_value=None,
        dtype=tf.string,
    )
    return _layer(api, lambda: {"words": _words()}, [_indicator(column)])


def hash_buckets(api, folder):
    column = api.sequence_categorical_column_with_hash_bucket(
        key="words", hash_bucket_size=3, dtype=tf.string
    )
    return _layer(api, lambda: {"words": _words()}, [_indicator(column)])


def identities(api, folder):
    column = api.sequence_categorical_column_with_identity(
        key="ids", num_buckets=3, default_value=0
    )
    return _layer(
        api,
        lambda: {"ids": tf.SparseTensor([[0, 0], [1, 0], [1, 1]], [2, 1, 5], [2, 2])},
        [_indicator(column)],
    )


def numbers(api, folder):
    columns = [
        api.sequence_numeric_column("x"),
        api.sequence_numeric_column(
            key="y",
            shape=(2,),
            default_value=-1.0,
            dtype=tf.float32,
            normalizer_fn=lambda values: values / 2,
        ),
    ]
    return [
        _layer(api, lambda: {"x": _numbers()}, columns[:1]),
        _layer(
            api,
            lambda: {"y": tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1.0, 2.0, 3.0], [2, 4])},
            columns[1:],
        ),
    ]


def several_columns(api, folder):
    words = api.sequence_categorical_column_with_vocabulary_list("words", ["a", "b", "x"])
    return _layer(
        api,
        lambda: {
            "words": _words(),
            "x": tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1.0, 2.0, 3.0], [2, 2]),
        },
        [api.sequence_numeric_column("x"), _embedded(words)],
        weight_collections=["mine"],
        trainable=False,
    )


CASES = cases_of(globals())
