"""Weights of checkpoints in Keras models."""

import re

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import keras as bridge
from tests.keras_bridge import shop

WEIGHTS = [f"{layer}/{kind}" for layer in ("hidden", "buys", "kind") for kind in ("kernel", "bias")]


def kernel(model, layer):
    return np.array(model.get_layer(layer).kernel)


@pytest.fixture
def checkpoint(tmp_path):
    """Writes a checkpoint of arrays by name, and returns its path."""

    def write(arrays):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            variables = {name: tf.compat.v1.Variable(array) for name, array in arrays.items()}
            session.run(tf.compat.v1.global_variables_initializer())
            return tf.compat.v1.train.Saver(variables).save(session, str(tmp_path / "model.ckpt"))

    return write


def test_by_name(keras, estimator):
    model = shop.model_of(keras)
    report = bridge.load(estimator, model)
    np.testing.assert_array_equal(
        kernel(model, "hidden"), estimator.get_variable_value("hidden/kernel")
    )
    assert report.checkpoint == estimator.latest_checkpoint()
    assert report.loaded == {name: name for name in WEIGHTS}
    assert (report.not_loaded, report.not_used) == ([], ["global_step"])
    assert str(report).splitlines() == [
        f"Checkpoint {estimator.latest_checkpoint()}:",
        "6 weights loaded",
        *(f"  {name} <- {name}" for name in WEIGHTS),
        "0 weights without a variable, left as they were",
        "1 variables without a weight",
        "  global_step",
    ]


@pytest.mark.parametrize("form", ["model_dir", "pathlib", "checkpoint"])
def test_forms_of_the_checkpoint(estimator, form, tmp_path):
    import pathlib

    import keras

    given = {
        "model_dir": estimator.model_dir,
        "pathlib": pathlib.Path(estimator.model_dir),
        "checkpoint": estimator.latest_checkpoint(),
    }[form]
    assert len(bridge.load(given, shop.model_of(keras)).loaded) == 6


def test_names_within_names(keras, checkpoint):
    """A canned estimator's names begin with `dnn`, and those of a Keras 3 model with its own."""
    path = checkpoint({"dnn/out/kernel": np.ones([4, 2], np.float32)})
    inner = keras.Sequential([keras.Input([4]), keras.layers.Dense(2, name="out")], name="inner")
    report = bridge.load(path, keras.Sequential([keras.Input([4]), inner]))
    assert report.loaded == {"out/kernel": "dnn/out/kernel"}
    assert report.not_loaded == ["out/bias"]
    np.testing.assert_array_equal(inner.get_weights()[0], np.ones([4, 2]))


def test_a_layer_is_mapped_to_another(keras, estimator):
    model = shop.model_of(keras, hidden="first")
    report = bridge.load(estimator, model)
    assert report.not_loaded == ["first/kernel", "first/bias"]
    assert report.not_used == ["global_step", "hidden/bias", "hidden/kernel"]
    mapping = {"first": "hidden", "buys": "no/such/layer", "buys/kernel": None, "buys/bias": None}
    report = bridge.load(estimator, model, mapping)
    assert report.loaded["first/kernel"] == "hidden/kernel"
    assert report.not_loaded == ["buys/kernel", "buys/bias"]
    np.testing.assert_array_equal(
        kernel(model, "first"), estimator.get_variable_value("hidden/kernel")
    )


def test_checkpoint_of_objects(keras, tmp_path):
    x = keras.Input([4])
    model = keras.Model(x, keras.layers.Dense(1, name="out")(x))
    model.compile("sgd", "mse")
    estimator = eh.keras.model_to_estimator(model, model_dir=str(tmp_path))
    estimator.train(
        lambda: tf.data.Dataset.from_tensors((shop.FEATURES["x"], np.zeros([8, 1]))), steps=1
    )
    with pytest.raises(ValueError, match="No weight of the model matches"):
        bridge.load(estimator, model)
    bridge.load(estimator, model, {"out": "layer_with_weights-0"})
    name = "layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE"
    np.testing.assert_array_equal(kernel(model, "out"), estimator.get_variable_value(name))


