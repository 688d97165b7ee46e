"""SavedModels of Keras models with heads, beside those of Estimators."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import keras as bridge
from tests.keras_bridge import shop

SPEC = {"x": tf.io.FixedLenFeature([4], tf.float32)}
PARSING = eh.export.build_parsing_serving_input_receiver_fn(SPEC)
RAW = eh.export.build_raw_serving_input_receiver_fn({"x": tf.TensorSpec([None, 4])})


def examples():
    def example(row):
        feature = tf.train.Feature(float_list=tf.train.FloatList(value=row))
        features = tf.train.Features(feature={"x": feature})
        return tf.train.Example(features=features).SerializeToString()

    return tf.constant([example(row) for row in shop.FEATURES["x"]])


def signatures(path):
    """The signatures as servers see them: methods, and inputs and outputs with dtype and shape."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        loaded = tf.compat.v1.saved_model.load(session, ["serve"], path.decode())
        return {
            name: (signature.method_name, described(signature.inputs), described(signature.outputs))
            for name, signature in loaded.signature_def.items()
        }


def described(infos):
    return {key: (info.dtype, str(info.tensor_shape)) for key, info in infos.items()}


def answers(path, data):
    loaded = tf.saved_model.load(path.decode())
    return {
        name: function(**{next(iter(function.structured_input_signature[1])): data})
        for name, function in loaded.signatures.items()
    }


def check_same_export(ours, expected, data):
    assert signatures(ours) == signatures(expected)
    ours, expected = answers(ours, data), answers(expected, data)
    for name, outputs in expected.items():
        for key, output in outputs.items():
            if output.dtype == tf.string:
                np.testing.assert_array_equal(ours[name][key], output)
            else:
                np.testing.assert_allclose(ours[name][key], output, rtol=1e-5)


@pytest.fixture(scope="module")
def expected(estimator, tmp_path_factory):
    """The Estimator's exports, by the kind of receiver."""
    base = tmp_path_factory.mktemp("expected")
    return {
        kind: estimator.export_saved_model(str(base / kind), receiver)
        for kind, receiver in (("parsing", PARSING), ("raw", RAW))
    }


def test_two_heads(bridged, expected, tmp_path):
    ours = bridge.export(bridged, shop.make_head(), str(tmp_path), PARSING)
    assert {"serving_default", "predict", "buys/regression", "kind/classification"} <= set(
        signatures(ours)
    )
    check_same_export(ours, expected["parsing"], examples())
    weights = tf.train.list_variables(f"{ours.decode()}/variables/variables")
    assert {"hidden/kernel", "buys/bias"} <= {name for name, _ in weights}


def test_forms_of_the_input(bridged, expected, tmp_path):
    spec = bridge.export(bridged, shop.make_head(), str(tmp_path / "spec"), SPEC)
    assert signatures(spec) == signatures(expected["parsing"])
    raw = bridge.export(bridged, shop.make_head(), str(tmp_path / "raw"), RAW)
    check_same_export(raw, expected["raw"], tf.constant(shop.FEATURES["x"]))


HEADS = {
    "binary": lambda: eh.BinaryClassHead(),
    "multi class": lambda: eh.MultiClassHead(3, label_vocabulary=["a", "b", "c"]),
    "multi label": lambda: eh.MultiLabelHead(2),
    "regression": lambda: eh.RegressionHead(2),
    "poisson": lambda: eh.PoissonRegressionHead(),
}


@pytest.mark.parametrize("name", HEADS)
def test_each_head(keras, name, tmp_path):
    head = HEADS[name]()
    model = keras.Sequential(
        [keras.Input([4], name="x"), keras.layers.Dense(head.logits_dimension, name="logits")]
    )
    kernel, bias = model.get_weights()

    def model_fn(features, mode):
        weights = tf.compat.v1.get_variable("kernel", initializer=kernel)
        logits = features["x"] @ weights + bias
        return HEADS[name]().create_estimator_spec(features, mode, logits)

    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        tf.compat.v1.train.create_global_step()
        tf.compat.v1.get_variable("kernel", initializer=kernel)
        session.run(tf.compat.v1.global_variables_initializer())
        checkpoint = tf.compat.v1.train.Saver().save(session, str(tmp_path / "model.ckpt"))
    expected = eh.Estimator(model_fn, str(tmp_path)).export_saved_model(
        str(tmp_path / "expected"), PARSING, checkpoint_path=checkpoint
    )
    ours = bridge.export(model, head, str(tmp_path / "ours"), PARSING)
    check_same_export(ours, expected, examples())


def test_model_can_be_used_as_before(keras, tmp_path):
    model = shop.model_of(keras)
    shop.compile_with_head(model, run_eagerly=True)
    before = shop.evaluated(model)
    bridge.export(model, shop.make_head(), str(tmp_path), SPEC)
    assert shop.evaluated(model) == before
    model.fit(shop.dataset(), verbose=0)
    assert shop.evaluated(model)["loss"] < before["loss"]


def test_extra_files_and_text(bridged, tmp_path):
    (tmp_path / "words.txt").write_text("words")
    path = bridge.export(
        bridged,
        shop.make_head(),
        tmp_path / "base",
        SPEC,
        assets_extra={"some/words.txt": str(tmp_path / "words.txt")},
        as_text=True,
    ).decode()
    assert tf.io.gfile.exists(f"{path}/assets.extra/some/words.txt")
    assert tf.io.gfile.exists(f"{path}/saved_model.pbtxt")


def test_subclassed_model_of_keras_3(tmp_path):
    import keras

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)

        def call(self, features):
            return self.dense(features["x"])

    model = Model()
    with pytest.raises(ValueError, match="called or built"):
        bridge.export(model, eh.BinaryClassHead(), str(tmp_path), SPEC)
    logits = model({"x": shop.FEATURES["x"]})
    path = bridge.export(model, eh.BinaryClassHead(), str(tmp_path), SPEC)
    np.testing.assert_allclose(answers(path, examples())["predict"]["logits"], logits, rtol=1e-5)


def test_what_cannot_be_exported(keras, bridged, tmp_path):
    base = str(tmp_path)
    with pytest.raises(TypeError, match="argument `head`"):
        bridge.export(bridged, object(), base, SPEC)
    with pytest.raises(TypeError, match="Invalid value for argument `model`"):
        bridge.export(object(), shop.make_head(), base, SPEC)
    with pytest.raises(ValueError, match="2 outputs"):
        outputs = list(bridged.output.values())
        bridge.export(keras.Model(bridged.input, outputs), shop.make_head(), base, SPEC)
    with pytest.raises(ValueError, match="Missing for the heads"):
        bridge.export(bridged, eh.MultiHead([eh.RegressionHead(name="other")]), base, SPEC)
    x = keras.Input([4], name="x")
    narrow = keras.Model(x, keras.layers.Dense(2)(x))
    with pytest.raises(ValueError, match=r"Expected \[D0, D1, ... DN, 3\]"):
        bridge.export(narrow, eh.MultiClassHead(3), base, SPEC)
    with pytest.raises(KeyError, match="do not have all inputs"):
        bridge.export(bridged, shop.make_head(), base, {"y": SPEC["x"]})
    assert list(tmp_path.iterdir()) == []
