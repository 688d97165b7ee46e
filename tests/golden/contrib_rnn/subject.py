"""The recurrent estimators of `tf.contrib.estimator`."""

import types

import tensorflow as tf

from tests.golden.canned.estimator_subject import estimator_subject

from .cases import CASES


def original_api():
    """The names of TF 1.15 that the cases use."""
    from tensorflow_estimator.python.estimator.head import sequential_head

    contrib = tf.contrib.estimator
    names = {name: getattr(tf.estimator, name) for name in dir(tf.estimator)}
    names.update((name, getattr(contrib, name)) for name in dir(contrib) if name.endswith("_head"))
    return types.SimpleNamespace(
        RNNClassifier=contrib.RNNClassifier,
        RNNEstimator=contrib.RNNEstimator,
        SequentialHeadWrapper=sequential_head.SequentialHeadWrapper,
        feature_column=tf.contrib.feature_column,
        rnn_cell=tf.nn.rnn_cell,
        is_original=True,
        **names,
    )


# TF 1.15 makes other numbers of a seed, since it counts other operations.
SUBJECT = estimator_subject("contrib_rnn", "1.15", CASES, original_api, seeded=False)
