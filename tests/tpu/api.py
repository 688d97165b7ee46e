"""The names under which the golden cases know `tf.contrib.tpu`, as the table serves them."""

import types

import estimator_heads
from estimator_heads.compat.names import table as names
from tests.compat.learn_estimator_api import ModuleOfTable

_SOURCES = "tensorflow_estimator.python.estimator"

API = types.SimpleNamespace(
    tpu=ModuleOfTable("tensorflow.contrib.tpu"),
    core=estimator_heads,
    model_fn=ModuleOfTable(f"{_SOURCES}.model_fn"),
    heads_v1=ModuleOfTable(f"{_SOURCES}.canned.head"),
    export_version=names.find(f"{_SOURCES}.tpu.tpu_estimator.ExportSavedModelApiVersion").load(),
    supervised_receiver=names.find(f"{_SOURCES}.export.export.SupervisedInputReceiver").load(),
    CrossShardOptimizer=names.find("tensorflow.contrib.tpu.CrossShardOptimizer").load(),
)
