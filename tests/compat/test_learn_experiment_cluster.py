"""learn_runner.run in several processes on this machine, whose roles TF_CONFIG tells."""

from pathlib import Path

import pytest
import tensorflow as tf

from tests.compat.learn_experiment_process import TRAIN_STEPS
from tests.estimator.cluster_process import OWN_STEPS
from tests.estimator.test_cluster import Process, free_addresses

PROGRAM = Path(__file__).with_name("learn_experiment_process.py")
ROLES = ("ps", "worker", "master")


@pytest.fixture
def processes(tmp_path):
    """A ps, a worker and a master, and an evaluator that knows of no cluster."""
    hosts = {role: [address] for role, address in zip(ROLES, free_addresses(3), strict=True)}
    cluster = {"cluster": hosts, "environment": "cloud"}
    processes = {
        role: Process(PROGRAM, {**cluster, "task": {"type": role, "index": 0}}, tmp_path)
        for role in ROLES
    }
    # A task without a cluster, which gives its log a name.
    processes["evaluator"] = Process(PROGRAM, {"task": {"type": "evaluator", "index": 0}}, tmp_path)
    yield processes
    for process in processes.values():
        process.close()


def test_each_process_runs_the_schedule_of_its_role(processes, tmp_path):
    for process in processes.values():
        process.wait_for("ready")
    for role in ("ps", "master"):
        processes[role].go()
    assert processes["master"].wait_for("variable on").split()[-1] == "/job:ps/task:0"
    # A worker that comes before there are variables looks again after 30 seconds.
    processes["master"].wait_for("started")
    for role in ("worker", "evaluator"):
        processes[role].go()
    for role in ("worker", "master", "evaluator"):
        processes[role].end()

    model_dir = tmp_path / "model"
    reader = tf.train.load_checkpoint(str(model_dir))
    steps = [int(reader.get_tensor(f"steps_of_{role}")) for role in ("master", "worker")]
    assert min(steps) >= OWN_STEPS
    assert TRAIN_STEPS <= reader.get_tensor("global_step") <= TRAIN_STEPS + 2
    assert abs(reader.get_tensor("weight") - 3.0) < 0.01
    # The master evaluates too, the evaluator beside it.
    assert last_evaluated(model_dir / "eval") >= TRAIN_STEPS
    assert last_evaluated(model_dir / "eval_continuous") >= TRAIN_STEPS
    exports = list((model_dir / "export" / "Servo").iterdir())
    assert len(exports) >= 2
    served = tf.saved_model.load(str(exports[-1])).signatures["serving_default"]
    assert served(tf.constant([2.0]))["output"].shape == [1]


def last_evaluated(folder):
    return max(
        event.step
        for path in folder.iterdir()
        for event in tf.compat.v1.train.summary_iterator(str(path))
        if event.HasField("summary")
    )
