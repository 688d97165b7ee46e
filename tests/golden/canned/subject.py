"""The canned estimators of TF2."""

import types

import tensorflow as tf

from .cases import CASES
from .estimator_subject import estimator_subject


def original_api():
    """The names of TF 2.15 that the cases use."""
    return types.SimpleNamespace(
        **{name: getattr(tf.estimator, name) for name in dir(tf.estimator)},
        optimizers=tf.keras.optimizers.legacy,
        schedules=tf.keras.optimizers.schedules,
        is_original=True,
    )


SUBJECT = estimator_subject("canned", "2.15", CASES, original_api)