def test_wide_and_deep_classifier(keras, tmp_path):
    """Each part of a canned estimator goes into a layer, and the evaluation is the same."""
    column = tf.feature_column.numeric_column("x", shape=[4])
    classifier = eh.DNNLinearCombinedClassifier(
        str(tmp_path),
        linear_feature_columns=[column],
        dnn_feature_columns=[column],
        dnn_hidden_units=[3],
    )

    def input_fn():
        labels = shop.LABELS["kind"] > 0
        return tf.data.Dataset.from_tensors(({"x": shop.FEATURES["x"]}, labels))

    classifier.train(lambda: input_fn().repeat(3))
    expected = classifier.evaluate(input_fn)
    del expected["global_step"]
    x = keras.Input([4], name="x")
    deep = keras.layers.Dense(3, "relu", name="hidden")(x)
    both = [keras.layers.Dense(1, name="deep")(deep), keras.layers.Dense(1, name="wide")(x)]
    model = keras.Model({"x": x}, keras.layers.Add()(both))
    mapping = {
        "hidden": "dnn/hiddenlayer_0",
        "deep": "dnn/logits",
        "wide/kernel": "linear/linear_model/x/weights",
        "wide/bias": "linear/linear_model/bias_weights",
    }
    assert bridge.load(classifier, model, mapping).not_loaded == []
    head = eh.BinaryClassHead()
    metrics = bridge.metrics(head, model)
    model.compile("sgd", bridge.loss(head), weighted_metrics=metrics, run_eagerly=True)
    ours = model.evaluate(input_fn(), verbose=0, return_dict=True)
    assert ours == pytest.approx(expected, rel=1e-5)


def refusal(given, model, mapping=None, unchanged="hidden"):
    """The message of the ValueError, after which the model has the weights that it had."""
    before = kernel(model, unchanged)
    with pytest.raises(ValueError) as error:
        bridge.load(given, model, mapping)
    np.testing.assert_array_equal(kernel(model, unchanged), before)
    return str(error.value)


def test_different_shapes_are_refused(keras, estimator):
    message = refusal(estimator, shop.model_of(keras, classes=4))
    assert "kind/kernel [5, 4] float32 <- kind/kernel [5, 3] float32" in message
    assert "kind/bias [4] float32 <- kind/bias [3] float32" in message
    report = bridge.load(estimator, shop.model_of(keras, classes=4), {"kind": None})
    assert len(report.loaded) == 4


def test_different_dtypes_are_refused(keras, checkpoint):
    path = checkpoint({"hidden/bias": np.zeros([5], np.float64)})
    message = refusal(path, shop.model_of(keras))
    assert "hidden/bias [5] float32 <- hidden/bias [5] float64" in message


def test_ambiguous_names_are_refused(keras, checkpoint):
    arrays = {"tower_1/hidden/bias": np.zeros([5], np.float32)}
    path = checkpoint({**arrays, "tower_2/hidden/bias": np.ones([5], np.float32)})
    message = refusal(path, shop.model_of(keras))
    assert re.search(r"'hidden/bias' .*'tower_1/hidden/bias', 'tower_2/hidden/bias'", message)
    report = bridge.load(path, shop.model_of(keras), {"hidden/bias": "tower_2/hidden/bias"})
    assert report.loaded == {"hidden/bias": "tower_2/hidden/bias"}


def test_one_variable_for_several_weights_is_refused(keras, checkpoint):
    path = checkpoint({"bias": np.zeros([5], np.float32)})
    message = refusal(path, shop.model_of(keras))
    assert "'bias'" in message and "['hidden/bias', 'buys/bias', 'kind/bias']" in message


def test_unknown_names_in_the_mapping_are_refused(keras, estimator):
    model = shop.model_of(keras)
    message = refusal(estimator, model, {"hiden": "hidden"})
    assert "a weight or layer of the model" in message and "'hiden'" in message
    message = refusal(estimator, model, {"hidden": "first"})
    assert "a variable of the checkpoint" in message and "'first/kernel'" in message
    assert "Expected a dict" in refusal(estimator, model, ["hidden"])


def test_missing_checkpoints_are_refused(keras, estimator, tmp_path):
    model = shop.model_of(keras)
    assert "has no checkpoint" in refusal(str(tmp_path), model)
    assert "has no checkpoint" in refusal(eh.Estimator(shop.model_fn, str(tmp_path)), model)
    assert "There is no checkpoint" in refusal(str(tmp_path / "model.ckpt-1"), model)
    assert "Expected an Estimator" in refusal(None, model)


def test_models_without_weights_are_refused(keras, estimator):
    model = keras.Sequential([keras.layers.Dense(2)])
    with pytest.raises(ValueError, match="called or built"):
        bridge.load(estimator, model)
    with pytest.raises(TypeError, match="Invalid value for argument `model`"):
        bridge.load(estimator, object())
