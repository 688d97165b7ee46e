"""One model trained by several processes on this machine, with parameter servers."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import tensorflow as tf

from tests.estimator.cluster_process import MAX_STEPS, OWN_STEPS
from tests.programs import environment

TIMEOUT = 300


def free_addresses(count):
    """Addresses on this machine at which nothing listens."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("localhost", 0))
    addresses = [f"localhost:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    return addresses


class Process:
    """A program with a place in a cluster; its lines come one by one, its log in the end."""

    def __init__(self, program, tf_config, folder):
        role = "{type}_{index}".format(**tf_config["task"])
        self._log = open(folder / f"{role}.log", "w+")
        self._process = subprocess.Popen(
            [sys.executable, str(program), str(folder / "model")],
            env=environment({"TF_CONFIG": json.dumps(tf_config)}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        # Ends the waits below if the program hangs.
        self._timer = threading.Timer(TIMEOUT, self._process.kill)
        self._timer.start()

    def wait_for(self, words):
        """Reads lines until one begins with the words, and returns it."""
        for line in self._process.stdout:
            if line.startswith(words):
                return line
        raise AssertionError(f"never said {words!r}:\n{self.log()}")

    def go(self):
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def end(self):
        """Waits until the program has ended as it should."""
        self._process.communicate()
        assert self._process.returncode == 0, self.log()

    def log(self):
        self._log.seek(0)
        return self._log.read()[-6000:]

    def close(self):
        self._timer.cancel()
        self._process.kill()
        self._process.wait()
        self._log.close()


@pytest.fixture
def start(tmp_path):
    """Starts processes that share `tmp_path / "model"`; they are gone after the test."""
    processes = []

    def start(program, tf_config):
        program = Path(__file__).with_name(program)
        processes.append(Process(program, tf_config, tmp_path))
        return processes[-1]

    yield start
    for process in processes:
        process.close()


def test_processes_train_evaluate_and_export_one_model(start, tmp_path):
    roles = ("ps", "chief", "worker")
    hosts = {role: [address] for role, address in zip(roles, free_addresses(3), strict=True)}
    processes = {
        role: start("cluster_process.py", {"cluster": hosts, "task": {"type": role, "index": 0}})
        for role in (*roles, "evaluator")
    }
    for process in processes.values():
        process.wait_for("ready")
    for role in ("ps", "chief"):
        processes[role].go()
    placed = processes["chief"].wait_for("variable on")
    assert placed.split() == "variable on /job:ps/task:0 loss on /job:chief/task:0".split()
    # A worker that comes before there are variables looks again after 30 seconds.
    processes["chief"].wait_for("started")
    for role in ("worker", "evaluator"):
        processes[role].go()
    for role in ("chief", "worker", "evaluator"):
        processes[role].end()

    model_dir = tmp_path / "model"
    reader = tf.train.load_checkpoint(str(model_dir))
    steps = [int(reader.get_tensor(f"steps_of_{role}")) for role in ("chief", "worker")]
    assert min(steps) >= OWN_STEPS
    assert MAX_STEPS <= reader.get_tensor("global_step") <= MAX_STEPS + 2
    assert abs(sum(steps) - int(reader.get_tensor("global_step"))) <= 1  # One may be under way.
    assert abs(reader.get_tensor("weight") - 3.0) < 0.01
    (events,) = (model_dir / "eval").iterdir()
    evaluated = [
        event.step
        for event in tf.compat.v1.train.summary_iterator(str(events))
        if any(value.tag == "loss" for value in event.summary.value)
    ]
    assert evaluated[-1] >= MAX_STEPS and evaluated == sorted(set(evaluated))
    (exported,) = (model_dir / "export" / "final").iterdir()
    served = tf.saved_model.load(str(exported)).signatures["serving_default"]
    assert abs(float(served(x=tf.constant([2.0]))["output"][0]) - 6.0) < 0.02


def test_training_goes_on_from_the_checkpoint_when_a_lost_parameter_server_is_back(start):
    hosts = {
        role: [address] for role, address in zip(("ps", "chief"), free_addresses(2), strict=True)
    }
    server_config, chief_config = (
        {"cluster": hosts, "task": {"type": role, "index": 0}} for role in ("ps", "chief")
    )
    server = start("lost_ps_process.py", server_config)
    chief = start("lost_ps_process.py", chief_config)
    assert chief.wait_for("started").split() == ["started", "0"]
    chief.wait_for("lose the server")
    server.close()
    start("lost_ps_process.py", server_config)
    chief.go()
    assert chief.wait_for("started").split() == ["started", "20"]
    assert chief.wait_for("ended").split() == ["ended", "50"]
    chief.end()
