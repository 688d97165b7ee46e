"""Records what the original tf.estimator does with the programs beside this file.

Run it where `tf.estimator` exists: TensorFlow 1.15 and 2.15 (see CONTRIBUTING). It writes one JSON
file, and on TensorFlow 2.15 also the small checkpoint that the tests go on from:

    python record.py tf215.json
"""

import os
import shutil
import sys
import tempfile
import types
from pathlib import Path

import tensorflow as tf

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from tests.golden.estimator import argument_errors, errors, exports, hooks, programs  # noqa: E402
from tests.golden.estimator.results import write_json  # noqa: E402


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


def main(path):
    api = original_api()
    recorded = {"tensorflow": tf.__version__, "programs": {}, "exports": {}, "errors": {}}
    for kind, cases in (
        ("programs", [*programs.PROGRAMS, hooks.order_of_hooks]),
        ("exports", exports.EXPORTS),
        ("errors", errors.ERRORS + argument_errors.ARGUMENT_ERRORS),
    ):
        for case in cases:
            folder = tempfile.mkdtemp()
            recorded[kind][case.__name__] = (
                errors.outcome(case, api, folder) if kind == "errors" else case(api, folder)
            )
            shutil.rmtree(folder)
    write_json(path, recorded)
    if tf.__version__.startswith("2.15"):
        record_checkpoint(api, os.path.join(os.path.dirname(os.path.abspath(path)), "checkpoint"))


def record_checkpoint(api, target):
    """Ten steps of the linear model, to be gone on from by the tests."""
    folder = tempfile.mkdtemp()
    config = programs.linear_config(api, checkpoint_save_graph_def=False)
    model_fn = programs.linear_model_fn(api, programs.CONSTANT)
    api.Estimator(model_fn, folder, config).train(programs.dataset, steps=10)
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    for name in ("checkpoint", "model.ckpt-10.index", "model.ckpt-10.data-00000-of-00001"):
        shutil.copy(os.path.join(folder, name), target)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1])
