"""What libraries call and override inside the Estimator and in the modules around it."""

import importlib
import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import (
    estimator_functions,
    exports,
    feeding,
    model_fn_functions,
    run_config_functions,
    signatures,
    subclasses,
    training_functions,
)

# Where the names stand that the cases use, below tensorflow_estimator.python.estimator.
NAMES = {
    "estimator": "EstimatorV2",
    "export.export": "ServingInputReceiver SupervisedInputReceiver",
    "export.export_output": "PredictOutput",
    "hooks.hooks": "InMemoryEvaluatorHook",
    "model_fn": "EstimatorSpec ModeKeys",
    "run_config": "RunConfig",
}
KINDS = {
    "estimator": estimator_functions.CASES,
    "exports": exports.CASES,
    "feeding": feeding.CASES,
    "model_fn": model_fn_functions.CASES,
    "run_config": run_config_functions.CASES,
    "signatures": signatures.CASES,
    "subclasses": subclasses.CASES,
    "training": training_functions.CASES,
}


def api_of(find):
    """The names of `NAMES`, and every other one by `api.of("module.name")`.

    Args:
        find: Function that returns what stands at a path below the sources of the Estimator.
    """
    names = {
        name: find(module + "." + name) for module, all_ in NAMES.items() for name in all_.split()
    }
    return types.SimpleNamespace(of=find, **names)


def _find_original(path):
    module, _, name = path.rpartition(".")
    source = importlib.import_module("tensorflow_estimator.python.estimator." + module)
    return getattr(source, name)


CASES = {"tensorflow": lambda api, folder: tf.__version__}
for kind, cases in KINDS.items():
    CASES.update(by_id(kind, cases))

SUBJECT = Subject(
    name="internals",
    cases=CASES,
    ask=ask_in_folder,
    original=lambda: api_of(_find_original),
    releases=("2.15", "1.15"),
    form=BY_LINE,
)
