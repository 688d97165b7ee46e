"""The Estimator of `tf.contrib.learn`: programs around it, exports, RunConfigs, and mistakes."""

import os
import shutil
import tempfile
import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import (
    arrays,
    bundles,
    errors,
    evaluations,
    exports,
    fits,
    model_fns,
    predictions,
    run_configs,
    subclasses,
)
from .models import estimator, input_fn, variables

MODULES = {
    "fit": fits,
    "evaluate": evaluations,
    "predict": predictions,
    "model_fns": model_fns,
    "arrays": arrays,
    "exports": exports,
    "bundles": bundles,
    "subclasses": subclasses,
    "run_configs": run_configs,
}


def original_api():
    """The names of the original that the cases use."""
    from tensorflow.contrib.learn.python.learn.estimators import estimator as estimator_lib
    from tensorflow.contrib.learn.python.learn.estimators import run_config
    from tensorflow.contrib.learn.python.learn.utils import export
    from tensorflow.contrib.session_bundle import manifest_pb2

    return types.SimpleNamespace(
        learn=tf.contrib.learn,
        core=tf.estimator,
        GraphRewriteSpec=estimator_lib.GraphRewriteSpec,
        replica_device_setter=estimator_lib._get_replica_device_setter,
        ClusterConfig=run_config.ClusterConfig,
        Environment=run_config.Environment,
        export=export,
        manifest=manifest_pb2,
    )


def after_fifteen_steps(api, folder):
    """Ten of them are in the checkpoint; a test has ours go on from there."""
    return variables(estimator(api, folder).fit(input_fn=input_fn, max_steps=15))


def record_checkpoint(api, target):
    """Ten steps of the linear model, to be gone on from by the tests."""
    target = os.path.join(target, "checkpoint")
    with tempfile.TemporaryDirectory() as folder:
        estimator(api, folder).fit(input_fn=input_fn, steps=10)
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        for name in ("checkpoint", "model.ckpt-10.index", "model.ckpt-10.data-00000-of-00001"):
            shutil.copy(os.path.join(folder, name), target)


def _cases():
    cases = {"checkpoints/after_fifteen_steps": after_fifteen_steps}
    for kind, module in MODULES.items():
        cases.update(by_id(kind, module.CASES))
    cases.update(run_configs.ENVIRONMENT_CASES)
    cases.update(by_id("errors", [], errors.CASES))
    return cases


SUBJECT = Subject(
    name="learn_estimator",
    cases=_cases(),
    ask=ask_in_folder,
    original=original_api,
    releases=("1.15",),
    form=BY_LINE,
    record_files=record_checkpoint,
)
