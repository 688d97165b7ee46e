"""The place of a process of `tf.contrib.learn` in its cluster, from TF_CONFIG.

Reproduces `tensorflow.contrib.learn.python.learn.estimators.run_config` of TF 1.15, in part.
"""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.estimator.config import tf_config


class Environment:
    """Where processes run; in the cloud, the chief of a cluster is its master."""

    CLOUD = "cloud"
    GOOGLE = "google"
    LOCAL = "local"


class TaskType:
    """The roles of the processes in a cluster."""

    MASTER = "master"
    PS = "ps"
    WORKER = "worker"


class ClusterConfig:
    """The place of this process in a cluster, from the environment variable TF_CONFIG.

    TF_CONFIG is JSON: "cluster" maps the roles "ps", "worker" and "master" to lists of addresses,
    "task" holds the "type" and the "index" of this process, "environment" is "local" or "cloud".
    The chief is worker 0; in the cloud, master 0.

    Args:
        master: Address of the master of sessions; None takes that of this process in the cluster.
        evaluation_master: Address of the master for evaluation.

    Raises:
        ValueError: If the cluster has no such task, or TF_CONFIG is not JSON.
    """

    def __init__(self, master: str | None = None, evaluation_master: str | None = None) -> None:
        environment = tf_config.read()
        cluster = tf.train.ClusterSpec(environment.get("cluster", {}))
        self._task_type = environment.get("task", {}).get("type")
        self._task_id = self.get_task_id()
        self._cluster_spec = cluster
        if master is None:
            master = _master(cluster, self._task_type, self._task_id)
        self._master = master
        self._num_ps_replicas = _size(cluster, TaskType.PS)
        self._num_worker_replicas = _size(cluster, TaskType.WORKER) + _size(
            cluster, TaskType.MASTER
        )
        self._environment = environment.get("environment", Environment.LOCAL)
        in_cloud = self._environment == Environment.CLOUD
        chief_type = TaskType.MASTER if in_cloud else TaskType.WORKER
        self._is_chief = self._task_type in (None, chief_type) and self._task_id == 0
        self._evaluation_master = evaluation_master or ""

    @property
    def cluster_spec(self) -> tf.train.ClusterSpec:
        """The `tf.train.ClusterSpec`; an empty one on a single machine."""
        return self._cluster_spec

    @property
    def environment(self) -> str:
        """One of `Environment`, or what TF_CONFIG says instead."""
        return self._environment

    @property
    def evaluation_master(self) -> str:
        """Address of the master for evaluation; empty for this process."""
        return self._evaluation_master

    @property
    def is_chief(self) -> bool:
        """Whether this process saves checkpoints and summaries."""
        return self._is_chief

    @property
    def master(self) -> str:
        """Address of the master of sessions; empty for this process."""
        return self._master

    @property
    def num_ps_replicas(self) -> int:
        """Number of parameter servers."""
        return self._num_ps_replicas

    @property
    def num_worker_replicas(self) -> int:
        """Number of workers and masters."""
        return self._num_worker_replicas

    @property
    def task_id(self) -> int:
        """Index of this process in its role."""
        return self._task_id

    @property
    def task_type(self) -> str | None:
        """Role of this process; None on a single machine."""
        return self._task_type

    @staticmethod
    def get_task_id() -> int:
        """The index of this process in TF_CONFIG; 0 if it has none."""
        return int(tf_config.read().get("task", {}).get("index") or 0)


def _size(cluster, job):
    return cluster.num_tasks(job) if job in cluster.jobs else 0


def _master(cluster, task_type, task_id):
    """The address of this process; empty if it is the only one, or has no role."""
    if sum(map(cluster.num_tasks, cluster.jobs)) <= 1 or not task_type:
        return ""
    if not 0 <= task_id < _size(cluster, task_type):
        raise ValueError(
            "The cluster in the environment variable TF_CONFIG has no such task. Received: type "
            f"{task_type!r}, index {task_id}, in the cluster {cluster.as_dict()}."
        )
    return "grpc://" + cluster.task_address(task_type, task_id)
