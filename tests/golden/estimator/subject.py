"""The Estimator itself: programs around it, its exports, and mistakes in calls of it."""

import os
import shutil
import tempfile
import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_KIND
from tests.golden.subject import Subject

from . import argument_errors, errors, exports, hooks, programs

PROGRAMS = [*programs.PROGRAMS, hooks.order_of_hooks]
ERRORS = errors.ERRORS + argument_errors.ARGUMENT_ERRORS


def original_api():
    """The names of the original that the programs use."""
    export = types.SimpleNamespace(
        **{name: getattr(tf.estimator.export, name) for name in dir(tf.estimator.export)}
    )
    export.build_raw_supervised_input_receiver_fn = (
        tf.estimator.experimental.build_raw_supervised_input_receiver_fn
    )
    return types.SimpleNamespace(
        Estimator=tf.estimator.Estimator,
        EstimatorSpec=tf.estimator.EstimatorSpec,
        ModeKeys=tf.estimator.ModeKeys,
        RunConfig=tf.estimator.RunConfig,
        WarmStartSettings=tf.estimator.WarmStartSettings,
        export=export,
    )


def record_checkpoint(api, target):
    """Ten steps of the linear model of TF 2.15, to be gone on from by the tests."""
    if not tf.__version__.startswith("2.15"):
        return
    target = os.path.join(target, "checkpoint")
    config = programs.linear_config(api, checkpoint_save_graph_def=False)
    model_fn = programs.linear_model_fn(api, programs.CONSTANT)
    with tempfile.TemporaryDirectory() as folder:
        api.Estimator(model_fn, folder, config).train(programs.dataset, steps=10)
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        for name in ("checkpoint", "model.ckpt-10.index", "model.ckpt-10.data-00000-of-00001"):
            shutil.copy(os.path.join(folder, name), target)


SUBJECT = Subject(
    name="estimator",
    cases=dict(
        by_id("programs", PROGRAMS),
        tensorflow=lambda api, folder: tf.__version__,
        **by_id("exports", exports.EXPORTS),
        **by_id("errors", [], ERRORS),
    ),
    ask=ask_in_folder,
    original=original_api,
    releases=("2.15", "1.15"),
    form=BY_KIND,
    record_files=record_checkpoint,
)
