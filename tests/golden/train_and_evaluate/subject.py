"""train_and_evaluate and its specs. TF 1.15 has no saving listeners in its TrainSpec."""

import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_KIND
from tests.golden.subject import Subject

from . import programs


def original_api():
    from tensorflow_estimator.python.estimator import training

    names = "Estimator EstimatorSpec EvalSpec Exporter RunConfig TrainSpec train_and_evaluate"
    return types.SimpleNamespace(
        ContinuousEvalListener=training._ContinuousEvalListener,
        TrainingExecutor=training._TrainingExecutor,
        **{name: getattr(tf.estimator, name) for name in names.split()},
    )


SUBJECT = Subject(
    name="train_and_evaluate",
    cases=dict(
        by_id("programs", programs.PROGRAMS),
        specs=lambda api, folder: programs.spec_outcomes(api),
        calls=programs.call_outcomes,
    ),
    ask=ask_in_folder,
    original=original_api,
    releases=("2.15",),
    form=BY_KIND,
)
