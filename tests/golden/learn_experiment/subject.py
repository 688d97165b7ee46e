"""`Experiment` of `tf.contrib.learn`, its runner, exports, monitors, and mistakes."""

import importlib
import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, exports, monitors, runners, schedules

MODULES = {
    "schedules": schedules,
    "runners": runners,
    "exports": exports,
    "monitors": monitors,
}


def original_api():
    """The names of the original that the cases use."""

    def module(name):
        return importlib.import_module("tensorflow.contrib.learn.python.learn." + name)

    return types.SimpleNamespace(
        learn=tf.contrib.learn,
        core=tf.estimator,
        layers=tf.contrib.layers,
        HParams=tf.contrib.training.HParams,
        learn_runner=module("learn_runner"),
        monitors=module("monitors"),
        export_utils=module("utils.saved_model_export_utils"),
        gc=module("utils.gc"),
        summary_writer_cache=module("summary_writer_cache"),
    )


def _cases():
    cases = {}
    for kind, module in MODULES.items():
        cases.update(by_id(kind, module.CASES))
    cases.update(by_id("errors", [], errors.CASES))
    return cases


SUBJECT = Subject(
    name="learn_experiment",
    cases=_cases(),
    ask=ask_in_folder,
    original=original_api,
    releases=("1.15",),
    form=BY_LINE,
)
