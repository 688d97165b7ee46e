"""One train op from every kind of optimizer, with the global step advancing by one a step."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import optimizers


def v1_adam():
    return tf.compat.v1.train.AdamOptimizer(0.1)


def legacy_tf_keras_adam():
    import tf_keras

    return tf_keras.optimizers.legacy.Adam(0.1)


def tf_keras_adam():
    import tf_keras

    return tf_keras.optimizers.Adam(0.1)


def keras_3_adam():
    import keras

    return keras.optimizers.Adam(0.1)


def tf_keras_adam_counting_the_global_step():
    optimizer = legacy_tf_keras_adam()
    optimizer.iterations = tf.compat.v1.train.get_or_create_global_step()
    return optimizer


KINDS = [
    v1_adam,
    legacy_tf_keras_adam,
    tf_keras_adam,
    keras_3_adam,
    tf_keras_adam_counting_the_global_step,
]


def plain_layer(x):
    weights = tf.compat.v1.get_variable(
        "weights", [2, 1], initializer=tf.compat.v1.ones_initializer()
    )
    return tf.matmul(x, weights), [weights]


def tf_keras_layer(x):
    import tf_keras

    layer = tf_keras.layers.Dense(1, kernel_initializer="ones")
    return layer(x), layer.trainable_variables


def keras_3_layer(x):
    import keras

    layer = keras.layers.Dense(1, kernel_initializer="ones")
    return layer(x), layer.trainable_variables


def adam_by_hand(steps, learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Adam (Kingma & Ba, 2015) on w -> (w[0] + 2 w[1])**2, starting at w = [1, 1]."""
    w, m, v = np.ones(2), np.zeros(2), np.zeros(2)
    for step in range(1, steps + 1):
        gradient = 2 * (w[0] + 2 * w[1]) * np.array([1.0, 2.0])
        m = beta_1 * m + (1 - beta_1) * gradient
        v = beta_2 * v + (1 - beta_2) * gradient**2
        m_hat, v_hat = m / (1 - beta_1**step), v / (1 - beta_2**step)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return w


@pytest.mark.parametrize("make_optimizer", KINDS)
def test_three_steps_of_adam_are_the_formula_and_advance_the_global_step(make_optimizer):
    with tf.Graph().as_default():
        global_step = tf.compat.v1.train.create_global_step()
        output, (weights,) = plain_layer(tf.constant([[1.0, 2.0]]))
        train_op = optimizers.create_train_op(
            tf.reduce_sum(output**2), optimizer=make_optimizer(), trainable_variables=[weights]
        )
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            for _ in range(3):
                session.run(train_op)
            assert session.run(global_step) == 3
            np.testing.assert_allclose(session.run(weights)[:, 0], adam_by_hand(3), rtol=1e-4)


@pytest.mark.parametrize("make_layer", [plain_layer, tf_keras_layer, keras_3_layer])
@pytest.mark.parametrize("make_optimizer", KINDS)
def test_a_second_train_continues_as_if_it_were_one(make_optimizer, make_layer, tmp_path):
    def model_fn(features, labels, mode):
        logits, variables = make_layer(features)
        return eh.RegressionHead().create_estimator_spec(
            features,
            mode,
            logits,
            labels,
            optimizer=make_optimizer() if mode == eh.ModeKeys.TRAIN else None,
            trainable_variables=variables,
        )

    def input_fn():
        return tf.data.Dataset.from_tensors(([[1.0, 2.0]], [[10.0]])).repeat()

    def train(model_dir, *steps):
        estimator = eh.Estimator(model_fn, model_dir=str(model_dir))
        for n in steps:
            estimator.train(input_fn, steps=n)
        return estimator

    once = train(tmp_path / "once", 5)
    twice = train(tmp_path / "twice", 3, 2)
    assert once.get_variable_value("global_step") == 5
    assert twice.get_variable_value("global_step") == 5
    # Every variable: the model's, the slots, and what the optimizer counts.
    assert twice.get_variable_names() == once.get_variable_names()
    for name in once.get_variable_names():
        np.testing.assert_allclose(
            twice.get_variable_value(name), once.get_variable_value(name), rtol=1e-5, err_msg=name
        )
    losses = [estimator.evaluate(input_fn, steps=1)["loss"] for estimator in (once, twice)]
    np.testing.assert_allclose(*losses, rtol=1e-5)


def test_variables_are_those_of_the_graph_by_default():
    with tf.Graph().as_default():
        output, (weights,) = plain_layer(tf.constant([[1.0, 2.0]]))
        train_op = optimizers.create_train_op(
            tf.reduce_sum(output), optimizer=tf.compat.v1.train.GradientDescentOptimizer(1.0)
        )
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            session.run(train_op)
            np.testing.assert_allclose(session.run(weights)[:, 0], [0.0, -1.0])


def test_update_ops_run_with_each_step():
    with tf.Graph().as_default():
        counter = tf.compat.v1.get_variable("counter", initializer=0)
        train_op = optimizers.create_train_op(
            tf.constant(1.0),
            train_op_fn=lambda loss: tf.no_op(),
            update_ops=[counter.assign_add(2), counter.assign_add(3)],
        )
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            session.run(train_op)
            assert session.run(counter) == 5


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({}, "exactly one of the arguments `optimizer` and `train_op_fn`.*None.*None"),
        ({"optimizer": v1_adam, "train_op_fn": lambda loss: loss}, "exactly one"),
        ({"optimizer": lambda: "Adam"}, "`optimizer`.*Expected an optimizer of.*'Adam'"),
        ({"optimizer": v1_adam, "update_ops": tf.no_op}, "`update_ops`.*list or tuple"),
        ({"optimizer": v1_adam, "trainable_variables": "w"}, "`trainable_variables`.*list or"),
        ({"optimizer": v1_adam}, "`trainable_variables`.*at least one variable"),
        ({"optimizer": v1_adam, "trainable_variables": []}, "`trainable_variables`.*at least one"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with tf.Graph().as_default():
        arguments = dict(arguments)
        if "optimizer" in arguments:
            arguments["optimizer"] = arguments["optimizer"]()
        with pytest.raises(ValueError, match=message):
            optimizers.create_train_op(tf.constant(1.0), **arguments)


def test_a_loss_without_variables_is_refused():
    with tf.Graph().as_default():
        _, variables = plain_layer(tf.constant([[1.0, 2.0]]))
        for make_optimizer in KINDS:
            with pytest.raises(ValueError):
                optimizers.create_train_op(
                    tf.constant(1.0), optimizer=make_optimizer(), trainable_variables=variables
                )


def test_an_optimizer_needs_a_graph():
    with pytest.raises(ValueError, match="`optimizer`.*In eager mode.*train_op_fn"):
        optimizers.create_train_op(tf.constant(1.0), optimizer=v1_adam())
