"""An evaluator evaluates many checkpoints with one model."""

import contextlib
import gc
import json
import subprocess
import sys
import weakref

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import BinaryClassHead, EvalSpec, RunConfig, TrainSpec, train_and_evaluate
from estimator_heads.estimator import Estimator
from estimator_heads.model_fn import EstimatorSpec, ModeKeys
from tests.estimator.test_cluster import free_addresses
from tests.programs import environment

v1 = tf.compat.v1

X = np.linspace(-1, 1, 20, dtype=np.float32).reshape(10, 2)
Y = (X.sum(axis=1, keepdims=True) > 0.3).astype(np.int64)


def input_fn():
    return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(4)


def endless_input_fn():
    return input_fn().repeat()


def model_fn(features, labels, mode):
    weights = v1.get_variable("weights", [2, 1], initializer=v1.random_uniform_initializer())
    return BinaryClassHead().create_estimator_spec(
        features,
        mode,
        tf.matmul(features["x"], weights),
        labels,
        train_op_fn=lambda loss: v1.train.AdagradOptimizer(0.5).minimize(
            loss, v1.train.get_global_step()
        ),
    )


@pytest.fixture
def trained(tmp_path):
    return Estimator(model_fn, str(tmp_path / "model")).train(endless_input_fn, steps=2)


def events(folder):
    """(step, tag, value) of all scalars in the event files of a folder."""
    return [
        (event.step, value.tag, value.simple_value)
        for path in sorted(tf.io.gfile.glob(f"{folder}/events*"))
        for event in v1.train.summary_iterator(path)
        for value in event.summary.value
    ]


@pytest.mark.parametrize("is_plain", [False, True], ids=["fast", "plain"])
@pytest.mark.parametrize("steps", [None, 2])
def test_each_checkpoint_has_the_results_of_evaluate(trained, steps, is_plain, monkeypatch):
    if is_plain:
        monkeypatch.setenv("ESTIMATOR_HEADS_PLAIN_LOOP", "1")
    with trained.evaluator(input_fn, steps, name="kept") as evaluator:
        for _ in range(3):
            assert evaluator() == trained.evaluate(input_fn, steps)
            assert evaluator() == trained.evaluate(input_fn, steps)
            trained.train(endless_input_fn, steps=3)
        oldest = trained.model_dir + "/model.ckpt-2"
        assert evaluator(oldest) == trained.evaluate(input_fn, steps, checkpoint_path=oldest)
    assert events(trained.eval_dir("kept")) == events(trained.eval_dir())


def test_functions_are_called_once_and_the_graph_does_not_grow(trained):
    calls = []

    def counting_input_fn():
        calls.append("input_fn")
        return input_fn()

    def counting_model_fn(features, labels, mode):
        calls.append("model_fn")
        return model_fn(features, labels, mode)

    counting = Estimator(counting_model_fn, trained.model_dir)
    with counting.evaluator(counting_input_fn) as evaluator:
        evaluator()
        size = len(evaluator._graph.get_operations())
        for _ in range(5):
            evaluator()
        assert len(evaluator._graph.get_operations()) == size
    assert calls == ["input_fn", "model_fn"]


class RecordingHook(v1.train.SessionRunHook):
    """Fetches a tensor that it makes anew for each evaluation."""

    def __init__(self):
        self.calls, self.sums = [], []

    def begin(self):
        self.calls.append("begin")
        features = v1.get_default_graph().get_tensor_by_name("IteratorGetNext:0")
        self.sum = tf.reduce_sum(features)

    def after_create_session(self, session, coord):
        self.calls.append("after_create_session")

    def before_run(self, run_context):
        return v1.train.SessionRunArgs(self.sum)

    def after_run(self, run_context, run_values):
        self.sums.append(float(run_values.results))

    def end(self, session):
        self.calls.append("end")


def test_hooks_take_part_in_each_evaluation(trained):
    hook = RecordingHook()
    log = v1.train.LoggingTensorHook({"features": "IteratorGetNext:0"}, every_n_iter=1)
    with trained.evaluator(input_fn, hooks=[hook, log]) as evaluator:
        results = [evaluator(), evaluator()]
    assert results[0] == results[1]
    assert hook.calls == ["begin", "after_create_session", "end"] * 2
    batches = [float(X[start : start + 4].sum()) for start in (0, 4, 8)]
    np.testing.assert_allclose(hook.sums, batches * 2, rtol=1e-5, atol=1e-6)


def test_initial_values_are_drawn_anew_as_long_as_there_is_no_checkpoint(tmp_path):
    """As by `evaluate`, whose sessions are new; then the checkpoint counts."""
    estimator = Estimator(model_fn, str(tmp_path))
    with estimator.evaluator(input_fn) as evaluator:
        losses = {float(evaluator()["loss"]) for _ in range(3)}
        assert len(losses) == 3
        estimator.train(endless_input_fn, steps=1)
        assert evaluator() == estimator.evaluate(input_fn)


