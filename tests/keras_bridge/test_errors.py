"""What a head and Keras cannot do together is refused, and so is bad input."""

import keras as keras_3
import numpy as np
import pytest
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads import keras as bridge
from estimator_heads.compat.contrib import estimator as v1_heads
from tests.keras_bridge import shop


def model_of_logits(keras, head, size=1, **options):
    """A compiled model whose inputs are the logits."""
    x = keras.Input([size])
    model = keras.Model(x, keras.layers.Identity()(x))
    metrics = bridge.metrics(head, model)
    options = {"run_eagerly": True, "weighted_metrics": metrics, **options}
    model.compile("sgd", loss=bridge.loss(head), **options)
    return model


LOGITS = np.array([[1.0], [-1.0]])


@pytest.mark.parametrize("make", [bridge.loss, bridge.metrics, bridge.predictions])
def test_what_is_no_head(make):
    inner = eh.MultiHead([eh.RegressionHead(name="a")])
    v1_head = v1_heads.regression_head()
    for wrong in (None, "binary", eh.BinaryClassHead, v1_head, eh.MultiHead([inner])):
        with pytest.raises(TypeError, match="Invalid value for argument `head`"):
            make(wrong)


@pytest.mark.parametrize("make", [bridge.loss, bridge.metrics])
def test_loss_functions_of_features(make):
    def loss_fn(labels, logits, features):
        return (labels - logits) ** 2 * features["x"]

    with pytest.raises(ValueError, match="Keras hands no features to a loss"):
        make(eh.RegressionHead(loss_fn=loss_fn))
    with pytest.raises(ValueError, match="Keras hands no features to a loss"):
        make(eh.MultiHead([eh.RegressionHead(loss_fn=loss_fn, name="a")]))


def test_logits_of_another_size(keras):
    model = model_of_logits(keras, eh.MultiClassHead(3), size=2)
    with pytest.raises(ValueError, match=r"Invalid shape of `logits`. Expected .* 3\]"):
        model.evaluate(np.zeros([2, 2]), np.array([[0], [1]]), verbose=0)
    with pytest.raises(ValueError, match=r"Invalid shape of `logits`. Expected .* 3\]"):
        bridge.predictions(eh.MultiClassHead(3), model)(model.output)


def test_labels_outside_the_vocabulary(keras):
    head = eh.BinaryClassHead(label_vocabulary=["no", "yes"])
    data = tf.data.Dataset.from_tensors((LOGITS, [["yes"], ["maybe"]]))
    message = r"Expected strings in label_vocabulary=\['no', 'yes'\]"
    with pytest.raises(ValueError, match=message):
        model_of_logits(keras, head).evaluate(data, verbose=0)
    # As a function of a graph, TensorFlow raises the same when it is run.
    in_graph = model_of_logits(keras, head, run_eagerly=False, weighted_metrics=[])
    with pytest.raises(tf.errors.InvalidArgumentError, match="Expected strings in"):
        in_graph.evaluate(data, verbose=0)


@pytest.mark.parametrize("labels", [[[0.0], [2.0]], [[-1.0], [0.0]]])
def test_labels_out_of_range(keras, labels):
    with pytest.raises(ValueError, match=r"Expected values in \[0, 1\]"):
        model_of_logits(keras, eh.BinaryClassHead()).evaluate(LOGITS, np.array(labels), verbose=0)


def test_missing_weights(keras):
    head = eh.BinaryClassHead(weight_column="w")
    labels = np.array([[1], [0]])
    with pytest.raises(ValueError, match=r"(?s)weight_column 'w'.*with_sample_weights"):
        model_of_logits(keras, head).evaluate(LOGITS, labels, verbose=0)
    # Keras gives weights to `weighted_metrics` only.
    metrics = bridge.metrics(head, keras)
    model = model_of_logits(keras, head, metrics=metrics, weighted_metrics=[])
    with pytest.raises(ValueError, match="`weighted_metrics`"):
        model.evaluate(LOGITS, labels, sample_weight=np.ones([2]), verbose=0)


def test_weights_for_a_head_that_takes_none(keras):
    class Other(eh.Head):
        name, logits_dimension, loss_reduction = None, 1, "sum"

        def loss(self, labels, logits, features=None, mode=None, regularization_losses=None):
            return tf.reduce_sum(logits - labels)

        def predictions(self, logits, keys=None):
            return {"logits": logits}

        def metrics(self, regularization_losses=None):
            return {}

        def update_metrics(self, eval_metrics, features, logits, labels, mode=None):
            return eval_metrics

    model = model_of_logits(keras, Other())
    labels = np.array([[1.0], [0.0]])
    assert model.evaluate(LOGITS, labels, verbose=0, return_dict=True) == {"loss": -1.0}
    with pytest.raises(ValueError, match="an attribute `_weight_column`"):
        model.evaluate(LOGITS, labels, sample_weight=np.ones([2]), verbose=0)


