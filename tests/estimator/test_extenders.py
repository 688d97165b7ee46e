"""Estimators made from other Estimators: more metrics, features among the predictions."""

import os

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib.estimator import (
    add_metrics,
    forward_features,
    multi_head,
    regression_head,
)
from estimator_heads.model_fn import EstimatorSpec

v1 = tf.compat.v1

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0], [-2.0, 1.0]], np.float32)
Y = np.array([[1.0], [2.0], [0.0], [-1.0]], np.float32)
KEYS = np.array([11, 22, 33, 44], np.int64)
START = 0.25
TAGS = ([[0, 0], [0, 1], [2, 0]], [5, 6, 7], [4, 2])
FEATURE_SPEC = {
    "x": tf.io.FixedLenFeature([2], tf.float32),
    "key": tf.io.FixedLenFeature([], tf.int64),
    "tags": tf.io.VarLenFeature(tf.int64),
}


def features(*names):
    everything = {"x": X, "key": KEYS, "tags": tf.SparseTensor(*TAGS)}
    return {name: everything[name] for name in names or everything}


def input_fn():
    return tf.data.Dataset.from_tensors((features(), Y))


def dense_input_fn():
    return tf.data.Dataset.from_tensors((features("x", "key"), Y))


def linear(features):
    start = v1.constant_initializer(START)
    return tf.matmul(tf.cast(features["x"], tf.float32), v1.get_variable("w", [2, 1], None, start))


def head_model_fn(features, labels, mode):
    return regression_head().create_estimator_spec(
        features, mode, linear(features), labels, v1.train.GradientDescentOptimizer(0.1)
    )


@pytest.fixture
def trained(tmp_path):
    return eh.Estimator(head_model_fn, str(tmp_path / "model")).train(input_fn, steps=1)


def predicted(estimator):
    return X @ estimator.get_variable_value("w")


def test_metrics_are_added_to_those_of_the_model(trained):
    def metric_fn(labels, predictions, features, config):
        error = tf.abs(predictions["predictions"] - labels)
        weights = tf.reshape(tf.cast(features["key"], tf.float32), [-1, 1])
        return {
            "weighted_error": v1.metrics.mean(error, weights),
            "save_steps": v1.metrics.mean(config.save_summary_steps),
        }

    before = trained.evaluate(input_fn)
    after = add_metrics(trained, metric_fn).evaluate(input_fn)
    error = np.abs(predicted(trained) - Y)
    expected = np.average(error, weights=KEYS[:, None])
    assert after.pop("weighted_error") == pytest.approx(expected, rel=1e-5)
    assert after.pop("save_steps") == trained.config.save_summary_steps
    assert after == pytest.approx(before, rel=1e-5)


def test_a_metric_of_the_same_name_replaces_that_of_the_model(trained):
    extended = add_metrics(trained, lambda labels: {"label/mean": v1.metrics.mean(labels * 2)})
    assert extended.evaluate(input_fn)["label/mean"] == pytest.approx(2 * Y.mean(), rel=1e-5)


def test_keras_metrics_may_be_added(trained):
    import tf_keras

    def metric_fn(labels, predictions):
        error = tf_keras.metrics.MeanAbsoluteError()
        error.update_state(labels, predictions["predictions"])
        return {"absolute_error": error}

    expected = np.mean(np.abs(predicted(trained) - Y))
    result = add_metrics(trained, metric_fn).evaluate(input_fn)
    assert result["absolute_error"] == pytest.approx(expected, rel=1e-5)


def test_extended_estimators_go_on_training_the_same_model(trained):
    before = trained.get_variable_value("w")
    add_metrics(trained, lambda labels: {}).train(input_fn, steps=1)
    assert trained.get_variable_value("global_step") == 2
    forward_features(trained, "key").train(input_fn, steps=1)
    assert trained.get_variable_value("global_step") == 3
    assert not np.allclose(before, trained.get_variable_value("w"))


def test_unknown_arguments_of_a_metric_fn_are_refused(trained):
    with pytest.raises(ValueError, match="`metric_fn`.*'logits'"):
        add_metrics(trained, lambda labels, logits: {})


@pytest.mark.parametrize("keys", ["key", ["key"], ("key",)])
def test_a_feature_is_among_the_predictions(trained, keys):
    predictions = list(forward_features(trained, keys).predict(input_fn))
    assert [prediction["key"] for prediction in predictions] == KEYS.tolist()
    values = [prediction["predictions"] for prediction in predictions]
    np.testing.assert_allclose(values, predicted(trained), rtol=1e-5)
    assert set(predictions[0]) == {"key", "predictions"}


