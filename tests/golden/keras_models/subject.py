"""Keras models as Estimators: results, checkpoints, exports, mistakes.

Checkpoints of the original, in both formats, are kept in `checkpoints/`.
"""

import functools
import os
import shutil
import tempfile
import types

import tensorflow as tf

from tests.golden.folders import by_id
from tests.golden.recording import BY_KIND
from tests.golden.subject import Subject

from . import checkpoints, mistakes, programs

KINDS = (AttributeError, KeyError, OSError, TypeError, ValueError)


def kinds_of_error(case):
    """A case that answers with the types of the error of the one that is given."""

    @functools.wraps(case)
    def asked(api, folder):
        try:
            case(api, folder)
        except KINDS as error:
            return {"error": " ".join(kind.__name__ for kind in KINDS if isinstance(error, kind))}
        return {"error": "none"}

    return asked


WITH_ANY_KERAS = {
    **by_id("programs", programs.PROGRAMS),
    **{f"formats/{name}": programs.adam_in_either_format(name) for name in ("checkpoint", "saver")},
    **{f"losses/{name}": case for name, case in programs.LOSSES.items()},
    **{f"optimizers/{name}": case for name, case in programs.OPTIMIZERS.items()},
    **by_id("mistakes", map(kinds_of_error, mistakes.MISTAKES)),
    **checkpoints.CASES,
}
# Keras 3 refuses what these do before there is a model.
WITH_KERAS_2 = {
    **{f"optimizers/{name}": case for name, case in programs.OPTIMIZERS_OF_KERAS_2.items()},
    **by_id("mistakes", map(kinds_of_error, mistakes.MISTAKES_WITH_KERAS_2)),
}


def original_api():
    """The names of TF 2.15 that the cases use."""
    from tensorflow_estimator.python.estimator import keras_lib

    names = "EvalSpec LatestExporter RunConfig TrainSpec export train_and_evaluate"
    return types.SimpleNamespace(
        keras=tf.keras,
        model_to_estimator=tf.keras.estimator.model_to_estimator,
        model_to_estimator_v1=tf.compat.v1.keras.estimator.model_to_estimator,
        clone_and_build_model=keras_lib._clone_and_build_model,
        **{name: getattr(tf.estimator, name) for name in names.split()},
    )


def ask(case, api):
    """What the case answers in an empty folder, with names of layers counted from the start."""
    api.keras.backend.clear_session()
    with tempfile.TemporaryDirectory() as folder:
        return case(api, folder)


def record_checkpoints(api, target):
    """Two steps of each model, to be gone on from."""
    for name, (model_of, options) in checkpoints.MODELS.items():
        api.keras.backend.clear_session()
        kept = os.path.join(target, "checkpoints", name)
        shutil.rmtree(kept, ignore_errors=True)
        os.makedirs(kept)
        with tempfile.TemporaryDirectory() as folder:
            estimator = programs.estimator_of(api, model_of(api.keras), folder, **options)
            estimator.train(programs.input_fn(programs.X, programs.Y), steps=programs.STEPS)
            for file in os.listdir(folder):
                if file.startswith("model.ckpt-2.") and not file.endswith(".meta"):
                    shutil.copy(os.path.join(folder, file), kept)


SUBJECT = Subject(
    name="keras_models",
    cases={**WITH_ANY_KERAS, **WITH_KERAS_2},
    ask=ask,
    original=original_api,
    releases=("2.15",),
    form=BY_KIND,
    record_files=record_checkpoints,
)
