"""The names under which the golden cases know tf.contrib.learn, as the table serves them."""

import types

import estimator_heads
from estimator_heads.compat.names import table as names

ESTIMATORS = "tensorflow.contrib.learn.python.learn.estimators"


class Learn:
    """The names of tf.contrib.learn, as the table serves them."""

    def __getattr__(self, name):
        return names.find(f"tensorflow.contrib.learn.{name}").load()


LEARN = Learn()
API = types.SimpleNamespace(
    learn=LEARN,
    core=estimator_heads,
    GraphRewriteSpec=names.find(f"{ESTIMATORS}.estimator.GraphRewriteSpec").load(),
    replica_device_setter=names.find(f"{ESTIMATORS}.estimator._get_replica_device_setter").load(),
    ClusterConfig=names.find(f"{ESTIMATORS}.run_config.ClusterConfig").load(),
    Environment=names.find(f"{ESTIMATORS}.run_config.Environment").load(),
)
