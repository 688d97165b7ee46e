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
    continued,
    errors,
    evaluations,
    exports,
    fits,
    model_fns,
    predictions,
    predictors,
    run_configs,
    subclasses,
)

MODULES = {
    "fit": fits,
    "evaluate": evaluations,
    "predict": predictions,
    "model_fns": model_fns,
    "arrays": arrays,
    "exports": exports,
    "predictors": predictors,
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
        layers=tf.contrib.layers,
        predictor=tf.contrib.predictor,
        core=tf.estimator,
        GraphRewriteSpec=estimator_lib.GraphRewriteSpec,
        replica_device_setter=estimator_lib._get_replica_device_setter,
        ClusterConfig=run_config.ClusterConfig,
        Environment=run_config.Environment,
        export=export,
        manifest=manifest_pb2,
    )


# Of each, the recorder keeps the checkpoint that the original has half way; a test has ours go on
# from there.
CHECKPOINTS = {
    "linear": continued.linear_model,
    "head": continued.head_with_arrays,
}


def record_checkpoints(api, target):
    """The checkpoints that the tests go on from."""
    for name, case in CHECKPOINTS.items():
        folder = os.path.join(target, "checkpoints", name)
        with tempfile.TemporaryDirectory() as model_dir:
            case(api, model_dir, half=True)
            step = os.path.basename(tf.train.latest_checkpoint(model_dir))
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
            for name in ("checkpoint", step + ".index", step + ".data-00000-of-00001"):
                shutil.copy(os.path.join(model_dir, name), folder)


def _cases():
    cases = {"checkpoints/" + name: case for name, case in CHECKPOINTS.items()}
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
    record_files=record_checkpoints,
)
