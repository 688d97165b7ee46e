"""TPUEstimator and its surroundings, without TPUs: programs, specs, configs, exports, mistakes."""

import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import configs, errors, exports, fields, heads, optimizers, params, programs, specs, speed

CASES = {
    "programs": programs.CASES + params.CASES + fields.CASES + speed.CASES,
    "heads": heads.CASES,
    "specs": specs.CASES,
    "configs": configs.CASES,
    "exports": exports.CASES,
    "optimizers": optimizers.CASES,
}


def original_api():
    """The names of the original that the cases use."""
    from tensorflow_estimator.python.estimator import model_fn
    from tensorflow_estimator.python.estimator.canned import head
    from tensorflow_estimator.python.estimator.export.export import SupervisedInputReceiver
    from tensorflow_estimator.python.estimator.tpu import tpu_estimator

    if tf.__version__.startswith("1."):
        tpu, optimizer = tf.contrib.tpu, tf.contrib.tpu.CrossShardOptimizer
    else:
        tpu, optimizer = tf.compat.v1.estimator.tpu, tf.compat.v1.tpu.CrossShardOptimizer
    return types.SimpleNamespace(
        tpu=tpu,
        core=tf.compat.v1.estimator,
        model_fn=model_fn,
        heads_v1=head,
        export_version=tpu_estimator.ExportSavedModelApiVersion,
        supervised_receiver=SupervisedInputReceiver,
        CrossShardOptimizer=optimizer,
    )


def _cases():
    cases = {}
    for kind, functions in CASES.items():
        cases.update(by_id(kind, functions))
    cases.update(by_id("errors", [], errors.CASES))
    return cases


SUBJECT = Subject(
    name="tpu",
    cases=_cases(),
    ask=ask_in_folder,
    original=original_api,
    releases=("2.15", "1.15"),
    form=BY_LINE,
)
