"""RunConfigs under many values of TF_CONFIG, and what the original makes of them.

The code runs on TensorFlow 1.15 (Python 3.7), 2.15 and later.
"""

import json
import os

PROPERTIES = [
    "model_dir tf_random_seed save_summary_steps save_checkpoints_steps save_checkpoints_secs",
    "keep_checkpoint_max keep_checkpoint_every_n_hours log_step_count_steps protocol",
    "experimental_max_worker_delay_secs session_creation_timeout_secs checkpoint_save_graph_def",
    "service task_type task_id global_id_in_cluster master evaluation_master is_chief",
    "num_ps_replicas num_worker_replicas",
]
CLUSTER = {
    "chief": ["host0:2222"],
    "ps": ["host1:2222", "host2:2222"],
    "worker": ["host3:2222", "host4:2222", "host5:2222"],
}
MASTER_CLUSTER = {"master": ["host0:1"], "ps": ["host1:1"], "worker": ["host2:1"]}


def cluster(task_type, index, hosts=None, **others):
    task = {"type": task_type, "index": index}
    return dict(cluster=CLUSTER if hosts is None else hosts, task=task, **others)


def without(*jobs, **others):
    hosts = {job: tasks for job, tasks in CLUSTER.items() if job not in jobs}
    hosts.update(others)
    return hosts


ENVIRONMENTS = {
    "unset": None,
    "empty": {},
    "alone": {"task": {"type": "worker", "index": 0}},
    "alone_without_type": {"task": {"index": 0}},
    "alone_empty_cluster": {"cluster": {}, "task": {"type": "worker", "index": 0}},
    "alone_worker_1": {"task": {"type": "worker", "index": 1}},
    "alone_chief": {"task": {"type": "chief", "index": 0}},
    "alone_evaluator": {"task": {"type": "evaluator", "index": 0}},
    "alone_ps": {"task": {"type": "ps", "index": 0}},
    "alone_local": {"task": {"type": "local", "index": 0}},
    "alone_masters": {"session_master": "grpc://a:1", "eval_session_master": "grpc://b:2"},
    "alone_service": {"service": {"key": [1, 2]}},
    "alone_model_dir": {"model_dir": "there"},
    "alone_empty_model_dir": {"model_dir": ""},
    "environment": {"environment": "cloud"},
    "chief": cluster("chief", 0),
    "worker_0": cluster("worker", 0),
    "worker_2": cluster("worker", 2),
    "worker_text_index": cluster("worker", "1"),
    "worker_float_index": cluster("worker", 1.0),
    "worker_bad_index": cluster("worker", "one"),
    "worker_3": cluster("worker", 3),
    "worker_negative": cluster("worker", -1),
    "ps_0": cluster("ps", 0),
    "ps_1": cluster("ps", 1),
    "ps_2": cluster("ps", 2),
    "evaluator": cluster("evaluator", 0),
    "evaluator_1": cluster("evaluator", 1),
    "evaluator_negative": cluster("evaluator", -1),
    "evaluator_in_cluster": cluster("evaluator", 0, without(evaluator=["host6:1"])),
    "worker_beside_evaluator": cluster("worker", 1, without(evaluator=["host6:1"])),
    "chief_1": cluster("chief", 1),
    "unknown_type": cluster("helper", 0),
    "other_job": cluster("helper", 1, without(helper=["host7:1", "host8:1"])),
    "local_in_cluster": cluster("local", 0),
    "no_task": {"cluster": CLUSTER},
    "no_type": {"cluster": CLUSTER, "task": {"index": 0}},
    "empty_type": cluster("", 0),
    "no_index": {"cluster": CLUSTER, "task": {"type": "worker"}},
    "no_chief": cluster("worker", 0, without("chief")),
    "two_chiefs": cluster("chief", 0, without(chief=["host0:1", "host9:1"])),
    "no_ps": cluster("worker", 1, without("ps")),
    "no_worker": cluster("chief", 0, without("worker")),
    "single_chief": cluster("chief", 0, {"chief": ["host0:1"]}),
    "single_chief_evaluator": cluster("evaluator", 0, {"chief": ["host0:1"]}),
    "single_chief_sparse": cluster("chief", 0, {"chief": {"0": "host0:1"}}),
    "cluster_list": {"cluster": ["host0:1"], "task": {"type": "worker", "index": 0}},
    "cluster_text": {"cluster": "host0:1", "task": {"type": "worker", "index": 0}},
    "cluster_of_numbers": cluster("chief", 0, {"chief": [1]}),
    "service": cluster("worker", 1, service={"key": "value"}),
    "service_text": cluster("worker", 1, service="value"),
    "session_master": cluster("worker", 1, session_master="grpc://a:1"),
    "session_master_of_evaluator": cluster("evaluator", 0, session_master="grpc://a:1"),
    "eval_session_master": cluster("worker", 1, eval_session_master="grpc://b:1"),
    "eval_session_master_of_evaluator": cluster("evaluator", 0, eval_session_master="grpc://b:1"),
    "model_dir": cluster("worker", 1, model_dir="there"),
    "master": cluster("master", 0, MASTER_CLUSTER),
    "master_worker": cluster("worker", 0, MASTER_CLUSTER),
    "master_ps": cluster("ps", 0, MASTER_CLUSTER),
    "master_evaluator": cluster("evaluator", 0, MASTER_CLUSTER),
    "master_1": cluster("master", 1, MASTER_CLUSTER),
    "master_single": cluster("master", 0, {"master": ["host0:1"]}),
    "master_session": cluster("master", 0, MASTER_CLUSTER, session_master="grpc://a:1"),
    "master_and_chief": cluster("chief", 0, dict(CLUSTER, master=["host9:1"])),
    "two_masters": cluster("master", 0, dict(MASTER_CLUSTER, master=["host0:1", "host9:1"])),
    "not_json": "{cluster",
}

