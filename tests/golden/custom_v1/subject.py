"""Estimators with a model_fn of their own, which ends in a head of TF1 or of contrib.learn."""

import types

import tensorflow as tf

from tests.golden.canned.estimator_subject import estimator_subject
from tests.golden.custom.subject import question

from .cases import CASES


def original_api():
    """The names of TF 1.15 that the cases use; the three dialects of heads have the same names."""
    from tensorflow_estimator.python.estimator.canned import head

    return types.SimpleNamespace(
        is_original=True,
        Estimator=tf.estimator.Estimator,
        RunConfig=tf.estimator.RunConfig,
        WarmStartSettings=tf.estimator.WarmStartSettings,
        ModeKeys=tf.estimator.ModeKeys,
        export=tf.estimator.export,
        contrib=tf.contrib.estimator,
        canned=head,
        learn=tf.contrib.learn,
        layers=tf.layers,
        fully_connected=tf.contrib.layers.fully_connected,
        optimize_loss=tf.contrib.layers.optimize_loss,
    )


SUBJECT = estimator_subject("custom_v1", "1.15", CASES, original_api, question=question)
