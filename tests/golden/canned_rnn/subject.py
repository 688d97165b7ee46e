"""The recurrent estimators of `tf.estimator.experimental`."""

import types

import tensorflow as tf

from tests.golden.canned import subject as canned_subject
from tests.golden.canned.estimator_subject import estimator_subject

from .cases import CASES


def original_api():
    """The names of TF 2.15 that the cases use."""
    from tensorflow_estimator.python.estimator.head import sequential_head

    return types.SimpleNamespace(
        **vars(canned_subject.original_api()),
        RNNClassifier=tf.estimator.experimental.RNNClassifier,
        RNNEstimator=tf.estimator.experimental.RNNEstimator,
        SequentialHeadWrapper=sequential_head.SequentialHeadWrapper,
        keras=tf.keras,
    )


SUBJECT = estimator_subject("canned_rnn", "2.15", CASES, original_api)
