"""Clipped gradients against the formula."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib.estimator import regression_head
from estimator_heads.compat.contrib.estimator.gradient_clipping import clip_gradients_by_norm

v1 = tf.compat.v1


def clipped_step(optimizer, variables, gradients):
    """The variables after one step on a loss that has these gradients, and all variables' names."""
    with tf.Graph().as_default(), v1.Session() as session:
        made = [v1.get_variable(f"v{i}", initializer=v) for i, v in enumerate(variables)]
        loss = tf.add_n([tf.reduce_sum(made[i] * gradient) for i, gradient in enumerate(gradients)])
        step = v1.train.get_or_create_global_step()
        train_op = optimizer().minimize(loss, step)
        session.run(v1.global_variables_initializer())
        session.run(train_op)
        assert session.run(step) == 1
        return session.run(made), sorted(v.op.name for v in v1.global_variables())


VARIABLES = [np.array([1.0, 2.0], np.float32), np.array([[3.0]], np.float32)]
GRADIENTS = [np.array([3.0, 0.0], np.float32), np.array([[4.0]], np.float32)]  # of norm 5


@pytest.mark.parametrize(("clip_norm", "scale"), [(1.0, 0.2), (2.5, 0.5), (5.0, 1.0), (9.0, 1.0)])
def test_gradients_are_scaled_down_to_the_norm(clip_norm, scale):
    def optimizer():
        return clip_gradients_by_norm(v1.train.GradientDescentOptimizer(0.1), clip_norm)

    after, _ = clipped_step(optimizer, VARIABLES, GRADIENTS)
    for i, value in enumerate(after):
        np.testing.assert_allclose(value, VARIABLES[i] - 0.1 * scale * GRADIENTS[i], rtol=1e-6)


def test_variables_of_the_optimizer_keep_their_names():
    def adam():
        return v1.train.AdamOptimizer(0.1)

    _, plain = clipped_step(adam, VARIABLES, GRADIENTS)
    _, clipped = clipped_step(lambda: clip_gradients_by_norm(adam(), 1.0), VARIABLES, GRADIENTS)
    assert clipped == plain
    assert "v0/Adam" in clipped


def test_clipping_optimizer_knows_the_slots_of_the_optimizer():
    with tf.Graph().as_default():
        variable = v1.get_variable("v", initializer=1.0)
        momentum = v1.train.MomentumOptimizer(0.1, 0.9)
        optimizer = clip_gradients_by_norm(momentum, tf.constant(1.0))
        optimizer.minimize(variable * 3.0)
        assert optimizer.get_name() == "ClipByNormMomentum"
        assert optimizer.get_slot_names() == ["momentum"]
        slot = optimizer.get_slot(variable, "momentum")
        assert slot is momentum.get_slot(variable, "momentum")
        assert [v.op.name for v in optimizer.variables()] == [slot.op.name]


def test_variables_without_a_gradient_are_left_alone():
    with tf.Graph().as_default(), v1.Session() as session:
        used, unused = (v1.get_variable(name, initializer=1.0) for name in ("used", "unused"))
        optimizer = clip_gradients_by_norm(v1.train.GradientDescentOptimizer(0.5), 1.0)
        train_op = optimizer.minimize(used * 4.0, var_list=[used, unused])
        session.run(v1.global_variables_initializer())
        session.run(train_op)
        assert session.run([used, unused]) == pytest.approx([0.5, 1.0])


def test_clipping_needs_an_optimizer_of_tf1():
    import tf_keras

    with pytest.raises(ValueError, match="`optimizer`.*global_clipnorm.*SGD"):
        clip_gradients_by_norm(tf_keras.optimizers.SGD(), 1.0)


X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0], [-2.0, 1.0]], np.float32)
Y = np.array([[1.0], [2.0], [0.0], [-1.0]], np.float32)


def test_a_head_trains_with_clipped_gradients(tmp_path):
    def model_fn(features, labels, mode):
        optimizer = clip_gradients_by_norm(v1.train.GradientDescentOptimizer(0.1), 0.5)
        start = v1.constant_initializer(0.25)
        logits = tf.matmul(features, v1.get_variable("w", [2, 1], None, start))
        return regression_head().create_estimator_spec(features, mode, logits, labels, optimizer)

    estimator = eh.Estimator(model_fn, str(tmp_path)).train(
        lambda: tf.data.Dataset.from_tensors((X, Y))
    )
    weights = np.full([2, 1], 0.25)
    gradient = 2 * X.T @ (X @ weights - Y) / len(X)
    norm = np.linalg.norm(gradient)
    assert norm > 0.5
    stepped = weights - 0.1 * gradient * 0.5 / norm
    np.testing.assert_allclose(estimator.get_variable_value("w"), stepped, rtol=1e-5)
