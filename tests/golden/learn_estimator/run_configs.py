"""`RunConfig` and `ClusterConfig` under many values of TF_CONFIG, and where variables are."""

import tensorflow as tf

from tests.golden.run_config.cases import ENVIRONMENTS, set_environment

v1 = tf.compat.v1

_PROPERTIES = (
    "model_dir tf_random_seed save_summary_steps save_checkpoints_steps save_checkpoints_secs "
    "keep_checkpoint_max keep_checkpoint_every_n_hours log_step_count_steps protocol environment "
    "session_creation_timeout_secs task_type task_id master evaluation_master is_chief "
    "num_ps_replicas num_worker_replicas device_fn train_distribute"
).split()

ARGUMENTS = {
    "master": {"master": "grpc://a:1"},
    "empty_master": {"master": ""},
    "num_cores": {"num_cores": 3},
    "log_device_placement": {"log_device_placement": True},
    "gpu_memory_fraction": {"gpu_memory_fraction": 0.5},
    "tf_random_seed": {"tf_random_seed": 3},
    "save_summary_steps": {"save_summary_steps": 0},
    "secs": {"save_checkpoints_secs": 8},
    "no_secs": {"save_checkpoints_secs": None},
    "zero_secs": {"save_checkpoints_secs": 0},
    "steps": {"save_checkpoints_steps": 7},
    "steps_and_secs": {"save_checkpoints_steps": 7, "save_checkpoints_secs": 8},
    "steps_and_no_secs": {"save_checkpoints_steps": 7, "save_checkpoints_secs": None},
    "keep_checkpoint_max": {"keep_checkpoint_max": None},
    "keep_checkpoint_every_n_hours": {"keep_checkpoint_every_n_hours": 0.5},
    "log_step_count_steps": {"log_step_count_steps": 5},
    "protocol": {"protocol": "grpc+verbs"},
    "evaluation_master": {"evaluation_master": "grpc://b:1"},
    "no_evaluation_master": {"evaluation_master": None},
    "model_dir": {"model_dir": "there"},
    "other_model_dir": {"model_dir": "elsewhere"},
    "empty_model_dir": {"model_dir": ""},
    "session_config": {"session_config": v1.ConfigProto(inter_op_parallelism_threads=2)},
    "session_creation_timeout_secs": {"session_creation_timeout_secs": 9},
    "negative_steps": {"save_checkpoints_steps": -1},
    "seed_text": {"tf_random_seed": "3"},
    "unknown": {"task_id": 1},
}

_CLUSTER = {"ps": ["host1:1", "host2:1"], "worker": ["host3:1", "host4:1"]}
_MASTER_CLUSTER = dict(_CLUSTER, master=["host0:1"])


def _cloud(task_type, index, cluster):
    return {
        "cluster": cluster,
        "environment": "cloud",
        "task": {"type": task_type, "index": index},
    }


_ENVIRONMENTS = dict(
    ENVIRONMENTS,
    cloud_master=_cloud("master", 0, _MASTER_CLUSTER),
    cloud_worker=_cloud("worker", 0, _MASTER_CLUSTER),
    cloud_without_task={"cluster": _MASTER_CLUSTER, "environment": "cloud"},
    local_master=dict(_cloud("master", 0, _MASTER_CLUSTER), environment="local"),
    local_worker=dict(_cloud("worker", 0, _CLUSTER), environment="local"),
    google_worker=dict(_cloud("worker", 1, _CLUSTER), environment="google"),
)


def _described(config):
    result = {name: getattr(config, name) for name in _PROPERTIES if hasattr(config, name)}
    result["cluster_spec"] = config.cluster_spec.as_dict()
    if hasattr(config, "tf_config"):
        result["tf_config"] = {
            "cores": [
                config.tf_config.inter_op_parallelism_threads,
                config.tf_config.intra_op_parallelism_threads,
            ],
            "log_device_placement": config.tf_config.log_device_placement,
            "gpu": round(config.tf_config.gpu_options.per_process_gpu_memory_fraction, 3),
        }
        session = config.session_config
        result["session_config"] = session and session.inter_op_parallelism_threads
    return result


def _outcome(make):
    try:
        return _described(make())
    except Exception as error:
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__


def _in_environment(environment, function):
    set_environment(environment)
    try:
        return function()
    finally:
        set_environment(None)


def _changed(answer, defaults):
    if not isinstance(answer, dict):
        return answer
    return {name: value for name, value in answer.items() if value != defaults.get(name)}


