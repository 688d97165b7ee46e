"""RunConfig: defaults, what excludes what, the environment."""

import copy
import json

import pytest

from estimator_heads.estimator import RunConfig
from estimator_heads.estimator.config.run_config import default_session_config

DEFAULTS = {
    "model_dir": None,
    "tf_random_seed": None,
    "save_summary_steps": 100,
    "save_checkpoints_steps": None,
    "save_checkpoints_secs": 600,
    "session_config": None,
    "keep_checkpoint_max": 5,
    "keep_checkpoint_every_n_hours": 10000,
    "log_step_count_steps": 100,
    "train_distribute": None,
    "device_fn": None,
    "protocol": None,
    "eval_distribute": None,
    "experimental_max_worker_delay_secs": None,
    "session_creation_timeout_secs": 7200,
    "checkpoint_save_graph_def": True,
    "service": None,
    "task_type": "worker",
    "task_id": 0,
    "global_id_in_cluster": 0,
    "master": "",
    "evaluation_master": "",
    "is_chief": True,
    "num_ps_replicas": 0,
    "num_worker_replicas": 1,
}


@pytest.fixture(autouse=True)
def without_tf_config(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)


def test_defaults_are_those_of_a_single_machine():
    config = RunConfig()
    assert {name: getattr(config, name) for name in DEFAULTS} == DEFAULTS
    assert config.cluster_spec.as_dict() == {}


@pytest.mark.parametrize(
    ("arguments", "steps", "secs"),
    [
        ({"save_checkpoints_steps": 7}, 7, None),
        ({"save_checkpoints_secs": 8}, None, 8),
        ({"save_checkpoints_steps": None}, None, None),
        ({"save_checkpoints_secs": None}, None, None),
        ({"save_checkpoints_steps": None, "save_checkpoints_secs": 9}, None, 9),
    ],
)
def test_one_way_to_time_checkpoints_unsets_the_other(arguments, steps, secs):
    config = RunConfig(**arguments)
    assert (config.save_checkpoints_steps, config.save_checkpoints_secs) == (steps, secs)


def test_replace_changes_a_copy_of_the_same_class():
    class Special(RunConfig):
        extra = 1

    config = Special(tf_random_seed=1)
    changed = config.replace(save_checkpoints_steps=5, tf_random_seed=2, model_dir="there")
    assert isinstance(changed, Special)
    assert (changed.tf_random_seed, changed.model_dir) == (2, "there")
    assert (changed.save_checkpoints_steps, changed.save_checkpoints_secs) == (5, None)
    assert (config.tf_random_seed, config.save_checkpoints_secs) == (1, 600)
    assert RunConfig.replace(changed, save_checkpoints_secs=3).save_checkpoints_steps is None


def test_replace_checks_the_new_values():
    with pytest.raises(ValueError, match="`keep_checkpoint_max`. Expected .* >= 0"):
        RunConfig().replace(keep_checkpoint_max=-1)


def test_properties_cannot_be_set():
    with pytest.raises(AttributeError):
        RunConfig().model_dir = "there"


def test_folder_and_masters_may_come_from_the_environment(monkeypatch):
    tf_config = {"model_dir": "there", "session_master": "grpc://a", "service": {"b": 1}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    config = RunConfig()
    assert (config.model_dir, config.master, config.service) == ("there", "grpc://a", {"b": 1})
    assert RunConfig(model_dir="there").model_dir == "there"
    with pytest.raises(ValueError, match="name different folders"):
        RunConfig(model_dir="elsewhere")


def test_default_session_config_places_softly_and_optimizes_once():
    config = default_session_config()
    assert config.allow_soft_placement
    assert config.graph_options.rewrite_options.meta_optimizer_iterations == 1
    assert copy.deepcopy(config) == config
