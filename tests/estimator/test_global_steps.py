"""Hooks act at the steps at which the originals' do, whoever advances the global step."""

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads._tensorflow import sessions
from tests.golden.runtime import global_steps
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", global_steps.CASES, ids=lambda case: case.__name__)
def test_hooks_act_at_the_same_steps(case, tmp_path):
    check("global_steps", case, tmp_path)


@pytest.mark.parametrize("case", global_steps.CASES, ids=lambda case: case.__name__)
def test_hooks_act_at_the_same_steps_by_monitored_session(case, tmp_path, monkeypatch):
    """As on a cluster."""
    monkeypatch.setattr(sessions, "session_hooks", lambda session: None)
    check("global_steps", case, tmp_path)


class ReadStep(tf.compat.v1.train.SessionRunHook):
    """Reads the global step by the name that its tensor has in TensorFlow."""

    def __init__(self):
        self.read = []

    def before_run(self, run_context):
        return tf.compat.v1.train.SessionRunArgs("global_step/add:0")

    def after_run(self, run_context, run_values):
        self.read.append(int(run_values.results))


def test_hooks_read_the_step_by_name(tmp_path):
    def model_fn(features, labels, mode):
        weight = tf.compat.v1.get_variable("weight", initializer=1.0)
        train_op = tf.compat.v1.train.GradientDescentOptimizer(0.1).minimize(
            weight * features, tf.compat.v1.train.get_global_step()
        )
        return eh.EstimatorSpec(mode, loss=weight * features, train_op=train_op)

    hook = ReadStep()
    estimator = eh.Estimator(model_fn, str(tmp_path))
    estimator.train(lambda: tf.data.Dataset.from_tensors(1.0).repeat(), [hook], steps=4)
    # Beside its change: before or after it.
    assert all(read in (step, step + 1) for step, read in enumerate(hook.read))
    assert len(hook.read) == 4
