"""What replicate_model_fn and TowerOptimizer do beyond the recorded cases."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec, ModeKeys, MultiClassHead
from estimator_heads.compat.contrib.estimator.replicate_model_fn import (
    TowerOptimizer,
    replicate_model_fn,
)
from estimator_heads.export import ClassificationOutput
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


def test_the_model_is_the_same_as_without(tmp_path):
    plain = results(make_model_fn(lambda make: make()), tmp_path / "plain")
    for number in (1, 2):
        replicated = replicate_model_fn(make_model_fn(TowerOptimizer), devices=["/cpu:0"] * number)
        found = results(replicated, tmp_path / str(number))
        assert found["variables"].keys() == plain["variables"].keys()
        for kind in plain:
            tf.nest.map_structure(
                lambda value, expected: np.testing.assert_allclose(value, expected, rtol=1e-5),
                found[kind],
                plain[kind],
            )


def test_heads_of_tf2_are_evaluated_over_all_devices(tmp_path):
    """Their metrics are objects of Keras."""

    def model_fn(features, labels, mode):
        head = MultiClassHead(3)
        weights = v1.get_variable("weights", [2, 3], initializer=CONSTANT)
        scales = tf.constant([[1.0, 2.0, -1.0]])
        return head.create_estimator_spec(
            features,
            mode,
            tf.matmul(features["x"], weights) * scales,
            labels,
            optimizer=TowerOptimizer(v1.train.AdagradOptimizer(0.1)),
            trainable_variables=[weights],
        )

    def input_fn():
        return tf.data.Dataset.from_tensors(({"x": X[:6]}, [[0], [1], [2], [2], [1], [0]]))

    found = []
    for number in (1, 2, 3):
        replicated = replicate_model_fn(model_fn, devices=["/cpu:0"] * number)
        estimator = Estimator(replicated, str(tmp_path / str(number)))
        estimator.train(input_fn)
        found.append(estimator.evaluate(input_fn))
    assert found[1] == pytest.approx(found[0], rel=1e-5)
    assert found[2] == pytest.approx(found[0], rel=1e-5)


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


def replicated_spec(model_fn, devices=("/cpu:0", "/cpu:0"), rows=4):
    v1.train.get_or_create_global_step()
    features = {"x": tf.constant(X[:rows])}
    return replicate_model_fn(model_fn, devices=devices)(features, None, ModeKeys.TRAIN)


def training_model_fn(number_of_calls):
    """A model_fn that applies gradients so often in its first call, its second, ..."""
    numbers = iter(number_of_calls)

    def model_fn(features, labels, mode):
        loss = tf.reduce_sum(v1.get_variable("weights", [2, 1]))
        optimizer = TowerOptimizer(v1.train.GradientDescentOptimizer(0.1))
        train_ops = [optimizer.minimize(loss) for _ in range(next(numbers))]
        return EstimatorSpec(mode, loss=loss, train_op=tf.group(*train_ops))

    return model_fn


@pytest.mark.parametrize("number_of_calls", [[1, 2], [2, 1]])
def test_towers_have_to_call_the_same_optimizers(number_of_calls):
    with tf.Graph().as_default(), pytest.raises(ValueError, match="`model_fn`.*same optimizers"):
        replicated_spec(training_model_fn(number_of_calls))


def test_batches_have_to_be_divisible():
    with tf.Graph().as_default(), pytest.raises(ValueError, match=r"`features\['x'\]`.*batch of 3"):
        replicated_spec(training_model_fn([1, 1]), rows=3)


def test_optimizers_have_to_be_wrapped():
    def model_fn(features, labels, mode):
        return EstimatorSpec(mode, loss=tf.constant(1.0), train_op=tf.no_op())

    with tf.Graph().as_default(), pytest.raises(ValueError, match="wrapped in TowerOptimizer"):
        replicated_spec(model_fn)


def test_classes_that_are_exported_are_those_of_all_devices():
    def model_fn(features):
        classes = tf.strings.as_string(features["x"])
        output = ClassificationOutput(classes=classes)
        return EstimatorSpec("infer", features["x"], export_outputs={"serving_default": output})

    with tf.Graph().as_default(), v1.Session() as session:
        replicated = replicate_model_fn(model_fn, devices=["/cpu:0", "/cpu:0"])
        spec = replicated({"x": tf.constant([[1], [2], [3], [4]])}, None, "infer")
        classes = session.run(spec.export_outputs["serving_default"].classes)
        assert classes.tolist() == [[b"1"], [b"2"], [b"3"], [b"4"]]


def test_losses_have_to_be_reduced():
    with pytest.raises(ValueError, match="loss_reduction.*Expected a reduction to a scalar"):
        replicate_model_fn(make_model_fn(), v1.losses.Reduction.NONE)


def test_a_graph_can_be_used_again_after_an_error():
    with tf.Graph().as_default():
        with pytest.raises(ValueError, match="same optimizers"):
            replicated_spec(training_model_fn([2, 1]))
        v1.get_variable_scope().reuse_variables()
        assert replicated_spec(training_model_fn([1, 1])).train_op is not None
