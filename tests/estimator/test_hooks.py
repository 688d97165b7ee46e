"""The hooks for evaluation in training and for the end at a checkpoint; the names of others."""

import pytest
import tensorflow as tf

import estimator_heads.hooks
from estimator_heads import Estimator
from estimator_heads.estimator.hooks.stop_at_checkpoint_step import StopAtCheckpointStepHook
from estimator_heads.experimental import InMemoryEvaluatorHook
from tests.estimator.api import API
from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn
from tests.golden.estimator.results import events
from tests.golden.runtime import hooks
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", hooks.CASES, ids=lambda case: case.__name__)
def test_hooks_do_what_the_originals_do(case, tmp_path):
    check("hooks", case, tmp_path)


@pytest.mark.parametrize("case", hooks.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("hooks", case, tmp_path)


@pytest.mark.parametrize(
    "name",
    [name for name in estimator_heads.__all__ if hasattr(estimator_heads.hooks, name)],
)
def test_a_hook_of_tensorflow_is_the_same_under_both_names(name):
    assert getattr(estimator_heads, name) is getattr(tf.compat.v1.train, name)


def test_the_last_evaluation_is_not_done_twice(tmp_path):
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    evaluator = InMemoryEvaluatorHook(estimator, dataset, steps=1, every_n_iter=2)
    estimator.train(dataset, hooks=[evaluator], steps=4)
    steps = [step for step, _, tag in events(str(tmp_path / "eval"), steps=True) if tag == "rmse"]
    assert steps == [0, 2, 4]


def checkpoint_at(folder, step):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        variable = tf.compat.v1.train.get_or_create_global_step()
        session.run(tf.compat.v1.assign(variable, step))
        tf.compat.v1.train.Saver().save(session, str(folder / "model.ckpt"), step)


def test_a_worker_ends_when_the_step_is_saved(tmp_path):
    hook = StopAtCheckpointStepHook(str(tmp_path), 3, wait_after_file_check_secs=0)
    saved_at = {4: 2, 6: 3}  # The chief is late.
    with tf.Graph().as_default():
        step = tf.compat.v1.train.get_or_create_global_step()
        advance = tf.compat.v1.assign_add(step, 1)
        with tf.compat.v1.train.MonitoredSession(hooks=[hook]) as session:
            done = 0
            while not session.should_stop():
                done += 1
                if done in saved_at:
                    checkpoint_at(tmp_path, saved_at[done])
                session.run(advance)
    assert done == 6