def test_features_without_the_weight_column():
    head = shop.make_head()
    features = {"x": shop.FEATURES["x"]}
    data = tf.data.Dataset.from_tensors((features, shop.LABELS))
    with pytest.raises(ValueError, match=r"weight column 'weight' .* Received: \['x'\]"):
        bridge.with_sample_weights(head, data)
    with pytest.raises(ValueError, match="a dict of features that contains it"):
        bridge.with_sample_weights(head, tf.data.Dataset.from_tensors((LOGITS, LOGITS)))
    with pytest.raises(ValueError, match=r"Expected elements \(features, labels\)"):
        bridge.with_sample_weights(head, tf.data.Dataset.from_tensors(features))
    with pytest.raises(TypeError, match="Expected a tf.data.Dataset"):
        bridge.with_sample_weights(head, features)


def test_datasets_for_heads_without_weight_columns_are_as_they_were():
    data = tf.data.Dataset.from_tensors((LOGITS, LOGITS))
    assert bridge.with_sample_weights(eh.RegressionHead(), data) is data


OTHER = {"keras": tf_keras, "tf_keras": keras_3}


def test_metrics_for_the_other_keras(keras):
    head = eh.BinaryClassHead()
    other = OTHER[keras.__name__]
    metrics = bridge.metrics(head, other)
    model = model_of_logits(keras, head, weighted_metrics=metrics)
    message = rf"The metrics are for {other.__name__}, and the model is of {keras.__name__}\."
    with pytest.raises(ValueError, match=message):
        model.evaluate(LOGITS, np.array([[1], [0]]), verbose=0)


def test_predictions_for_the_other_keras(keras):
    other = OTHER[keras.__name__]
    layer = bridge.predictions(eh.BinaryClassHead(), other)
    message = rf"The layer is of {other.__name__}, and the logits are of {keras.__name__}\."
    with pytest.raises(ValueError, match=message):
        layer(keras.Input([1]))


def test_without_a_model_they_are_for_the_keras_of_tensorflow():
    metric = bridge.metrics(eh.BinaryClassHead())[0]
    assert isinstance(metric, tf.keras.metrics.Metric)
    assert isinstance(bridge.predictions(eh.BinaryClassHead()), tf.keras.layers.Layer)
    with pytest.raises(TypeError, match="Invalid value for argument `model`"):
        bridge.metrics(eh.BinaryClassHead(), "keras")


def test_other_backends_of_keras_3(monkeypatch):
    monkeypatch.setattr(keras_3.backend, "backend", lambda: "jax")
    with pytest.raises(ValueError, match="Received: the backend 'jax'"):
        bridge.metrics(eh.BinaryClassHead(), keras_3)
    bridge.metrics(eh.BinaryClassHead(), tf_keras)


def test_xla(keras):
    model = model_of_logits(keras, eh.BinaryClassHead(), run_eagerly=False, jit_compile=True)
    with pytest.raises(ValueError, match=r"model.compile\(..., jit_compile=False\)"):
        model.evaluate(LOGITS, np.array([[1], [0]]), verbose=0)


def test_saved_models_that_are_loaded_with_their_heads(keras, tmp_path):
    model = model_of_logits(keras, eh.BinaryClassHead())
    model.save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="compile=False"):
        keras.models.load_model(tmp_path / "model.keras")
    for metric in bridge.metrics(eh.BinaryClassHead(), keras):
        with pytest.raises(ValueError, match="compile=False"):
            type(metric).from_config(metric.get_config())


@pytest.mark.parametrize("form", ["keras", "h5"])
def test_saved_models_that_another_process_loads(keras, tmp_path, run_python, form):
    path = tmp_path / f"model.{form}"
    model_of_logits(keras, eh.BinaryClassHead()).save(path)
    program = (
        f"import {keras.__name__}\nimport estimator_heads.keras\n"
        f"{keras.__name__}.models.load_model({str(path)!r})"
    )
    result = run_python("-c", program, check=False)
    assert "of a head cannot be made of what a saved model says" in result.stderr
    assert "compile=False" in result.stderr


def test_a_keras_of_the_program_is_let_be(tmp_path, run_python):
    (tmp_path / "keras.py").write_text("")
    environment = {"TF_USE_LEGACY_KERAS": "1"}  # Without it, TensorFlow imports its own.
    run_python("-c", "import keras, estimator_heads.keras", cwd=tmp_path, env=environment)


def test_predictions_are_not_saved(keras, tmp_path):
    model = model_of_logits(keras, eh.BinaryClassHead())
    outputs = bridge.predictions(eh.BinaryClassHead(), model)(model.output)
    with pytest.raises(NotImplementedError, match=r"estimator_heads.keras.export\(model, head"):
        keras.Model(model.input, outputs).save(tmp_path / "model.keras")
