"""Optimizers count for what they can do: `get_updates`, or `minimize` with a global step."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import optimizers
from estimator_heads.compat.contrib import estimator as contrib_estimator

v1 = tf.compat.v1
RATE = 0.25


def updates_of(loss, params):
    gradients = tf.gradients(loss, params)
    return [p.assign_sub(RATE * g) for p, g in zip(params, gradients, strict=True)]


class GetsUpdates:
    def get_updates(self, loss, params):
        return updates_of(loss, params)


class AdvancesTheStepItself:
    def get_updates(self, loss, params):
        optimizer = v1.train.GradientDescentOptimizer(RATE)
        global_step = v1.train.get_global_step()
        return [optimizer.minimize(loss, global_step=global_step, var_list=params)]


class ReturnsOneUpdate:
    def get_updates(self, loss, params):
        return tf.group(*updates_of(loss, params))


class Minimizes:
    def minimize(self, loss, global_step=None):
        return v1.train.GradientDescentOptimizer(RATE).minimize(loss, global_step=global_step)


class MinimizesWithOptions:
    def minimize(self, loss, **options):
        return v1.train.GradientDescentOptimizer(RATE).minimize(loss, **options)


class NarrowerThanItsBase(v1.train.GradientDescentOptimizer):
    """As legacy code overrides `minimize`: without `var_list`."""

    def __init__(self):
        super().__init__(RATE)

    def minimize(self, loss, global_step=None):
        return super().minimize(loss, global_step=global_step)


def overriding(base):
    class OwnUpdates(base):
        def get_updates(self, loss, params):
            return updates_of(loss, params)

    return OwnUpdates(1.0)


def of_legacy_tf_keras():
    import tf_keras

    return overriding(tf_keras.optimizers.legacy.SGD)


def of_tf_keras():
    import tf_keras

    return overriding(tf_keras.optimizers.SGD)


def of_keras_3():
    import keras

    return overriding(keras.optimizers.SGD)


GETTING_UPDATES = [
    GetsUpdates,
    AdvancesTheStepItself,
    ReturnsOneUpdate,
    of_legacy_tf_keras,
    of_tf_keras,
    of_keras_3,
]
MINIMIZING = [Minimizes, MinimizesWithOptions, NarrowerThanItsBase]


def after_two_steps(make_train_op):
    """Two variables, and the global step, after two steps down w[0]**2 + 2 w[1]**2 from 1, 1."""
    with tf.Graph().as_default(), v1.Session() as session:
        global_step = v1.train.create_global_step()
        first, second = v1.get_variable("a", initializer=1.0), v1.get_variable("b", initializer=1.0)
        train_op = make_train_op(first**2 + 2 * second**2, [first, second])
        session.run(v1.global_variables_initializer())
        session.run(train_op)
        session.run(train_op)
        return session.run([first, second, global_step])


EXPECTED = [(1 - 2 * RATE) ** 2, (1 - 4 * RATE) ** 2, 2]


@pytest.mark.parametrize("make_optimizer", GETTING_UPDATES)
@pytest.mark.parametrize("first_choice", ["get_updates", "minimize"])
def test_an_object_with_get_updates_is_asked_for_them(make_optimizer, first_choice):
    def train_op(loss, variables):
        return optimizers.create_train_op(
            loss,
            optimizer=make_optimizer(),
            trainable_variables=variables,
            first_choice=first_choice,
        )

    np.testing.assert_allclose(after_two_steps(train_op), EXPECTED)


@pytest.mark.parametrize("make_optimizer", MINIMIZING)
def test_an_object_with_minimize_is_given_the_global_step(make_optimizer):
    def train_op(loss, variables):
        return optimizers.create_train_op(loss, optimizer=make_optimizer())

    np.testing.assert_allclose(after_two_steps(train_op), EXPECTED)


def test_the_variables_to_train_are_passed_on():
    def train_op(loss, variables):
        return optimizers.create_train_op(
            loss, optimizer=MinimizesWithOptions(), trainable_variables=variables[1:]
        )

    np.testing.assert_allclose(after_two_steps(train_op), [1.0, *EXPECTED[1:]])


class Both(GetsUpdates):
    """What `minimize` does can be told from what `get_updates` does."""

    def minimize(self, loss, global_step=None):
        return Minimizes().minimize(10 * loss, global_step=global_step)


def trained(head, among=lambda value: value):
    """The bias of a model after a step from 0 towards a label of 1.

    `among` makes the logits and labels of a multi head from those of its only head.
    """
    with tf.Graph().as_default(), v1.Session() as session:
        v1.train.create_global_step()
        bias = v1.get_variable("bias", [1, 1], initializer=v1.zeros_initializer())
        spec = head.create_estimator_spec(
            features={},
            mode=eh.ModeKeys.TRAIN,
            logits=among(bias + 0.0),
            labels=among(tf.constant([[1.0]])),
            optimizer=Both(),
        )
        session.run(v1.global_variables_initializer())
        session.run(spec.train_op)
        return float(session.run(bias)[0, 0])


def test_each_dialect_asks_first_for_what_its_original_asks_for():
    assert trained(eh.RegressionHead()) == RATE * 2
    assert trained(contrib_estimator.regression_head()) == 10 * RATE * 2

    def among(value):
        return {"a": value}

    assert trained(eh.MultiHead([eh.RegressionHead(name="a")]), among) == RATE * 2
    head = contrib_estimator.regression_head(name="a")
    assert trained(contrib_estimator.multi_head([head]), among) == 10 * RATE * 2


def test_updates_may_be_made_in_eager_mode():
    class Eager:
        def get_updates(self, loss, params):
            return [params[0].assign_sub(tf.ones([]) * loss)]

    variable = tf.Variable(3.0)
    spec = eh.RegressionHead().create_estimator_spec(
        {},
        eh.ModeKeys.TRAIN,
        tf.constant([[1.0]]),
        labels=[[3.0]],
        optimizer=Eager(),
        trainable_variables=[variable],
    )
    assert float(variable) == 3.0 - 4.0
    assert spec.train_op is not None


def test_a_single_tensor_keeps_its_value():
    class Says:
        def get_updates(self, loss, params):
            return [tf.strings.as_string(loss, precision=1)]

    with tf.Graph().as_default(), v1.Session() as session:
        global_step = v1.train.create_global_step()
        variable = v1.get_variable("a", initializer=1.5)
        train_op = optimizers.create_train_op(
            variable * 1.0, optimizer=Says(), trainable_variables=[variable]
        )
        session.run(v1.global_variables_initializer())
        assert session.run(train_op) == b"1.5"
        assert session.run(global_step) == 1


class ReturnsNothing:
    def get_updates(self, loss, params):
        return []


class MinimizesWithoutStep:
    def minimize(self, loss, var_list):
        raise AssertionError


@pytest.mark.parametrize(
    ("optimizer", "message"),
    [
        (ReturnsNothing(), "`get_updates.*at least one update"),
        (MinimizesWithoutStep(), "`get_updates.*`minimize.loss, global_step=...."),
        (GetsUpdates, "an object with `get_updates.*type type"),
        (v1.train.GradientDescentOptimizer, "an object with `get_updates.*type type"),
    ],
)
def test_what_cannot_make_a_step_is_refused(optimizer, message):
    with tf.Graph().as_default():
        variable = v1.get_variable("a", initializer=1.5)
        with pytest.raises(ValueError, match=f"`optimizer`.*{message}"):
            optimizers.create_train_op(
                variable * 1.0, optimizer=optimizer, trainable_variables=[variable]
            )


def underscored(package):
    import importlib

    base = importlib.import_module(package).optimizers.SGD
    return type("_Sgd", (base,), {})(RATE)


@pytest.mark.parametrize("package", ["keras", "tf_keras"])
@pytest.mark.parametrize("make_head", [eh.RegressionHead, contrib_estimator.regression_head])
def test_the_name_of_a_class_may_begin_with_an_underscore(make_head, package, tmp_path):
    def model_fn(features, labels, mode):
        bias = v1.get_variable("bias", [1, 1], initializer=v1.zeros_initializer())
        optimizer = underscored(package) if mode == eh.ModeKeys.TRAIN else None
        return make_head().create_estimator_spec(
            features, mode, features + bias, labels, optimizer=optimizer
        )

    def input_fn():
        return tf.data.Dataset.from_tensors(([[0.0]], [[1.0]])).repeat()

    estimator = eh.Estimator(model_fn, str(tmp_path))
    estimator.train(input_fn, steps=1).train(input_fn, steps=1)
    # The gradient of (bias - 1)**2 is 2 (bias - 1): each step halves the way to 1.
    np.testing.assert_allclose(estimator.get_variable_value("bias"), [[0.75]])
    assert estimator.get_variable_value("global_step") == 2


def test_a_name_with_an_underscore_made_in_a_scope_trains_at_the_top():
    import keras

    def train_op(loss, variables):
        with tf.name_scope("mine"):
            optimizer = type("_Sgd", (keras.optimizers.SGD,), {})(RATE)
        return optimizers.create_train_op(
            loss, optimizer=optimizer, trainable_variables=variables, scope=None
        )

    np.testing.assert_allclose(after_two_steps(train_op), EXPECTED)


def test_scopes_of_users_are_left_alone(tmp_path):
    names = []

    def model_fn(features, labels, mode):
        with tf.name_scope("outer"), tf.name_scope("_inner"):
            names.append(tf.constant(1.0).name)
        return eh.EstimatorSpec(mode, predictions={"x": features})

    def around(features, labels, mode):
        return estimator.model_fn(features, labels, mode, None)

    estimator = eh.Estimator(model_fn, str(tmp_path))
    call = eh.Estimator(around, str(tmp_path)).model_fn
    with tf.Graph().as_default():
        for _ in range(2):
            call(tf.constant([1.0]), None, eh.ModeKeys.PREDICT, None)
        with pytest.raises(ValueError, match="_top"), tf.name_scope("_top"):
            pass
    assert names == ["outer/_inner/Const:0", "outer_1/_inner/Const:0"]
