"""Strategies: what several replicas train and evaluate is what one device does with all batches."""

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.estimator import training
from tests.estimator import collective_worker
from tests.estimator.replicas import MODELS
from tests.estimator.test_cluster import free_addresses, start  # noqa: F401
from tests.golden.closeness import difference


@pytest.fixture(scope="module")
def results(run_python, tmp_path_factory):
    program = Path(__file__).with_name("replicas.py")
    printed = run_python(program, tmp_path_factory.mktemp("replicas"), timeout=200).stdout
    return json.loads(printed.splitlines()[-1])


@pytest.mark.parametrize("model", MODELS)
def test_two_replicas_train_as_one_device_with_the_combined_batch(results, model):
    mirrored, single = results[model]["mirrored"], results[model]["single"]
    assert difference(single["variables"], mirrored["variables"]) is None


@pytest.mark.parametrize("model", ["squared", "binary_head"])
def test_two_replicas_evaluate_as_one_device(results, model):
    mirrored, single = results[model]["mirrored"], results[model]["single"]
    assert mirrored["evaluation"] == pytest.approx(single["evaluation"], rel=1e-5)
    assert len(mirrored["evaluation"]) == {"squared": 3, "binary_head": 11}[model]


def test_the_loss_of_a_batch_is_the_sum_where_the_head_sums(results):
    """In evaluation it is the mean over the replicas, each of which has half of the batch."""
    mirrored, single = results["sum_head"]["mirrored"], results["sum_head"]["single"]
    assert mirrored["evaluation"].pop("loss") == pytest.approx(single["evaluation"]["loss"] / 2)
    assert mirrored["training_loss"] == pytest.approx(single["training_loss"])


def test_an_optimizer_that_does_not_work_with_replicas_is_refused(results):
    assert "expected an optimizer of tf.compat.v1.train or tf_keras" in results["newer_optimizer"]


def test_a_strategy_goes_through_train_and_evaluate_and_predict(results):
    assert results["loop"] == {"global_step": 12, "predictions": 48}


def test_workers_with_collectives_train_one_model(start, tmp_path):  # noqa: F811
    """Each of two workers trains on its shard; an evaluator beside them evaluates."""
    *workers, evaluator = free_addresses(3)
    hosts = {"worker": workers, "evaluator": [evaluator]}
    tasks = [("worker", 0), ("worker", 1), ("evaluator", 0)]
    processes = [
        start("collective_worker.py", {"cluster": hosts, "task": {"type": role, "index": index}})
        for role, index in tasks
    ]
    told = [json.loads(process.wait_for("result").partition(" ")[2]) for process in processes]
    for process in processes:
        process.end()
    assert told[:2] == [
        {"chief": True, "workers": 2, "input": [[2, 0]]},
        {"chief": False, "workers": 2, "input": [[2, 1]]},
    ]

    def input_fn():
        x = collective_worker.X
        data = tf.data.Dataset.from_tensor_slices((x, 2 * x))
        return data.repeat().batch(2 * collective_worker.SIZE)

    single = eh.Estimator(collective_worker.model_fn, tmp_path / "single")
    single.train(input_fn, max_steps=collective_worker.MAX_STEPS)
    together = tf.train.load_checkpoint(str(tmp_path / "model"))
    np.testing.assert_allclose(
        together.get_tensor("weight"), single.get_variable_value("weight"), rtol=1e-5
    )
    assert together.get_tensor("global_step") == collective_worker.MAX_STEPS
    assert any((tmp_path / "model" / "eval").iterdir())


@pytest.fixture
def cluster_without_chief(monkeypatch):
    hosts = {"worker": ["host0:1", "host1:1"], "ps": ["host2:1"]}
    task = {"type": "worker", "index": 0}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": hosts, "task": task}))


def test_with_a_strategy_the_first_worker_may_be_the_chief(cluster_without_chief):
    with pytest.raises(ValueError, match="exactly one 'chief'"):
        eh.RunConfig()
    config = eh.RunConfig(train_distribute=tf.distribute.OneDeviceStrategy("/cpu:0"))
    assert (config.is_chief, config.global_id_in_cluster) == (True, 0)
    assert (config.num_worker_replicas, config.num_ps_replicas) == (2, 1)


class Distribute:
    """Like tf.contrib.distribute.DistributeConfig."""

    def __init__(self, train_distribute=None, eval_distribute=None, remote_cluster=None):
        self.train_distribute = train_distribute
        self.eval_distribute = eval_distribute
        self.remote_cluster = remote_cluster


def test_experimental_distribute_stands_for_both_arguments():
    strategy = tf.distribute.OneDeviceStrategy("/cpu:0")
    config = eh.RunConfig(experimental_distribute=Distribute(strategy, strategy))
    assert config.train_distribute is strategy
    assert config.eval_distribute is strategy
    with pytest.raises(ValueError, match="Only one of `train_distribute` and"):
        eh.RunConfig(
            train_distribute=strategy, experimental_distribute=Distribute(train_distribute=strategy)
        )
    with pytest.raises(ValueError, match="its own TF_CONFIG"):
        remote = Distribute(strategy, remote_cluster={"worker": ["host0:1"]})
        eh.RunConfig(experimental_distribute=remote)


def test_saving_listeners_are_refused_where_every_worker_saves(monkeypatch):
    with tf.Graph().as_default():
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        hosts, task = {"worker": ["host0:1", "host1:1"]}, {"type": "worker", "index": 0}
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": hosts, "task": task}))
        config = eh.RunConfig("folder", train_distribute=strategy)
        assert config.is_chief and config.global_id_in_cluster == 0
        loss = tf.constant(1.0)
        spec = eh.EstimatorSpec("train", loss=loss, train_op=tf.no_op())
        listeners = [tf.compat.v1.train.CheckpointSaverListener()]
        with pytest.raises(ValueError, match="`saving_listeners` do not work with a Multi"):
            training.run(spec, [], tf.constant(0), listeners, config)


@pytest.mark.parametrize(
    ("role", "index", "written"),
    [
        ("master", 0, []),
        ("worker", 0, ["SummarySaverHook", "StepCounterHook"]),
        ("worker", 1, []),
    ],
)
def test_beside_a_master_the_first_worker_writes_summaries(role, index, written, monkeypatch):
    hosts = {"master": ["host0:1"], "worker": ["host1:1", "host2:1"], "ps": ["host3:1"]}
    tf_config = {"cluster": hosts, "task": {"type": role, "index": index}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    config = eh.RunConfig("folder")
    scaffold = tf.compat.v1.train.Scaffold()
    hooks = training._summary_hooks_of_worker(scaffold, config)
    assert [type(hook).__name__ for hook in hooks] == written
    assert training._default_hooks_of_session(config) == {
        "save_checkpoint_secs": 0,
        "save_summaries_steps": 0,
        "log_step_count_steps": None,
    }
