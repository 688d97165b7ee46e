"""Early stopping: decisions, and the hooks for one machine and for many."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tensorflow as tf

from estimator_heads import Estimator, RunConfig
from estimator_heads.estimator.hooks.stop_on_predicate import (
    CheckForStoppingHook,
    CollectiveStoppingHook,
    StopOnPredicateHook,
    StopOnPredicateLocallyHook,
)
from estimator_heads.experimental import make_early_stopping_hook, stop_if_no_decrease_hook
from tests.estimator.api import API
from tests.estimator.test_cluster import free_addresses
from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn
from tests.golden.runtime import early_stopping
from tests.golden.runtime.comparison import check
from tests.golden.runtime.early_stopping import steps_run
from tests.golden.runtime.event_files import write_evaluations
from tests.programs import environment


@pytest.mark.parametrize("case", early_stopping.CASES, ids=lambda case: case.__name__)
def test_training_stops_as_with_the_originals(case, tmp_path):
    check("early_stopping", case, tmp_path)


@pytest.mark.parametrize("case", early_stopping.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("early_stopping", case, tmp_path)


def hook_of_task(monkeypatch, folder, task, should_stop_fn=lambda: True):
    cluster = {"chief": ["a:1"], "worker": ["b:1"], "ps": ["c:1"]}
    environment = {"cluster": cluster, "task": {"type": task, "index": 0}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(environment))
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(folder), RunConfig())
    monkeypatch.delenv("TF_CONFIG")
    return make_early_stopping_hook(estimator, should_stop_fn, None, 1)


def test_each_task_has_its_hook(monkeypatch, tmp_path):
    assert type(hook_of_task(monkeypatch, tmp_path, "chief")) is StopOnPredicateHook
    assert type(hook_of_task(monkeypatch, tmp_path, "worker")) is CheckForStoppingHook
    alone = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    assert type(make_early_stopping_hook(alone, lambda: True)) is StopOnPredicateLocallyHook


def test_strategies_have_their_hooks(tmp_path):
    def hook(strategy, *intervals):
        config = RunConfig(train_distribute=strategy)
        estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path), config)
        return make_early_stopping_hook(estimator, lambda: True, *intervals)

    mirrored = tf.distribute.MirroredStrategy(["/cpu:0"])
    assert type(hook(mirrored)) is StopOnPredicateLocallyHook
    collective = tf.distribute.MultiWorkerMirroredStrategy()
    assert type(hook(collective, None, 10)) is CollectiveStoppingHook
    with pytest.raises(ValueError, match="Set `run_every_steps`, and run_every_secs=None"):
        hook(collective)


@pytest.mark.parametrize(
    ("strategy_class", "steps"),
    [(tf.distribute.MirroredStrategy, 3), (tf.distribute.MultiWorkerMirroredStrategy, 4)],
    ids=["mirrored", "collective"],
)
def test_strategies_stop_early(strategy_class, steps, tmp_path):
    """With several workers, all learn at the step after the answer that it is time to stop."""
    config = RunConfig(train_distribute=strategy_class())
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path), config)
    for _ in range(2):
        before = estimator.latest_checkpoint() and estimator.get_variable_value("global_step")
        answers = iter([False, False, True])
        hook = make_early_stopping_hook(estimator, lambda answers=answers: next(answers), None, 1)
        estimator.train(dataset, hooks=[hook], steps=20)
        # A hook reads the global step beside the step that advances it, so that a question may be
        # left out when it reads a step twice.
        done = estimator.get_variable_value("global_step") - (before or 0)
        assert steps <= done <= steps + 2


def test_the_chief_stops_and_tells_a_worker(monkeypatch, tmp_path):
    """Two sessions of one graph on one server, as on a parameter server."""
    train = tf.compat.v1.train
    server = train.Server.create_local_server()
    answers = iter([False, True])
    hooks = {
        "chief": hook_of_task(monkeypatch, tmp_path, "chief", lambda: next(answers)),
        "worker": hook_of_task(monkeypatch, tmp_path, "worker"),
    }
    with tf.Graph().as_default():
        advance = tf.compat.v1.assign_add(train.get_or_create_global_step(), 1)
        sessions = {}
        for task, hook in hooks.items():
            creator = train.ChiefSessionCreator if task == "chief" else train.WorkerSessionCreator
            sessions[task] = train.MonitoredSession(creator(master=server.target), hooks=[hook])
            if task == "chief":  # What the worker's hook adds is in its own copy of the graph.
                tf.compat.v1.get_default_graph()._unsafe_unfinalize()
        stopped = []
        for _ in range(3):
            for session in sessions.values():
                if not session.should_stop():
                    session.run(advance)
            stopped.append([session.should_stop() for session in sessions.values()])
        for session in sessions.values():
            session.close()
    assert stopped == [[False, False], [True, True], [True, True]]


@pytest.mark.parametrize(
    ("tasks", "asking"),
    [(["worker 0", "worker 1"], "worker 1"), (["chief 0", "worker 0", "ps 0"], "chief 0")],
    ids=["collective", "parameter server"],
)
def test_a_cluster_of_processes_stops_early(tasks, asking, tmp_path):
    """One of them says so, a million steps before the end."""
    cluster = {}
    for task, address in zip(tasks, free_addresses(len(tasks)), strict=True):
        cluster.setdefault(task.split()[0], []).append(address)
    program = Path(__file__).with_name("early_stopping_task.py")
    processes = {}
    try:
        for task in tasks:
            kind, index = task.split()
            tf_config = {"cluster": cluster, "task": {"type": kind, "index": int(index)}}
            processes[task] = subprocess.Popen(
                [sys.executable, program, tmp_path, "yes" if task == asking else "no"],
                env=environment({"TF_CONFIG": json.dumps(tf_config)}),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        printed = {
            task: process.communicate(timeout=120)[0]
            for task, process in processes.items()
            if not task.startswith("ps")  # Parameter servers serve for ever.
        }
        assert all(processes[task].returncode == 0 for task in printed)
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
    assert 0 < int(printed[tasks[0]]) < 100_000


def test_a_training_that_was_stopped_early_can_be_continued(monkeypatch, tmp_path):
    """The signal is in the checkpoint; the chief takes it back."""
    signals = []
    for stop in (True, False):
        hook = hook_of_task(monkeypatch, tmp_path, "chief", lambda stop=stop: stop)
        with tf.Graph().as_default():
            step = tf.compat.v1.train.get_or_create_global_step()
            advance = tf.compat.v1.assign_add(step, 1)
            with tf.compat.v1.train.MonitoredTrainingSession(
                checkpoint_dir=str(tmp_path), hooks=[hook], save_checkpoint_steps=100
            ) as session:
                session.run(advance)
                assert session.should_stop() == stop
        path = tf.train.latest_checkpoint(str(tmp_path))
        signals.append(tf.train.load_checkpoint(path).get_tensor("signal_early_stopping/STOP"))
    assert signals == [True, False]


def test_early_stopping_can_be_added_to_a_trained_model(tmp_path):
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    estimator.train(dataset, steps=2)
    write_evaluations(tmp_path / "eval", [[1, {"loss": 1.0}], [2, {"loss": 2.0}]])
    hook = stop_if_no_decrease_hook(estimator, "loss", 1, run_every_secs=None, run_every_steps=1)
    estimator.train(dataset, hooks=[hook], steps=10)
    assert estimator.get_variable_value("global_step") == 3


def test_evaluations_in_the_middle_of_training_stop_it(tmp_path):
    """The metric is that of real evaluations, by a hook that evaluates."""
    from estimator_heads.experimental import InMemoryEvaluatorHook, stop_if_higher_hook

    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    evaluator = InMemoryEvaluatorHook(estimator, dataset, steps=3, every_n_iter=2)
    stopper = stop_if_higher_hook(
        estimator, "mean/label", 0.0, min_steps=4, run_every_secs=None, run_every_steps=1
    )
    estimator.train(dataset, hooks=[evaluator, stopper], steps=50)
    assert 4 <= estimator.get_variable_value("global_step") <= 6


def test_a_metric_in_some_evaluations_only_is_enough(tmp_path):
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    write_evaluations(tmp_path / "eval", [[1, {"of a hook": 1.0}], [2, {"loss": 2.0}]])
    hook = make_early_stopping_hook(estimator, lambda: False, None, 1)
    assert steps_run(hook) == 3
    hook = stop_if_no_decrease_hook(estimator, "loss", 0, run_every_secs=None, run_every_steps=1)
    assert steps_run(hook) == 1


def test_an_absent_metric_is_named_with_those_there_are(tmp_path):
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    write_evaluations(tmp_path / "eval", [[1, {"accuracy": 1.0, "loss": 2.0}]])
    hook = stop_if_no_decrease_hook(estimator, "los", 0, run_every_secs=None, run_every_steps=1)
    with pytest.raises(KeyError, match="no metric 'los'.*'accuracy', 'loss'"):
        steps_run(hook)