ARGUMENTS = {
    "defaults": {},
    "model_dir": {"model_dir": "there"},
    "other_model_dir": {"model_dir": "elsewhere"},
    "empty_model_dir": {"model_dir": ""},
    "steps": {"save_checkpoints_steps": 7},
    "secs": {"save_checkpoints_secs": 8},
    "no_steps": {"save_checkpoints_steps": None},
    "no_secs": {"save_checkpoints_secs": None},
    "no_checkpoints": {"save_checkpoints_steps": None, "save_checkpoints_secs": None},
    "steps_and_secs": {"save_checkpoints_steps": 7, "save_checkpoints_secs": 8},
    "steps_and_no_secs": {"save_checkpoints_steps": 7, "save_checkpoints_secs": None},
    "zero_steps": {"save_checkpoints_steps": 0},
    "negative_steps": {"save_checkpoints_steps": -1},
    "negative_secs": {"save_checkpoints_secs": -1},
    "seed": {"tf_random_seed": 3},
    "seed_text": {"tf_random_seed": "3"},
    "seed_float": {"tf_random_seed": 3.0},
    "no_summaries": {"save_summary_steps": 0},
    "negative_summaries": {"save_summary_steps": -1},
    "session_config_dict": {"session_config": {}},
    "session_config_number": {"session_config": 1},
    "keep_all": {"keep_checkpoint_max": 0},
    "keep_none": {"keep_checkpoint_max": None},
    "keep_negative": {"keep_checkpoint_max": -1},
    "hours": {"keep_checkpoint_every_n_hours": 0.5},
    "no_hours": {"keep_checkpoint_every_n_hours": 0},
    "log_never": {"log_step_count_steps": None},
    "log_zero": {"log_step_count_steps": 0},
    "protocol": {"protocol": "grpc+verbs"},
    "protocol_unknown": {"protocol": "http"},
    "device_fn": {"device_fn": lambda op: "/cpu:0"},
    "device_fn_two_arguments": {"device_fn": lambda op, graph: "/cpu:0"},
    "device_fn_other_name": {"device_fn": lambda operation: "/cpu:0"},
    "device_fn_text": {"device_fn": "/cpu:0"},
    "delay": {"experimental_max_worker_delay_secs": 3},
    "delay_float": {"experimental_max_worker_delay_secs": 3.5},
    "timeout": {"session_creation_timeout_secs": 9},
    "timeout_zero": {"session_creation_timeout_secs": 0},
    "no_graph": {"checkpoint_save_graph_def": False},
    "unknown": {"no_such_argument": 1},
}

# Crossed with those environments; the other combinations say nothing new.
CROSSED = ("unset", "alone_model_dir", "worker_0", "evaluator")

REPLACEMENTS = dict(
    ARGUMENTS,
    task_type={"task_type": "chief"},
    master={"master": "grpc://a:1"},
    cluster_spec={"cluster_spec": None},
    is_chief={"is_chief": False},
    num_ps_replicas={"num_ps_replicas": 2},
    service={"service": {}},
    several={"tf_random_seed": 1, "model_dir": "new", "keep_checkpoint_max": 1},
)


def described(config):
    """The properties of a RunConfig as JSON; those of protocol buffers as text."""
    names = " ".join(PROPERTIES).split()
    result = {name: getattr(config, name) for name in names if hasattr(config, name)}
    result["cluster_spec"] = config.cluster_spec.as_dict()
    result["has_device_fn"] = config.device_fn is not None
    session = config.session_config
    result["session_config"] = (
        None
        if session is None
        else {
            "device_filters": list(session.device_filters),
            "allow_soft_placement": session.allow_soft_placement,
            "meta_optimizer_iterations": (
                session.graph_options.rewrite_options.meta_optimizer_iterations
            ),
        }
    )
    return result


def outcome(make, defaults):
    """The properties that are not the defaults, or the type of the error."""
    try:
        properties = described(make())
        return {name: value for name, value in properties.items() if value != defaults[name]}
    except Exception as error:
        # The type as callers can catch it: that of JSON is a ValueError.
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__


def set_environment(value):
    os.environ.pop("TF_CONFIG", None)
    if value is not None:
        os.environ["TF_CONFIG"] = value if isinstance(value, str) else json.dumps(value)


def _constructed(environment, **arguments):
    """A case: a RunConfig made in an environment, with arguments."""

    def ask(run_config_class, defaults):
        set_environment(environment)
        try:
            return outcome(lambda: run_config_class(**arguments), defaults)
        finally:
            set_environment(None)

    return ask


def _replaced(start, arguments):
    """A case: a RunConfig with one argument, in which others are replaced."""

    def ask(run_config_class, defaults):
        config = run_config_class(**{start: 5})
        return outcome(lambda: config.replace(**arguments), defaults)

    return ask


def ask(case, run_config_class):
    """The answer to a case: what differs from the defaults."""
    set_environment(None)
    return case(run_config_class, described(run_config_class()))


CASES = {"defaults": lambda run_config_class, defaults: defaults}
for name, environment in ENVIRONMENTS.items():
    CASES["environments/" + name] = _constructed(environment)
for name in CROSSED:
    for kind, arguments in ARGUMENTS.items():
        CASES[f"arguments/{name}/{kind}"] = _constructed(ENVIRONMENTS[name], **arguments)
for start in ("save_checkpoints_secs", "save_checkpoints_steps"):
    for kind, arguments in REPLACEMENTS.items():
        CASES[f"replacements/{start}/{kind}"] = _replaced(start, arguments)
