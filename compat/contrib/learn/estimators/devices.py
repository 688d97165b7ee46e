"""Where the variables of an Estimator of `tf.contrib.learn` are in a cluster."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig

_ON_PARAMETER_SERVERS = [
    "Variable",
    "VariableV2",
    "AutoReloadVariable",
    "MutableHashTable",
    "MutableHashTableV2",
    "MutableHashTableOfTensors",
    "MutableHashTableOfTensorsV2",
    "MutableDenseHashTable",
    "MutableDenseHashTableV2",
    "VarHandleOp",
]


def replica_device_setter(config: CoreRunConfig) -> Callable[[tf.Operation], str] | None:
    """Puts variables and tables on the parameter servers in turn, and the rest on this process.

    Reproduces `_get_replica_device_setter` of TF 1.15.

    Args:
        config: A `RunConfig`.

    Returns:
        A function from an operation to the name of its device; None without parameter servers.
    """
    if not config.num_ps_replicas:
        return None
    worker = f"/job:{config.task_type}/task:{config.task_id}" if config.task_type else "/job:worker"
    return tf.compat.v1.train.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=worker,
        merge_devices=True,
        ps_ops=_ON_PARAMETER_SERVERS,
        cluster=config.cluster_spec,
    )
