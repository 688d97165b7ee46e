"""The canned estimators of TF1."""

import types

import tensorflow as tf

from tests.golden.canned.estimator_subject import estimator_subject

from .cases import CASES


def original_api():
    """The names of TF 1.15 that the cases use."""
    estimator = tf.compat.v1.estimator
    from tensorflow_estimator.python.estimator.canned import head

    names = {name: getattr(estimator, name) for name in dir(estimator)}
    names.update((name, getattr(head, name)) for name in dir(head) if "_head" in name)
    return types.SimpleNamespace(is_original=True, **names)


# TF 1.15 makes other numbers of a seed, since it counts other operations.
SUBJECT = estimator_subject("canned_v1", "1.15", CASES, original_api, seeded=False)
