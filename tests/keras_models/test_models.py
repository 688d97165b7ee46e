"""Keras models as Estimators where TF 2.15 does something else, or has no such model."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
import tf_keras

from estimator_heads import RunConfig
from estimator_heads.keras import model_to_estimator
from tests.golden.keras_models.models import X, Y
from tests.golden.keras_models.programs import input_fn
from tests.golden.learn_estimator.models import LogLines

BOTH = pytest.mark.parametrize("K", [tf_keras, keras], ids=["tf_keras", "keras_3"])
DATA = input_fn(X, Y)


def squared_error(model, features=X):
    return float(np.mean((model.predict(features, verbose=0) - Y) ** 2))


def first_loss(model, folder, data=DATA, **options):
    estimator = model_to_estimator(model, model_dir=str(folder), **options)
    return estimator.evaluate(data, steps=1)["loss"]


@BOTH
def test_moving_averages_are_kept(K, tmp_path):
    model = K.Sequential([K.layers.BatchNormalization(input_shape=(3,)), K.layers.Dense(1)])
    gamma, beta, mean, variance, *dense = model.get_weights()
    model.set_weights([gamma, beta, mean + 3.0, variance + 5.0, *dense])
    model.compile("adam", "mse")

    assert first_loss(model, tmp_path) == pytest.approx(squared_error(model), rel=1e-5)


@BOTH
def test_the_model_is_as_it_was_and_still_works(K, tmp_path):
    model = K.Sequential([K.layers.Dense(1, input_shape=(3,))])
    other = K.Sequential([K.layers.Dense(1, input_shape=(3,))])
    model.compile("adam", "mse")
    optimizer, weights = model.optimizer, model.get_weights()
    model_to_estimator(model, model_dir=str(tmp_path)).train(DATA, steps=1)

    assert model.optimizer is optimizer
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    model.fit(X, Y, verbose=0)
    assert other.predict(X, verbose=0).shape == (4, 1)


@BOTH
def test_a_training_that_fails_leaves_models_usable(K, tmp_path):
    def loss(labels, predictions):
        if tf.inside_function() or not tf.executing_eagerly():
            raise RuntimeError("no loss")
        return tf.reduce_mean(tf.square(labels - predictions))

    model = K.Sequential([K.layers.Dense(1, input_shape=(3,))])
    other = tf_keras.Sequential([tf_keras.layers.Dense(1, input_shape=(3,))])
    model.compile("adam", loss)
    estimator = model_to_estimator(model, model_dir=str(tmp_path))
    with pytest.raises(RuntimeError, match="no loss"):
        estimator.train(DATA, steps=1)

    assert model(X).shape == other(X).shape == (4, 1)


@BOTH
def test_adapted_normalization(K, tmp_path):
    normalization = K.layers.Normalization(axis=-1)
    normalization.adapt(X)
    model = K.Sequential([K.Input((3,)), normalization, K.layers.Dense(1)])
    model.compile("sgd", "mse")

    assert first_loss(model, tmp_path) == pytest.approx(squared_error(model), rel=1e-5)


@BOTH
def test_a_sequential_model_without_input_shape(K, tmp_path):
    model = K.Sequential([K.layers.Dense(2), K.layers.Dense(1)])
    model.compile("sgd", "mse", metrics=["mse"])
    estimator = model_to_estimator(model, model_dir=str(tmp_path)).train(DATA, steps=3)
    metrics = estimator.evaluate(DATA, steps=1)

    assert metrics["global_step"] == 3
    assert metrics["loss"] == pytest.approx(metrics["mse"])


def subclassed_keras_3(**arguments):
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.normal = keras.layers.BatchNormalization()
            self.out = keras.layers.Dense(1)

        def call(self, x, training=None):
            return self.out(self.normal(x, training=training))

    model = Net()
    model.compile("sgd", "mse", **arguments)
    return model


def test_a_subclassed_model_of_keras_3_keeps_its_weights(tmp_path):
    model = subclassed_keras_3()
    expected = squared_error(model)

    assert first_loss(model, tmp_path, checkpoint_format="saver") == pytest.approx(expected, 1e-5)


def test_a_subclassed_model_of_keras_3_is_built_by_the_first_features(tmp_path):
    estimator = model_to_estimator(
        subclassed_keras_3(), model_dir=str(tmp_path), checkpoint_format="saver"
    )
    before = estimator.train(DATA, steps=1).evaluate(DATA, steps=1)["loss"]
    after = estimator.train(DATA, steps=10).evaluate(DATA, steps=1)["loss"]

    assert after < before
    assert any(name.endswith("/moving_mean") for name in estimator.get_variable_names())


def test_loss_and_metric_of_users_classes_of_keras_3(tmp_path):
    class Largest(keras.metrics.Metric):
        def __init__(self, name="largest", **kwargs):
            super().__init__(name=name, **kwargs)
            self.largest = self.add_variable((), initializer="zeros", name="value")

        def update_state(self, y_true, y_pred, sample_weight=None):
            batch = keras.ops.max(keras.ops.abs(y_pred))
            self.largest.assign(keras.ops.maximum(self.largest, batch))

        def result(self):
            return self.largest.value

    model = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
    model.compile("sgd", "mse", metrics=[Largest()])
    estimator = model_to_estimator(model, model_dir=str(tmp_path))
    metrics = estimator.evaluate(DATA, steps=2)

    expected = np.abs(model.predict(X, verbose=0)).max()
    assert metrics["largest"] == pytest.approx(expected, rel=1e-5)


def test_outputs_in_a_dict_are_compiled_by_its_keys(tmp_path):
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    outputs = {
        "first": keras.layers.Dense(1, name="a")(left),
        "second": keras.layers.Dense(1, name="b")(right),
    }
    model = keras.Model({"left": left, "right": right}, outputs)
    model.compile("sgd", {"first": "mse", "second": "mae"}, metrics={"second": ["mse"]})
    data = input_fn({"left": X, "right": X}, {"a": Y, "b": Y})
    metrics = model_to_estimator(model, model_dir=str(tmp_path)).evaluate(data, steps=1)

    predicted = model.predict({"left": X, "right": X}, verbose=0)
    first, second = predicted["first"] - Y, predicted["second"] - Y
    assert metrics["loss"] == pytest.approx(np.mean(first**2) + np.mean(np.abs(second)), rel=1e-5)
    assert metrics["b_mse"] == pytest.approx(np.mean(second**2), rel=1e-5)


@BOTH
def test_goes_on_in_the_format_of_the_folder(K, tmp_path):
    def estimator(**options):
        model = K.Sequential([K.layers.Dense(1, input_shape=(3,), name="out")])
        model.compile("sgd", "mse")
        return model_to_estimator(model, model_dir=str(tmp_path), **options)

    estimator(checkpoint_format="saver").train(DATA, steps=2)
    estimator().train(DATA, steps=1)

    assert estimator().get_variable_value("global_step") == 3


@BOTH
def test_two_replicas_train_as_one(K, tmp_path):
    def trained(folder, strategy, rows):
        model = K.Sequential([K.layers.Dense(1, input_shape=(3,), name="out")])
        model.set_weights([np.full((3, 1), 0.5), np.zeros(1)])
        model.compile(K.optimizers.SGD(0.1), "mse")
        config = RunConfig(train_distribute=strategy)
        estimator = model_to_estimator(model, model_dir=str(folder), config=config)
        estimator.train(
            lambda: tf.data.Dataset.from_tensor_slices((X, Y)).batch(rows).repeat(), steps=3
        )
        return tf.train.load_checkpoint(str(folder)).get_tensor(
            "layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE"
        )

    strategy = tf.distribute.MirroredStrategy(
        ["/cpu:0", "/cpu:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    # Each replica has a batch of its own.
    together = trained(tmp_path / "two", strategy, 2)
    np.testing.assert_allclose(together, trained(tmp_path / "one", None, 4), rtol=1e-5)


@BOTH
def test_two_replicas_evaluate_as_one(K, tmp_path):
    """With Dropout, each replica asks for the state of its random generator."""

    def evaluated(folder, strategy, rows):
        layers = [K.layers.BatchNormalization(), K.layers.Dropout(0.5), K.layers.Dense(1)]
        model = K.Sequential([K.Input((3,)), *layers])
        layers[-1].set_weights([np.full((3, 1), 0.5), np.zeros(1)])
        model.compile("sgd", "mse", metrics=["mae"])
        estimator = model_to_estimator(
            model,
            model_dir=str(folder),
            config=RunConfig(eval_distribute=strategy),
            checkpoint_format="saver",
        )
        return estimator.evaluate(lambda: tf.data.Dataset.from_tensor_slices((X, Y)).batch(rows))

    strategy = tf.distribute.MirroredStrategy(
        ["/cpu:0", "/cpu:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    together = evaluated(tmp_path / "two", strategy, 2)
    alone = evaluated(tmp_path / "one", None, 4)
    # The loss that TF 2.15 reports is divided by the number of replicas.
    assert together == pytest.approx({**alone, "loss": alone["loss"] / 2}, rel=1e-5)


@BOTH
def test_a_worker_leaves_the_weights_to_the_chief(K, tmp_path, monkeypatch):
    cluster = {"chief": ["localhost:1"], "worker": ["localhost:2"]}
    task = {"type": "worker", "index": 0}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": task}))
    model = K.Sequential([K.Input((3,)), K.layers.Dense(1)])
    model.compile(K.optimizers.SGD(0.1), "mse")
    with LogLines() as log:
        model_to_estimator(model, model_dir=str(tmp_path))

    assert not list(tmp_path.iterdir())
    assert log.starting_with("The Estimator starts from new weights") == []


@pytest.mark.parametrize(
    "optimizer", [keras.optimizers.AdamW(), keras.optimizers.Adam(weight_decay=0.1)]
)
def test_options_that_legacy_optimizers_lack_are_refused(optimizer, tmp_path):
    model = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
    model.compile(optimizer, "mse")

    with pytest.raises(ValueError, match="Adam.*Compile the model with one of these"):
        model_to_estimator(model, model_dir=str(tmp_path))


@BOTH
def test_the_error_for_a_missing_key_names_what_there_is(K, tmp_path):
    model = K.Sequential([K.Input((3,), name="sizes"), K.layers.Dense(1)])
    model.compile("sgd", "mse")
    estimator = model_to_estimator(model, model_dir=str(tmp_path))

    with pytest.raises(KeyError) as raised:
        estimator.train(input_fn({"colours": X}, Y), steps=1)
    message = str(raised.value)
    assert "['sizes']" in message and "['colours']" in message and "input_fn" in message
