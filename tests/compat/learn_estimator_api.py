"""The names under which the golden cases know tf.contrib.learn, as the table serves them."""

import types

import estimator_heads
from estimator_heads.compat.contrib.learn.session_bundles import manifest
from estimator_heads.compat.names import table as names

ESTIMATORS = "tensorflow.contrib.learn.python.learn.estimators"


UTILS = "tensorflow.contrib.learn.python.learn.utils"


class ModuleOfTable:
    """The names of a legacy module, as the table serves them."""

    def __init__(self, path):
        self._path = path

    def __getattr__(self, name):
        return names.find(f"{self._path}.{name}").load()


LEARN = ModuleOfTable("tensorflow.contrib.learn")
API = types.SimpleNamespace(
    learn=LEARN,
    layers=ModuleOfTable("tensorflow.contrib.layers"),
    predictor=ModuleOfTable("tensorflow.contrib.predictor"),
    core=estimator_heads,
    GraphRewriteSpec=names.find(f"{ESTIMATORS}.estimator.GraphRewriteSpec").load(),
    replica_device_setter=names.find(f"{ESTIMATORS}.estimator._get_replica_device_setter").load(),
    ClusterConfig=names.find(f"{ESTIMATORS}.run_config.ClusterConfig").load(),
    export=ModuleOfTable(f"{UTILS}.export"),
    manifest=manifest,
    Environment=names.find(f"{ESTIMATORS}.run_config.Environment").load(),
)
