"""The names under which the golden cases know the inputs of tf.contrib.learn."""

import types

from tests.compat.learn_estimator_api import ModuleOfTable

MODULE = "tensorflow.contrib.learn.python.learn"


class Preprocessing(ModuleOfTable):
    """`learn.preprocessing`, with its submodule."""

    categorical_vocabulary = ModuleOfTable(f"{MODULE}.preprocessing.categorical_vocabulary")


API = types.SimpleNamespace(
    io=ModuleOfTable(f"{MODULE}.learn_io"),
    datasets=ModuleOfTable(f"{MODULE}.datasets"),
    base=ModuleOfTable(f"{MODULE}.datasets.base"),
    mnist=ModuleOfTable(f"{MODULE}.datasets.mnist"),
    synthetic=ModuleOfTable(f"{MODULE}.datasets.synthetic"),
    text_datasets=ModuleOfTable(f"{MODULE}.datasets.text_datasets"),
    preprocessing=Preprocessing(f"{MODULE}.preprocessing"),
    vocabulary=ModuleOfTable(f"{MODULE}.preprocessing.categorical_vocabulary"),
    utils=ModuleOfTable(f"{MODULE}.utils"),
    inspect_checkpoint=ModuleOfTable(f"{MODULE}.utils.inspect_checkpoint"),
)
