"""`replicate_model_fn` and `TowerOptimizer` of `tf.contrib.estimator`, with several devices."""

import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, programs, specs


def original():
    from tensorflow.contrib.estimator.python.estimator import replicate_model_fn

    return types.SimpleNamespace(core=tf.estimator, towers=replicate_model_fn)


SUBJECT = Subject(
    name="contrib_replicate",
    cases=dict(
        by_id("programs", programs.CASES),
        **by_id("specs", specs.CASES),
        **by_id("errors", [], errors.CASES),
    ),
    ask=ask_in_folder,
    original=original,
    releases=("1.15",),
    form=BY_LINE,
)
