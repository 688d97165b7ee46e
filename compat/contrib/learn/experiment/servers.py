"""The server of a process of a cluster."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.cluster_config import Environment
from estimator_heads.compat.contrib.learn.estimators.run_config import RunConfig
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig


def is_needed_for_training(config: CoreRunConfig) -> bool:
    """Whether a process that trains has to start a server.

    Args:
        config: The `RunConfig` of its Estimator.

    Returns:
        A bool.

    Raises:
        ValueError: If there is a cluster, but `config` is not one of `tf.contrib.learn`.
    """
    if not config.cluster_spec or not config.master:
        return False
    if not isinstance(config, RunConfig):
        raise ValueError(
            "In a cluster, an Experiment needs an Estimator with a tf.contrib.learn.RunConfig. "
            f"Received: one with a config of type {type(config).__name__}."
        )
    if config.environment == Environment.LOCAL:
        tf.compat.v1.logging.warning(
            "There is a cluster, but no server is started, because the environment is 'local'. "
            "To start one, set 'environment' to 'cloud' in TF_CONFIG."
        )
    return config.environment not in (Environment.LOCAL, Environment.GOOGLE)


def start(config: CoreRunConfig) -> tf.distribute.Server:
    """Starts the server of this process.

    Args:
        config: The `RunConfig`.

    Returns:
        A `tf.distribute.Server`.

    Raises:
        ValueError: If this process has no place in a cluster.
    """
    if (
        not config.cluster_spec
        or not config.task_type
        or not config.master
        or config.task_id is None
    ):
        raise ValueError(
            "There is no address at which to start a server. Expected a 'cluster' and a 'task' "
            "in the environment variable TF_CONFIG, and with them in the RunConfig. Received: "
            f"cluster_spec={config.cluster_spec}, task_type={config.task_type!r}, "
            f"task_id={config.task_id!r}, master={config.master!r}."
        )
    return tf.distribute.Server(
        config.cluster_spec,
        job_name=config.task_type,
        task_index=config.task_id,
        config=getattr(config, "tf_config", None),
        protocol=config.protocol,
    )
