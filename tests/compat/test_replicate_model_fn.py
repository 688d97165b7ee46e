"""replicate_model_fn and TowerOptimizer on one device."""

import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec, ModeKeys
from estimator_heads.compat.contrib.estimator.replicate_model_fn import (
    TowerOptimizer,
    replicate_model_fn,
)
from tests.golden.estimator.programs import CONSTANT, X, dataset

v1 = tf.compat.v1


def make_model_fn(wrap=lambda optimizer: optimizer):
    def model_fn(features, labels, mode, params):
        weights = v1.get_variable("weights", [2, 1], initializer=CONSTANT)
        predictions = tf.matmul(features["x"], weights)
        if mode == ModeKeys.PREDICT:
            return EstimatorSpec(mode, predictions=predictions)
        loss = tf.reduce_mean(tf.square(predictions - labels))
        optimizer = wrap(lambda: v1.train.MomentumOptimizer(params["rate"], 0.9))
        train_op = optimizer.minimize(loss, v1.train.get_global_step())
        return EstimatorSpec(mode, loss=loss, train_op=train_op)

    return model_fn


def results(model_fn, folder):
    estimator = Estimator(model_fn, str(folder), params={"rate": 0.1})
    estimator.train(dataset, steps=5)
    return {
        "variables": {
            name: estimator.get_variable_value(name).tolist()
            for name in estimator.get_variable_names()
        },
        "evaluation": estimator.evaluate(lambda: dataset(repeat=False)),
        "predictions": [
            value.tolist() for value in estimator.predict(lambda: dataset(False, False))
        ],
    }


@pytest.mark.parametrize("devices", [None, ["/cpu:0"], ["/cpu:0", "/cpu:1"]])
def test_the_model_is_the_same_as_without(devices, tmp_path):
    plain = results(make_model_fn(lambda make: make()), tmp_path / "plain")
    replicated = replicate_model_fn(make_model_fn(TowerOptimizer), devices=devices)
    assert results(replicated, tmp_path / "replicated") == plain


def test_the_optimizer_is_what_it_wraps():
    with tf.Graph().as_default():
        variable = v1.get_variable("v", initializer=2.0)
        optimizer = TowerOptimizer(v1.train.MomentumOptimizer(0.1, 0.9))
        assert not TowerOptimizer.has_been_used()
        optimizer.minimize(tf.square(variable))
        assert TowerOptimizer.has_been_used()
        assert optimizer.get_name() == "Momentum"
        assert optimizer.get_slot_names() == ["momentum"]
        assert optimizer.get_slot(variable, "momentum").name == "v/Momentum:0"
        assert [v.name for v in optimizer.variables()] == ["v/Momentum:0"]


def test_the_model_is_on_the_device():
    def model_fn(features, mode):
        return EstimatorSpec(mode, predictions=features + 1.0)

    with tf.Graph().as_default():
        spec = replicate_model_fn(model_fn, devices=["/cpu:0"])(
            tf.constant(X), None, ModeKeys.PREDICT
        )
        assert spec.predictions.device == "/device:CPU:0"


def test_losses_have_to_be_reduced():
    with pytest.raises(ValueError, match="loss_reduction.*Expected a reduction to a scalar"):
        replicate_model_fn(make_model_fn(), v1.losses.Reduction.NONE)