def test_the_scaffold_of_the_model_initializes_each_evaluation(trained):
    """A table, a local variable and an init_fn, which counts when there is no checkpoint."""

    def scaffolded_model_fn(features, labels, mode):
        initializer = tf.lookup.KeyValueTensorInitializer(["a"], [2.0])
        table = tf.lookup.StaticHashTable(initializer, 0.0)
        seen = v1.get_variable(
            "seen", [], initializer=v1.zeros_initializer(), collections=["local_variables"]
        )
        bias = v1.get_variable("bias", initializer=1.0)
        with tf.control_dependencies([seen.assign_add(1.0)]):
            doubled = seen.read_value() * table.lookup(tf.constant("a"))
            loss = doubled + bias * tf.reduce_sum(features)
        scaffold = v1.train.Scaffold(
            local_init_op=v1.tables_initializer(),
            init_fn=lambda scaffold, session: session.run(bias.initializer),
        )
        return EstimatorSpec(mode, loss=loss, scaffold=scaffold)

    def unlabelled_input_fn():
        return tf.data.Dataset.from_tensors([1.0]).repeat(3)

    untrained = Estimator(scaffolded_model_fn)
    with untrained.evaluator(unlabelled_input_fn) as evaluator:
        # The mean of 2 + 1, 4 + 1 and 6 + 1.
        assert [float(evaluator()["loss"]) for _ in range(3)] == [5.0, 5.0, 5.0]


def test_errors_leave_it_usable_until_it_is_closed(trained):
    evaluator = trained.evaluator(input_fn)
    results = evaluator()
    with pytest.raises(ValueError, match="checkpoint"):
        evaluator(trained.model_dir + "/model.ckpt-77")
    assert evaluator() == results
    evaluator.close()
    evaluator.close()
    with pytest.raises(RuntimeError, match="closed"):
        evaluator()


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"steps": 0}, ValueError, "steps=0"),
        ({"hooks": ["hook"]}, TypeError, "`hooks`"),
    ],
)
def test_bad_arguments(trained, arguments, error, message):
    with pytest.raises(error, match=message):
        trained.evaluator(input_fn, **arguments)


def test_queues_are_refused(trained):
    def queue_input_fn():
        x, y = v1.train.slice_input_producer([X, Y], num_epochs=1)
        x, y = v1.train.batch([x, y], 5)
        return {"x": x}, y

    with pytest.raises(ValueError, match="queues: input_fn=.*queue_input_fn"):
        trained.evaluator(queue_input_fn)


def test_nothing_stays_after_it_is_closed(trained):
    evaluator = trained.evaluator(input_fn)
    evaluator()
    graph = weakref.ref(evaluator._graph)
    evaluator.close()
    gc.collect()
    assert graph() is None


def test_train_and_evaluate_can_keep_its_models(tmp_path):
    """Then the functions are called once each, with the results of evaluations one by one."""
    modes = []

    def counting_model_fn(features, labels, mode):
        modes.append(mode)
        return model_fn(features, labels, mode)

    def run(name, **options):
        modes.clear()
        config = RunConfig(save_checkpoints_steps=2, tf_random_seed=3)
        estimator = Estimator(counting_model_fn, str(tmp_path / name), config)
        eval_spec = EvalSpec(input_fn, steps=None, throttle_secs=0, start_delay_secs=0)
        spec = TrainSpec(endless_input_fn, max_steps=6)
        metrics, _ = train_and_evaluate(estimator, spec, eval_spec, **options)
        return metrics, events(estimator.eval_dir()), modes.count(ModeKeys.EVAL)

    metrics, written, calls = run("kept", keep_models=True)
    assert calls == 1
    expected, expected_written, expected_calls = run("rebuilt")
    assert expected_calls == 3
    assert metrics == expected
    assert written == expected_written and len({step for step, *_ in written}) == 3


SERVER = """
import sys, tensorflow as tf
server = tf.distribute.Server({"worker": [sys.argv[1]]}, "worker", 0)
print("started", flush=True)
server.join()
"""


@contextlib.contextmanager
def server_at(address):
    """A TensorFlow server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, address],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "started\n"
        yield
    finally:
        process.kill()
        process.communicate()


def test_a_server_that_was_started_again_gets_a_new_session(trained, monkeypatch):
    (address,) = free_addresses(1)
    monkeypatch.setenv("TF_CONFIG", json.dumps({"eval_session_master": f"grpc://{address}"}))
    remote = Estimator(model_fn, trained.model_dir, RunConfig())
    evaluator = remote.evaluator(input_fn)
    with server_at(address):
        expected = evaluator()
    with server_at(address), evaluator:
        assert evaluator() == expected
