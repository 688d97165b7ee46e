"""`tensorflow_estimator.python.estimator.run_config`: functions beside `RunConfig`."""

from estimator_heads.estimator.config import run_config
from estimator_heads.estimator.config import tf_config as places
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.config.tf_config import TaskType

_TF_CONFIG_ENV = "TF_CONFIG"
_TASK_ENV_KEY = "task"
_TASK_TYPE_KEY = "type"
_TASK_ID_KEY = "index"
_CLUSTER_KEY = "cluster"
_SERVICE_KEY = "service"
_SESSION_MASTER_KEY = "session_master"
_EVAL_SESSION_MASTER_KEY = "eval_session_master"
_MODEL_DIR_KEY = "model_dir"
_LOCAL_MASTER = ""
_GRPC_SCHEME = "grpc://"
_USE_DEFAULT = object()
_VALID_DEVICE_FN_ARGS = {"op"}
_DEFAULT_REPLACEABLE_LIST = list(run_config.REPLACEABLE)
_SAVE_CKPT_ERR = "Only one of `save_checkpoints_steps` and `save_checkpoints_secs` can be set."


def _count_ps(cluster_spec):
    _check_cluster(cluster_spec)
    return places.size(cluster_spec, TaskType.PS)


def _count_worker(cluster_spec, chief_task_type):
    """The number of workers, the chief among them."""
    _check_cluster(cluster_spec)
    return sum(places.size(cluster_spec, job) for job in (TaskType.WORKER, chief_task_type))


def _get_session_master(cluster_spec, task_type, task_id, tf_config):
    if _SESSION_MASTER_KEY not in tf_config:
        _check_cluster(cluster_spec)
    return places.master_address(tf_config, cluster_spec, task_type, task_id)


def _get_eval_session_master(task_type, tf_config):
    if task_type != TaskType.EVALUATOR:
        return _LOCAL_MASTER
    return tf_config.get(_EVAL_SESSION_MASTER_KEY, _LOCAL_MASTER)


def _validate_service(service):
    return places.checked_service(service)


def _validate_task_type_and_task_id(cluster_spec, task_env, chief_task_type):
    """Type and index of a task in a cluster that has one chief."""
    if places.size(cluster_spec, chief_task_type) != 1:
        raise ValueError(
            f"The cluster in TF_CONFIG must have exactly one {chief_task_type!r}. Received: "
            f"{cluster_spec.as_dict()}."
        )
    return places.checked_task(cluster_spec, task_env)


def _get_global_id_in_cluster(cluster_spec, task_type, task_id, chief_task_type):
    if task_type not in cluster_spec.jobs:
        raise RuntimeError(
            f"The cluster has no job {task_type!r}. Received: {cluster_spec.as_dict()}."
        )
    return places.global_id(cluster_spec, chief_task_type, task_type, task_id)


def _get_model_dir(tf_config, model_dir):
    if model_dir == "":
        raise ValueError(
            "Invalid value for argument `model_dir`. Expected a folder, or None. Received: "
            "model_dir=''."
        )
    return run_config.chosen_model_dir(model_dir, tf_config)


def _validate_properties(run_config):
    RunConfig._check(run_config)


def _validate_save_ckpt_with_replaced_keys(new_copy, replaced_keys):
    """Unsets the one setting of checkpoints that is not among the replaced ones."""
    settings = {"save_checkpoints_steps", "save_checkpoints_secs"}
    replaced = settings & set(replaced_keys)
    if not replaced or any(getattr(new_copy, name) is None for name in replaced):
        return
    if replaced == settings:
        raise ValueError(_SAVE_CKPT_ERR)
    (other,) = settings - replaced
    setattr(new_copy, "_" + other, None)


def _check_cluster(cluster_spec):
    if not cluster_spec:
        raise RuntimeError("Expected a cluster with at least one task. Received an empty one.")
