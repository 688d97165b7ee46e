"""ESTIMATOR_HEADS_PLAIN_LOOP=1 makes every step a MonitoredSession.run, with the same results."""

import pytest
import tensorflow as tf

from tests.estimator.counting_model import estimator, numbers
from tests.golden.estimator.results import events

train = tf.compat.v1.train


class CountRuns(train.SessionRunHook):
    """Counts how often a MonitoredSession asks its hooks, and keeps the graph."""

    def __init__(self):
        self.runs = 0

    def begin(self):
        self.graph = tf.compat.v1.get_default_graph()

    def before_run(self, run_context):
        self.runs += 1

    def added_operations(self):
        names = [op.name for op in self.graph.get_operations()]
        return [name for name in names if "/inline/" in name or "after_step" in name]


def results(folder):
    """What training, evaluation and prediction return and write, and the operations they added."""
    hooks = [CountRuns() for _ in range(3)]
    model = estimator(folder, save_checkpoints_steps=4, save_summary_steps=7)
    model.train(numbers, [hooks[0]], steps=17)
    metrics = model.evaluate(numbers, steps=5, hooks=[hooks[1]])
    predictions = [values["value"].tolist() for values in model.predict(numbers, hooks=[hooks[2]])]
    checkpoints = sorted(path.name for path in folder.glob("model.ckpt-*"))
    weight = model.get_variable_value("weight")
    written = events(str(folder), steps=True), checkpoints, weight
    runs = [hook.runs for hook in hooks]
    return (written, metrics, predictions, runs), [hook.added_operations() for hook in hooks]


@pytest.fixture
def compiled(monkeypatch):
    """A list that grows with every step that is compiled for a session."""
    made = []
    make = tf.compat.v1.Session._make_callable_from_options

    def note(session, options):
        made.append(options)
        return make(session, options)

    monkeypatch.setattr(tf.compat.v1.Session, "_make_callable_from_options", note)
    return made


def monitored_runs(monkeypatch):
    """A list that grows with every MonitoredSession.run."""
    made = []
    run = train.MonitoredSession.run

    def note(session, *arguments, **options):
        made.append(arguments)
        return run(session, *arguments, **options)

    monkeypatch.setattr(train.MonitoredSession, "run", note)
    return made


def test_results_are_the_same(tmp_path, monkeypatch, compiled):
    runs = monitored_runs(monkeypatch)
    ours, added = results(tmp_path / "ours")
    assert all(added)
    assert compiled
    assert not runs
    compiled.clear()
    monkeypatch.setenv("ESTIMATOR_HEADS_PLAIN_LOOP", "1")
    plain, added = results(tmp_path / "plain")
    assert plain == ours
    assert added == [[], [], []]
    assert not compiled
    assert len(runs) == sum(plain[3])


@pytest.mark.parametrize("value", ["", "0"])
def test_it_is_off_by_default(value, tmp_path, monkeypatch, compiled):
    monkeypatch.setenv("ESTIMATOR_HEADS_PLAIN_LOOP", value)
    estimator(tmp_path).train(numbers, steps=2)
    assert compiled


def test_a_lost_session_is_recovered(tmp_path, monkeypatch):
    monkeypatch.setenv("ESTIMATOR_HEADS_PLAIN_LOOP", "1")

    class Lose(train.SessionRunHook):
        steps = 0

        def after_run(self, run_context, run_values):
            self.steps += 1
            if self.steps == 8:
                raise tf.errors.AbortedError(None, None, "lost")

    model = estimator(tmp_path, save_checkpoints_steps=3).train(numbers, [Lose()], steps=12)
    assert model.get_variable_value("weight") == 1.0 + 0.5 * 12
