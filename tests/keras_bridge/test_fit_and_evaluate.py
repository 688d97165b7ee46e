"""A Keras model with a head, trained and evaluated, beside an Estimator with the same head."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import keras as bridge
from tests.keras_bridge import shop


def without_step(metrics):
    return {name: value for name, value in metrics.items() if name != "global_step"}


def test_evaluate_returns_what_the_estimator_does(bridged, estimator):
    expected = without_step(estimator.evaluate(shop.input_fn))
    ours = shop.evaluated(bridged)
    assert {name: ours[name] for name in expected} == pytest.approx(expected, rel=1e-5)
    assert "regularization_loss/buys_kind" in expected
    # Keras itself adds the loss of each output, under names of its own.
    assert len(ours) == len(expected) + 2
    # The second evaluation starts anew.
    assert shop.evaluated(bridged) == pytest.approx(ours, rel=1e-6)


def test_only_the_loss_of_keras_depends_on_the_size_of_the_last_batch(bridged, estimator):
    batch_size = 5  # The second batch has 3 examples.
    expected = without_step(estimator.evaluate(lambda: shop.input_fn(batch_size)))
    ours = shop.evaluated(bridged, batch_size)
    losses = [
        shop.make_head().loss(
            labels, bridged({"x": features["x"]}), features, regularization_losses=bridged.losses
        )
        for features, labels in shop.input_fn(batch_size)
    ]
    assert expected.pop("loss") == pytest.approx(np.mean(losses), rel=1e-5)
    assert ours["loss"] == pytest.approx(np.average(losses, weights=[5, 3]), rel=1e-5)
    assert {name: ours[name] for name in expected} == pytest.approx(expected, rel=1e-5)


def test_fit_makes_the_steps_of_the_estimator(keras, estimator, tmp_path):
    model = shop.model_of(keras)
    bridge.load(estimator, model)
    shop.compile_with_head(model, keras.optimizers.SGD(0.2), run_eagerly=True)
    history = model.fit(shop.dataset(), epochs=2, verbose=0).history
    further = eh.Estimator(
        shop.model_fn, str(tmp_path), warm_start_from=estimator.latest_checkpoint()
    )
    further.train(lambda: shop.input_fn().repeat(2))
    for name in ("hidden/kernel", "buys/bias", "kind/kernel"):
        layer, weight = name.split("/")
        ours = getattr(model.get_layer(layer), weight)
        np.testing.assert_allclose(ours, further.get_variable_value(name), rtol=1e-5, atol=1e-7)
    assert {"accuracy/buys", "auc/buys", "average_loss/kind", "loss"} <= set(history)


def test_predict_returns_what_the_estimator_does(keras, bridged, estimator):
    layer = bridge.predictions(shop.make_head(), bridged)
    predictor = keras.Model(bridged.input, layer(bridged.output))
    ours = predictor.predict(shop.dataset(), verbose=0)
    expected = list(estimator.predict(shop.input_fn))
    assert set(ours) == set(expected[0])
    for key, values in ours.items():
        rows = np.stack([example[key] for example in expected])
        if rows.dtype == object:
            np.testing.assert_array_equal(values, rows)
        else:
            assert values.dtype == rows.dtype
            np.testing.assert_allclose(values, rows, rtol=1e-5)


def compiled(keras, head, size=1, run_eagerly=True):
    """A model whose inputs are the logits."""
    x = keras.Input([size])
    model = keras.Model(x, keras.layers.Identity()(x))
    metrics = bridge.metrics(head, model)
    model.compile("sgd", loss=bridge.loss(head), weighted_metrics=metrics, run_eagerly=run_eagerly)
    return model


def test_weights_of_examples_need_no_weight_column(keras):
    """`sample_weight` and `class_weight` weigh as a weight column would."""
    logits, labels = np.array([[0.5], [-1.0], [2.0]]), np.array([[1], [1], [0]])
    weights = np.array([1.0, 0.5, 3.0])
    weighted = eh.BinaryClassHead(weight_column="w")
    expected = weighted.loss(labels, logits, {"w": weights})
    model = compiled(keras, eh.BinaryClassHead())
    ours = model.evaluate(logits, labels, sample_weight=weights, verbose=0, return_dict=True)
    assert ours["loss"] == pytest.approx(float(expected), rel=1e-5)
    assert ours["label/mean"] == pytest.approx(1.5 / 4.5)
    ours = model.fit(logits, labels, class_weight={0: 3.0, 1: 1.0}, verbose=0).history
    expected = weighted.loss(labels, logits, {"w": np.array([1.0, 1.0, 3.0])})
    assert ours["loss"][0] == pytest.approx(float(expected), rel=1e-5)


def test_reduction_by_sum(keras):
    logits, labels = np.array([[0.5], [-1.0], [2.0]]), np.array([[1.0], [1.0], [0.0]])
    model = compiled(keras, eh.RegressionHead(loss_reduction="sum"))
    ours = model.evaluate(logits, labels, verbose=0, return_dict=True)
    assert ours["loss"] == pytest.approx(0.25 + 4 + 4)
    assert ours["average_loss"] == pytest.approx((0.25 + 4 + 4) / 3)


def test_sparse_labels(keras):
    head = eh.MultiLabelHead(3, label_vocabulary=["a", "b", "c"])
    logits = np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0]])
    labels = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], ["c", "a", "b"], [2, 2])
    model = compiled(keras, head, size=3, run_eagerly=False)
    data = tf.data.Dataset.from_tensors((logits, labels))
    ours = model.evaluate(data, verbose=0, return_dict=True)
    assert ours["loss"] == pytest.approx(float(head.loss(labels, logits)), rel=1e-5)
    assert ours["average_loss"] == pytest.approx(ours["loss"], rel=1e-6)


def test_overridden_methods_are_called(keras):
    class Doubled(eh.RegressionHead):
        def _unweighted_loss_and_weights(self, logits, labels, features):
            loss, weights = super()._unweighted_loss_and_weights(logits, labels, features)
            return loss * 2, weights

        def metrics(self, regularization_losses=None):
            return {**super().metrics(regularization_losses), "count": self.count}

        def update_metrics(self, eval_metrics, features, logits, labels, **options):
            super().update_metrics(eval_metrics, features, logits, labels, **options)
            self.count.update_state(1.0)
            return eval_metrics

        count = eh.heads.tasks.metrics.new_mean("count")

    model = compiled(keras, Doubled())
    ours = model.evaluate(np.array([[1.0]]), np.array([[3.0]]), verbose=0, return_dict=True)
    assert ours["loss"] == ours["average_loss"] == pytest.approx(8.0)
    assert ours["count"] == 1.0


def test_compiled_model_is_saved_and_compiled_again(keras, bridged, tmp_path):
    path = str(tmp_path / "model.keras")
    bridged.save(path)
    again = keras.models.load_model(path, compile=False)
    shop.compile_with_head(again, run_eagerly=True)
    assert shop.evaluated(again) == pytest.approx(shop.evaluated(bridged), rel=1e-5)
