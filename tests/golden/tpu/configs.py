"""TPUConfig and RunConfig: what becomes of their arguments."""

import copy
import json
import os

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1

# Those that TF 1.15 has too.
_FIELDS = (
    "iterations_per_loop num_shards num_cores_per_replica per_host_input_for_training tpu_job_name "
    "initial_infeed_sleep_secs input_partition_dims eval_training_input_configuration "
    "experimental_host_call_every_n_steps"
).split()


def _values(tpu_config):
    return [getattr(tpu_config, name) for name in _FIELDS]


def ways_of_input(api, folder):
    names = "PER_SHARD_V1 PER_HOST_V1 PER_HOST_V2 BROADCAST SLICED".split()
    return [getattr(api.tpu.InputPipelineConfig, name) for name in names]


def default_tpu_config(api, folder):
    return [_values(api.tpu.TPUConfig()), list(api.tpu.TPUConfig._fields[:9])]


def tpu_configs(api, folder):
    inputs = api.tpu.InputPipelineConfig
    return [
        _values(api.tpu.TPUConfig(**arguments))
        for arguments in (
            dict(iterations_per_loop=100, num_shards=8, per_host_input_for_training=False),
            dict(iterations_per_loop="30s", initial_infeed_sleep_secs=3, tpu_job_name="job"),
            dict(iterations_per_loop="2h", num_cores_per_replica=2),
            dict(iterations_per_loop="7", experimental_host_call_every_n_steps=10),
            dict(
                num_cores_per_replica=4,
                per_host_input_for_training=inputs.PER_HOST_V2,
                input_partition_dims=[[1, 2, 2, 1], None],
            ),
            dict(eval_training_input_configuration=inputs.SLICED),
        )
    ]


def replaced_tpu_config(api, folder):
    return _values(api.tpu.TPUConfig(3)._replace(num_shards=4))


def _with_environment(value, make):
    before = os.environ.pop("TF_CONFIG", None)
    os.environ["TF_CONFIG"] = json.dumps(value)
    try:
        return make()
    finally:
        del os.environ["TF_CONFIG"]
        if before is not None:
            os.environ["TF_CONFIG"] = before


def job_name_of_the_environment(api, folder):
    environment = {"service": {"tpu_worker_job_name": "there"}}
    return [
        _with_environment(environment, lambda: api.tpu.TPUConfig().tpu_job_name),
        _with_environment(environment, lambda: api.tpu.TPUConfig(tpu_job_name="a").tpu_job_name),
        _with_environment({}, lambda: api.tpu.TPUConfig().tpu_job_name),
    ]


def _properties(config):
    found = [
        getattr(config, name)
        for name in (
            "master evaluation_master task_type is_chief model_dir tf_random_seed "
            "save_checkpoints_steps save_checkpoints_secs log_step_count_steps"
        ).split()
    ]
    text = str(config.session_config) if config.session_config else None
    return plain(found) + [text, _values(config.tpu_config), config.cluster is None]


def run_configs(api, folder):
    return [
        _properties(api.tpu.RunConfig(**arguments))
        for arguments in (
            {},
            dict(tpu_config=api.tpu.TPUConfig(9), model_dir="there", tf_random_seed=1),
            dict(master="grpc://a:1"),
            dict(master="", evaluation_master=""),
            dict(master="grpc://a:1", evaluation_master="grpc://b:2"),
            dict(evaluation_master="grpc://b:2", save_checkpoints_steps=7),
            dict(session_config=v1.ConfigProto(log_device_placement=True)),
        )
    ]


def run_config_of_a_cluster(api, folder):
    cluster = tf.distribute.cluster_resolver.SimpleClusterResolver(
        v1.train.ClusterSpec({"worker": ["a:1"]}), master="grpc://a:1"
    )
    config = api.tpu.RunConfig(cluster=cluster)
    return _properties(config) + [config.cluster is cluster, config.cluster_spec.as_dict()]


def run_configs_of_the_environment(api, folder):
    cluster = {"chief": ["a:1"], "worker": ["b:2"], "ps": ["c:3"]}
    environments = (
        {"session_master": "grpc://m:1", "eval_session_master": "grpc://e:1"},
        {"session_master": "grpc://m:1"},
        {"cluster": cluster, "task": {"type": "worker", "index": 0}},
        {"cluster": cluster, "task": {"type": "evaluator", "index": 0}},
    )
    return [
        _with_environment(environment, lambda: _properties(api.tpu.RunConfig()))
        for environment in environments
    ]


def replaced_run_config(api, folder):
    config = api.tpu.RunConfig(tpu_config=api.tpu.TPUConfig(9), master="grpc://a:1")
    new = config.replace(tpu_config=api.tpu.TPUConfig(4), tf_random_seed=5)
    other = config.replace(save_summary_steps=3)
    return [
        [new.tpu_config.iterations_per_loop, new.tf_random_seed, new.master, type(new).__name__],
        [other.tpu_config.iterations_per_loop, other.save_summary_steps, other.master],
        config.tpu_config.iterations_per_loop,
        copy.deepcopy(config).tpu_config.iterations_per_loop,
        isinstance(config, api.core.RunConfig),
    ]


CASES = cases_of(globals())
