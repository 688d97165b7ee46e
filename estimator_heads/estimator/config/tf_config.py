"""The place of this process in a cluster, from the environment variable TF_CONFIG."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

import tensorflow as tf

_VARIABLE = "TF_CONFIG"


class TaskType:
    """The roles of the processes in a cluster."""

    MASTER = "master"
    PS = "ps"
    WORKER = "worker"
    CHIEF = "chief"
    EVALUATOR = "evaluator"


class Place(NamedTuple):
    """Where a process stands among the others: properties of a `RunConfig`, with their names."""

    cluster_spec: tf.train.ClusterSpec
    service: dict[str, Any] | None
    task_type: str
    task_id: int
    global_id_in_cluster: int | None
    master: str
    evaluation_master: str
    is_chief: bool
    num_ps_replicas: int
    num_worker_replicas: int


def read() -> dict[str, Any]:
    """TF_CONFIG as a dict; an empty one if the variable is not set.

    Raises:
        ValueError: If it is not a JSON object.
    """
    text = os.environ.get(_VARIABLE) or "{}"
    try:
        tf_config = json.loads(text)
    except ValueError as error:
        raise ValueError(
            f"The environment variable {_VARIABLE} must hold a JSON object ({error}). "
            f"Received: {text}"
        ) from error
    if not isinstance(tf_config, dict):
        raise ValueError(
            f"The environment variable {_VARIABLE} must hold a JSON object. Received: {text}"
        )
    return tf_config


def place(tf_config: Mapping[str, Any], chief_required: bool = True) -> Place:
    """The place of this process.

    Args:
        tf_config: What `read` returns.
        chief_required: Whether a cluster needs a chief (or a master) of its own. With a strategy
            worker 0 may be the chief.

    Returns:
        A `Place`.

    Raises:
        ValueError: If the cluster has not exactly one chief, or this process has no place in it.
        TypeError: If the cluster or the service have another form.
    """
    service = checked_service(tf_config.get("service"))
    cluster_spec = tf.train.ClusterSpec(tf_config.get("cluster", {}))
    task = tf_config.get("task", {})
    if not cluster_spec:
        return _alone(tf_config, service, task)
    chief_type = _checked_chief_type(cluster_spec, chief_required)
    task_type, task_id = checked_task(cluster_spec, task)
    if task_type == TaskType.EVALUATOR:
        if chief_type == TaskType.MASTER:
            raise ValueError(
                f"A cluster with a 'master' in {_VARIABLE} has no evaluator: the master evaluates. "
                "Call it 'chief', or leave the evaluator out."
            )
        return _evaluator(tf_config, service, task_id)
    return Place(
        cluster_spec=cluster_spec,
        service=service,
        task_type=task_type,
        task_id=task_id,
        global_id_in_cluster=global_id(cluster_spec, chief_type, task_type, task_id),
        master=master_address(tf_config, cluster_spec, task_type, task_id),
        evaluation_master="",
        is_chief=task_type == chief_type and task_id == 0,
        num_ps_replicas=size(cluster_spec, TaskType.PS),
        num_worker_replicas=sum(size(cluster_spec, job) for job in {chief_type, TaskType.WORKER}),
    )


def checked_service(service: Any) -> dict[str, Any] | None:
    """The service, a dict or None; anything else is a TypeError."""
    if service is not None and not isinstance(service, dict):
        raise TypeError(f"Expected 'service' in {_VARIABLE} to be a dict. Received: {service!r}.")
    return service


def _alone(tf_config, service, task):
    """The place of the only process."""
    task_type, task_id = task.get("type", TaskType.WORKER), int(task.get("index", 0))
    if (task_type, task_id) != (TaskType.WORKER, 0):
        raise ValueError(
            f"Without a 'cluster' in {_VARIABLE} the only process is task 0 of type 'worker'. "
            f"Received: 'task' of type {task_type!r} with index {task_id!r}."
        )
    return Place(
        cluster_spec=tf.train.ClusterSpec({}),
        service=service,
        task_type=task_type,
        task_id=task_id,
        global_id_in_cluster=0,
        master=tf_config.get("session_master", ""),
        evaluation_master=tf_config.get("eval_session_master", ""),
        is_chief=True,
        num_ps_replicas=0,
        num_worker_replicas=1,
    )


def _evaluator(tf_config, service, task_id):
    """The place of an evaluator, which shares only the model_dir with the training cluster."""
    return Place(
        cluster_spec=tf.train.ClusterSpec({}),
        service=service,
        task_type=TaskType.EVALUATOR,
        task_id=task_id,
        global_id_in_cluster=None,
        master="",
        evaluation_master=tf_config.get("eval_session_master", ""),
        is_chief=False,
        num_ps_replicas=0,
        num_worker_replicas=0,
    )


def _checked_chief_type(cluster_spec, chief_required):
    jobs = cluster_spec.jobs
    if TaskType.MASTER in jobs and TaskType.CHIEF in jobs:
        raise ValueError(
            f"The cluster in {_VARIABLE} must not have both a 'chief' and a 'master'. "
            f"Received: {cluster_spec.as_dict()}."
        )
    chief_type = TaskType.MASTER if TaskType.MASTER in jobs else TaskType.CHIEF
    if not chief_required and chief_type not in jobs:
        return TaskType.WORKER
    if size(cluster_spec, chief_type) != 1:
        raise ValueError(
            f"The cluster in {_VARIABLE} must have exactly one 'chief' (or 'master'). "
            f"Received: {cluster_spec.as_dict()}."
        )
    return chief_type


def checked_task(cluster_spec: tf.train.ClusterSpec, task: Mapping[str, Any]) -> tuple[str, int]:
    """Type and index of a task in a cluster; a ValueError if it has no such task."""
    task_type, task_id = task.get("type"), task.get("index")
    if not task_type or task_id is None:
        raise ValueError(
            f"With a 'cluster' in {_VARIABLE}, 'task' must have a 'type' and an 'index', such as "
            f'{{"type": "worker", "index": 0}}. Received: {task!r}.'
        )
    task_id = int(task_id)
    is_evaluator = task_type == TaskType.EVALUATOR
    if task_id < 0 or not (is_evaluator or task_id < size(cluster_spec, task_type)):
        raise ValueError(
            f"The cluster in {_VARIABLE} has no such task. Received: type {task_type!r}, index "
            f"{task_id}, in the cluster {cluster_spec.as_dict()}."
        )
    return task_type, task_id


def size(cluster_spec: tf.train.ClusterSpec, job: str) -> int:
    """The number of tasks of a job, which a cluster need not have."""
    return cluster_spec.num_tasks(job) if job in cluster_spec.jobs else 0


def global_id(
    cluster_spec: tf.train.ClusterSpec, chief_type: str, task_type: str, task_id: int
) -> int:
    """The index of the process among all: the chief first, parameter servers last."""
    order = {chief_type: 0, TaskType.PS: 2}
    jobs = sorted(cluster_spec.jobs, key=lambda job: (order.get(job, 1), job))
    return sum(size(cluster_spec, job) for job in jobs[: jobs.index(task_type)]) + task_id


def master_address(
    tf_config: Mapping[str, Any], cluster_spec: tf.train.ClusterSpec, task_type: str, task_id: int
) -> str:
    """The address that sessions connect to: the server of this process, if it needs one."""
    if "session_master" in tf_config:
        return tf_config["session_master"]
    is_only_process = sum(map(cluster_spec.num_tasks, cluster_spec.jobs)) == 1
    return "" if is_only_process else f"grpc://{cluster_spec.task_address(task_type, task_id)}"