def test_all_features_are_forwarded_by_default(trained):
    predictions = list(forward_features(trained).predict(dense_input_fn))
    assert set(predictions[0]) == {"key", "predictions", "x"}
    np.testing.assert_array_equal([prediction["x"] for prediction in predictions], X)


def test_sparse_features_are_made_dense(trained):
    estimator = forward_features(trained, sparse_default_values={"tags": -1})
    tags = [prediction["tags"].tolist() for prediction in estimator.predict(input_fn)]
    assert tags == [[5, 6], [-1, -1], [7, -1], [-1, -1]]


def receiver_fn():
    examples = v1.placeholder(tf.string, [None])
    parsed = tf.io.parse_example(examples, FEATURE_SPEC)
    return eh.export.ServingInputReceiver(parsed, {"examples": examples})


def served(estimator, folder):
    folder = os.fsdecode(estimator.export_saved_model(str(folder), receiver_fn))
    return tf.saved_model.load(folder).signatures


def example():
    message = tf.train.Example()
    message.features.feature["x"].float_list.value.extend(X[0])
    message.features.feature["key"].int64_list.value.append(11)
    message.features.feature["tags"].int64_list.value.extend([5, 6])
    return tf.constant([message.SerializeToString()])


def test_features_are_served(trained, tmp_path):
    estimator = forward_features(trained, ["key", "tags"], {"tags": 0})
    signatures = served(estimator, tmp_path / "export")
    answer = {
        key: value.numpy() for key, value in signatures["predict"](examples=example()).items()
    }
    assert set(answer) == {"key", "tags", "predictions"}
    assert answer["key"].tolist() == [11]
    assert answer["tags"].tolist() == [[5, 6]]
    np.testing.assert_allclose(answer["predictions"], predicted(trained)[:1], rtol=1e-5)
    assert set(signatures["regression"].structured_outputs) == {"outputs"}


def multi_model_fn(features, labels, mode):
    return multi_head([regression_head(name="value")]).create_estimator_spec(
        features, mode, {"value": linear(features)}, labels and {"value": labels}
    )


def bare_model_fn(features, labels, mode):
    return EstimatorSpec(mode, {"value": linear(features)})


def one_output_model_fn(features, labels, mode):
    predictions = {"value": linear(features)}
    outputs = {"mine": eh.export.PredictOutput(predictions)}
    return EstimatorSpec(mode, predictions, export_outputs=outputs)


@pytest.mark.parametrize(
    ("model_fn", "with_feature"),
    [
        (multi_model_fn, {"predict"}),
        (bare_model_fn, {"serving_default"}),
        (one_output_model_fn, {"mine", "serving_default"}),
    ],
)
def test_which_signatures_have_the_features(trained, tmp_path, model_fn, with_feature):
    estimator = forward_features(eh.Estimator(model_fn, trained.model_dir), "key")
    signatures = served(estimator, tmp_path / "export")
    found = {name for name in signatures if "key" in signatures[name].structured_outputs}
    assert found == with_feature


@pytest.mark.parametrize("keys", [5, ["key", 5], {"key": 1}])
def test_keys_of_another_type_are_refused(trained, keys):
    with pytest.raises(TypeError, match="`keys`.*Expected a string or a list of strings"):
        forward_features(trained, keys)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": "absent"}, "`keys`.*'absent'"),
        ({"keys": "tags"}, "'tags' is sparse.*`sparse_default_values`"),
        ({}, "'tags' is sparse.*`sparse_default_values`"),
        (
            {"keys": "key", "sparse_default_values": {"key": 0}},
            "`sparse_default_values`.*'key', which is dense",
        ),
    ],
)
def test_features_that_cannot_be_forwarded_are_named(trained, arguments, message):
    with pytest.raises(ValueError, match=message):
        next(forward_features(trained, **arguments).predict(input_fn))


def test_a_feature_named_as_a_prediction_is_refused(trained):
    def input_fn():
        return tf.data.Dataset.from_tensors({"x": X, "predictions": KEYS})

    with pytest.raises(
        ValueError, match="'predictions'.* have the same names as existing predictions"
    ):
        next(forward_features(trained).predict(input_fn))


def test_predictions_must_be_a_dict(trained):
    def model_fn(features, labels, mode):
        return EstimatorSpec(mode, predictions=linear(features))

    estimator = forward_features(eh.Estimator(model_fn, trained.model_dir), "key")
    with pytest.raises(ValueError, match="forward_features needs .* a dict"):
        next(estimator.predict(input_fn))
