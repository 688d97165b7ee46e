"""`tf.contrib.layers.optimize_loss` against recordings of TF 1.15, option by option."""

import inspect

import numpy as np
import pytest
import tensorflow as tf

from tests.golden.layers import cases_optimize_loss
from tests.golden.layers.ours import CONTRIB, GOLDEN
from tests.golden.layers.subject import case_ids

LAYERS = CONTRIB.layers


@pytest.mark.parametrize("case_id", case_ids("optimize_loss"))
def test_a_step_is_that_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_every_argument_has_cases():
    asked = {case.partition("/")[0] for case in cases_optimize_loss.CASES}

    assert asked - {"bad"} == set(inspect.signature(LAYERS.optimize_loss).parameters)


def test_every_optimizer_has_a_case():
    asked = {case.partition("/")[2] for case in cases_optimize_loss.CASES}

    assert set(LAYERS.OPTIMIZER_CLS_NAMES) <= asked
    assert LAYERS.OPTIMIZER_SUMMARIES == cases_optimize_loss.ALL_SUMMARIES


def step_of(**options):
    """What one step of gradient descent of rate 1 subtracts from 1000 weights of gradient 0."""
    with tf.Graph().as_default():
        tf.compat.v1.set_random_seed(1)
        weights = tf.compat.v1.get_variable("weights", initializer=tf.zeros([1000]))
        train_op = LAYERS.optimize_loss(
            tf.reduce_sum(weights**2), None, learning_rate=1.0, optimizer="SGD", **options
        )
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            session.run(train_op)
            return -session.run(weights)


def test_gradient_noise_is_truncated_normal_of_the_given_scale():
    noise = step_of(gradient_noise_scale=0.5)

    assert np.abs(noise).max() <= 1.0
    assert np.std(noise) == pytest.approx(0.5 * 0.88, rel=0.1)  # 0.88: of a normal cut at 2
    assert np.mean(noise) == pytest.approx(0, abs=0.05)


def test_noise_is_multiplied_and_then_clipped():
    noise = step_of(gradient_noise_scale=0.5, gradient_multipliers={"weights:0": 0.01})
    clipped = step_of(gradient_noise_scale=0.5, clip_gradients=0.1)

    assert 0.005 < np.abs(noise).max() <= 0.01
    assert np.linalg.norm(clipped) == pytest.approx(0.1)


def test_a_program_may_add_optimizers_by_name():
    names = LAYERS.OPTIMIZER_CLS_NAMES
    names["Adadelta"] = tf.compat.v1.train.AdadeltaOptimizer
    try:
        with tf.Graph().as_default():
            weight = tf.compat.v1.get_variable("weight", initializer=1.0)
            LAYERS.optimize_loss(weight**2, None, 0.1, "Adadelta")
            made = [variable.op.name for variable in tf.compat.v1.global_variables()]
    finally:
        del names["Adadelta"]

    assert "OptimizeLoss/weight/Adadelta" in made


def test_the_update_ops_of_batch_norm_run_with_the_step():
    with tf.Graph().as_default():
        net = LAYERS.batch_norm(tf.constant([[1.0], [3.0]]), decay=0.5, scope="norm")
        train_op = LAYERS.optimize_loss(tf.reduce_sum(net**2), None, 0.1, "SGD")
        mean = CONTRIB.framework.get_unique_variable("norm/moving_mean")
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            session.run(train_op)

            assert session.run(mean).tolist() == [1.0]
