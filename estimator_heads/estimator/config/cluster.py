"""Between-graph replication: one graph per process, its variables on parameter servers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads.estimator.config.tf_config import TaskType

if TYPE_CHECKING:
    from estimator_heads.estimator.config.run_config import RunConfig

_TRAINERS = (TaskType.CHIEF, TaskType.MASTER, TaskType.WORKER)
_DELAY_PER_WORKER = 5
_LONGEST_DELAY = 60


def session_config(task_type: str, task_id: int) -> tf.compat.v1.ConfigProto | None:
    """The default session configuration of a process in a cluster.

    Args:
        task_type: Role of the process.
        task_id: Its index in the role.

    Returns:
        A `tf.compat.v1.ConfigProto` that lets a training process see the parameter servers and
        itself only, so that it goes on when another worker is gone; None for other roles.
    """
    if task_type == TaskType.PS:
        visible = ["/job:ps", "/job:worker", "/job:chief", "/job:master"]
    elif task_type == TaskType.WORKER:
        visible = ["/job:ps", f"/job:worker/task:{task_id}"]
    elif task_type in _TRAINERS:
        visible = ["/job:ps", f"/job:{task_type}"]
    else:
        return None
    config = default_session_config()
    config.device_filters.extend(visible)
    return config


def default_session_config() -> tf.compat.v1.ConfigProto:
    """The session configuration of an Estimator whose RunConfig has none."""
    config = tf.compat.v1.ConfigProto(allow_soft_placement=True)
    rewrite_options = config.graph_options.rewrite_options
    rewrite_options.meta_optimizer_iterations = rewrite_options.ONE
    return config


def with_logical_cpus(session_config: tf.compat.v1.ConfigProto) -> tf.compat.v1.ConfigProto:
    """The session configuration with the CPU devices that TensorFlow was configured to have.

    Otherwise a session has a single one, and replicas that share it wait for each other forever.
    """
    count = len(tf.config.list_logical_devices("CPU"))
    if count > 1 and "CPU" not in session_config.device_count:
        session_config = copy.deepcopy(session_config)
        session_config.device_count["CPU"] = count
    return session_config


def device_fn(config: RunConfig) -> Callable[[tf.Operation], str] | None:
    """The default device function: variables on the parameter servers in turn, the rest here.

    Args:
        config: The `RunConfig`.

    Returns:
        A function from an operation to the name of its device; None without parameter servers.
    """
    if not config.num_ps_replicas:
        return None
    return tf.compat.v1.train.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=f"/job:{config.task_type}/task:{config.task_id}",
        merge_devices=True,
        cluster=config.cluster_spec,
    )


def start_server(config: RunConfig) -> tf.distribute.Server | None:
    """Starts the TensorFlow server of this process.

    Args:
        config: The `RunConfig`.

    Returns:
        A `tf.distribute.Server`, or None for a training process that is alone in its cluster.

    Raises:
        RuntimeError: If the process has no place in a cluster.
    """
    if not config.master:
        if config.cluster_spec and config.task_type in _TRAINERS:
            tf.compat.v1.logging.info("The only process of a cluster does not need a server.")
            return None
        raise RuntimeError(
            "There is no address at which to start a server. Expected RunConfig.master and "
            "cluster_spec, from a 'cluster' and a 'task' in the environment variable TF_CONFIG. "
            f"Received: master={config.master!r}, cluster_spec={config.cluster_spec.as_dict()}, "
            f"task_type={config.task_type!r}, task_id={config.task_id!r}."
        )
    server_config = tf.compat.v1.ConfigProto()
    if config.session_config is not None:
        server_config.gpu_options.CopyFrom(config.session_config.gpu_options)
    tf.compat.v1.logging.info("Starting the TensorFlow server at %s.", config.master)
    return tf.distribute.Server(
        config.cluster_spec,
        job_name=config.task_type,
        task_index=config.task_id,
        config=server_config,
        protocol=config.protocol,
    )


def start_delay(config: RunConfig) -> int:
    """How long a worker waits before it starts, in seconds: one starts after the other.

    Where many workers start at once on a new model, training may diverge.
    """
    if config.task_type != TaskType.WORKER:
        return 0
    longest = config.experimental_max_worker_delay_secs
    longest = _LONGEST_DELAY if longest is None else longest
    return min(longest, (config.task_id + 1) * _DELAY_PER_WORKER)


def worker_writes_summaries(config: RunConfig) -> bool:
    """Whether worker 0 writes the summaries of training, and not the chief.

    Configurations of `tf.contrib.learn` may say that the chief does.
    """
    jobs = config.cluster_spec.jobs
    chief_writes = getattr(config, "chief_writes_summaries", False)
    return TaskType.MASTER in jobs and TaskType.WORKER in jobs and not chief_writes