def defaults(api, folder):
    return _outcome(api.learn.RunConfig)


def _environment(environment):
    """A case: what differs from the defaults."""

    def ask(api, folder):
        normal = _outcome(api.learn.RunConfig)
        return _in_environment(environment, lambda: _changed(_outcome(api.learn.RunConfig), normal))

    return ask


def cluster_configs(api, folder):
    """The same of ClusterConfig, with and without arguments."""
    results = {}
    for name in ("unset", "worker_2", "ps_1", "cloud_master", "worker_3", "not_json"):
        for kind, arguments in [
            ("none", {}),
            ("master", {"master": "grpc://a:1"}),
            ("evaluation_master", {"evaluation_master": "grpc://b:1"}),
        ]:
            results[name + "/" + kind] = _in_environment(
                _ENVIRONMENTS[name],
                lambda: _outcome(lambda: api.ClusterConfig(**arguments)),  # noqa: B023
            )
    return results


def arguments(api, folder):
    """What differs from the defaults, in some environments."""
    normal = _outcome(api.learn.RunConfig)
    results = {}
    for name in ("unset", "alone_model_dir", "worker_0"):
        for kind, given in ARGUMENTS.items():
            results[name + "/" + kind] = _in_environment(
                _ENVIRONMENTS[name],
                lambda: _changed(  # noqa: B023
                    _outcome(lambda: api.learn.RunConfig(**given)),  # noqa: B023
                    normal,
                ),
            )
    return results


def replaced(api, folder):
    normal = _outcome(api.learn.RunConfig)
    results = {}
    for kind, given in ARGUMENTS.items():
        config = api.learn.RunConfig(save_checkpoints_steps=5)
        results[kind] = _changed(_outcome(lambda: config.replace(**given)), normal)  # noqa: B023
    return results


def task_ids(api, folder):
    return [
        _in_environment(_ENVIRONMENTS[name], api.learn.RunConfig.get_task_id)
        for name in ("unset", "worker_2", "worker_text_index", "no_index")
    ]


def positional_arguments(api, folder):
    """Their order."""
    return _described(
        api.learn.RunConfig(
            "grpc://a:1", 2, True, 0.5, 7, 8, 9, None, 10, 11, 12, "grpc", "grpc://b:1", "there"
        )
    )


def uids(api, folder):
    """Which differences make another uid, and the names in it."""
    make = api.learn.RunConfig
    same = [
        make(tf_random_seed=3),
        make(save_summary_steps=3),
        make(save_checkpoints_secs=3),
        make(save_checkpoints_steps=3),
        make(keep_checkpoint_max=3),
        make(keep_checkpoint_every_n_hours=3),
        make(log_step_count_steps=3),
        make(session_config=v1.ConfigProto()),
    ]
    others = [make(model_dir="there"), make(master="grpc://a:1"), make(num_cores=2)]
    uid = make().uid()
    return {
        "same": [config.uid() == uid for config in same],
        "others": [config.uid() == uid for config in others],
        "whitelist": [
            make(model_dir="there").uid(whitelist=["model_dir"])
            == make().uid(whitelist=["model_dir"]),
            make(tf_random_seed=3).uid(whitelist=[]) == make().uid(whitelist=[]),
        ],
        "names": [part.split("=")[0] for part in uid.split(", ") if part.startswith("_")],
    }


def constants(api, folder):
    return [
        [api.Environment.CLOUD, api.Environment.GOOGLE, api.Environment.LOCAL],
        [api.learn.TaskType.MASTER, api.learn.TaskType.PS, api.learn.TaskType.WORKER],
    ]


def devices(api, folder):
    """Where variables, tables and operations are."""
    results = {}
    for name in ("unset", "worker_2", "cloud_master", "no_task"):
        config = _in_environment(_ENVIRONMENTS[name], api.learn.RunConfig)
        device_fn = api.replica_device_setter(config)
        if device_fn is None:
            results[name] = None
            continue
        with tf.Graph().as_default(), v1.device(device_fn):
            first = v1.get_variable("first", [1])
            second = v1.get_variable("second", [1])
            results[name] = [first.device, second.device, tf.constant(1.0).device]
    return results


CASES = [
    defaults,
    cluster_configs,
    arguments,
    replaced,
    task_ids,
    positional_arguments,
    uids,
    constants,
    devices,
]
ENVIRONMENT_CASES = {
    "environments/" + name: _environment(environment) for name, environment in _ENVIRONMENTS.items()
}
