"""The names under which the golden cases know the Experiment of tf.contrib.learn."""

import types

import estimator_heads
from estimator_heads.compat.names import table as names
from tests.compat.learn_estimator_api import LEARN, ModuleOfTable

MODULE = "tensorflow.contrib.learn.python.learn"


class Learn:
    """`tf.contrib.learn`, with its submodule `utils`."""

    utils = ModuleOfTable("tensorflow.contrib.learn.utils")

    def __getattr__(self, name):
        return getattr(LEARN, name)


API = types.SimpleNamespace(
    learn=Learn(),
    core=estimator_heads,
    layers=ModuleOfTable("tensorflow.contrib.layers"),
    HParams=names.find("tensorflow.contrib.training.HParams").load(),
    learn_runner=ModuleOfTable(f"{MODULE}.learn_runner"),
    monitors=ModuleOfTable(f"{MODULE}.monitors"),
    export_utils=ModuleOfTable(f"{MODULE}.utils.saved_model_export_utils"),
    gc=ModuleOfTable(f"{MODULE}.utils.gc"),
    summary_writer_cache=ModuleOfTable(f"{MODULE}.summary_writer_cache"),
)
