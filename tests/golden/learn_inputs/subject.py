"""The inputs of `tf.contrib.learn`, its data sets, preprocessing and `utils`; and mistakes."""

import importlib
import os
import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import arrays, datasets, errors, preprocessing, readers, utils

MODULES = {
    "arrays": arrays,
    "readers": readers,
    "datasets": datasets,
    "preprocessing": preprocessing,
    "utils": utils,
}


def original_api():
    """The names of the original that the cases use."""

    def module(name):
        return importlib.import_module("tensorflow.contrib.learn.python.learn." + name)

    return types.SimpleNamespace(
        io=tf.contrib.learn.io,
        datasets=module("datasets"),
        base=module("datasets.base"),
        mnist=module("datasets.mnist"),
        synthetic=module("datasets.synthetic"),
        text_datasets=module("datasets.text_datasets"),
        preprocessing=module("preprocessing"),
        vocabulary=module("preprocessing.categorical_vocabulary"),
        utils=tf.contrib.learn.utils,
        inspect_checkpoint=module("utils.inspect_checkpoint"),
    )


def record_pickle(api, target):
    """A processor that the original has pickled, for a test to restore."""
    preprocessing._processor(api).save(os.path.join(target, "processor.pickle"))


def _cases():
    cases = {}
    for kind, module in MODULES.items():
        cases.update(by_id(kind, module.CASES))
    cases.update(by_id("errors", [], errors.CASES))
    return cases


SUBJECT = Subject(
    name="learn_inputs",
    cases=_cases(),
    ask=ask_in_folder,
    original=original_api,
    releases=("1.15",),
    form=BY_LINE,
    record_files=record_pickle,
)
