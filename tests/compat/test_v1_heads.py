"""TF1 heads in Estimators, and heads of users' own; their answers are in the golden tests."""

import os

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.contrib.estimator import (
    binary_classification_head,
    multi_class_head,
    multi_head,
    regression_head,
)
from estimator_heads.compat.sources import canned_head
from estimator_heads.model_fn import ModeKeys

v1 = tf.compat.v1

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0], [-2.0, 1.0]], np.float32)
Y = np.array([[1.0], [2.0], [0.0], [-1.0]], np.float32)
START = 0.25
RATE = 0.1


def input_fn():
    labels = {"class": [[2], [1], [0], [2]], "flag": [[1], [0], [1], [1]], "value": Y}
    return tf.data.Dataset.from_tensors(({"x": X}, labels))


def value_input_fn():
    return tf.data.Dataset.from_tensors(({"x": X}, Y))


def predict_input_fn():
    return tf.data.Dataset.from_tensors({"x": X})


def linear(features, units, name="weights"):
    inputs = tf.cast(features["x"], tf.float32)
    shape, start = [2, units], v1.constant_initializer(START)
    return tf.matmul(inputs, v1.get_variable(name, shape, initializer=start))


def model_fn_of(make_head, logits=None, optimizer=v1.train.GradientDescentOptimizer):
    """A model_fn with a head; its logits are linear unless a function of head and features."""

    def model_fn(features, labels, mode):
        head = make_head()
        made = logits(features) if logits else linear(features, head.logits_dimension)
        return head.create_estimator_spec(
            features=features, mode=mode, labels=labels, logits=made, optimizer=optimizer(RATE)
        )

    return model_fn


def three_heads():
    return multi_head(
        [
            multi_class_head(n_classes=3, name="class"),
            binary_classification_head(name="flag"),
            regression_head(name="value"),
        ],
        head_weights=[1.0, 2.0, 0.5],
    )


def dict_logits(features):
    sizes = {"class": 3, "flag": 1, "value": 1}
    return {name: linear(features, size, f"{name}/weights") for name, size in sizes.items()}


@pytest.fixture
def multi(tmp_path):
    estimator = eh.Estimator(model_fn_of(three_heads, dict_logits), str(tmp_path / "multi"))
    return estimator.train(input_fn, steps=1)


def test_one_training_step_is_that_of_the_formula(tmp_path):
    estimator = eh.Estimator(model_fn_of(regression_head), str(tmp_path))
    estimator.train(value_input_fn, steps=1)
    weights = np.full([2, 1], START)
    gradient = 2 * X.T @ (X @ weights - Y) / len(X)
    stepped = weights - RATE * gradient
    np.testing.assert_allclose(estimator.get_variable_value("weights"), stepped, rtol=1e-5)
    metrics = estimator.evaluate(value_input_fn)
    loss = np.mean((X @ stepped - Y) ** 2)
    expected = {
        "average_loss": loss,
        "global_step": 1,
        "label/mean": Y.mean(),
        "loss": loss,
        "prediction/mean": np.mean(X @ stepped),
    }
    assert metrics == pytest.approx(expected, rel=1e-5)


def test_canned_head_trains_on_the_sum(tmp_path):
    head = canned_head._regression_head
    estimator = eh.Estimator(model_fn_of(head), str(tmp_path)).train(value_input_fn, steps=1)
    weights = np.full([2, 1], START)
    gradient = 2 * X.T @ (X @ weights - Y)
    stepped = weights - RATE * gradient
    np.testing.assert_allclose(estimator.get_variable_value("weights"), stepped, rtol=1e-5)


def test_names_of_checkpointed_variables(tmp_path):
    adam = v1.train.AdamOptimizer

    def names(make_head, logits, data, folder):
        model_fn = model_fn_of(make_head, logits, adam)
        return (
            eh.Estimator(model_fn, str(tmp_path / folder)).train(data, steps=1).get_variable_names()
        )

    slots = ["weights", "weights/Adam", "weights/Adam_1"]
    powers = ["beta1_power", "beta2_power"]
    single = names(lambda: regression_head(name="value"), None, value_input_fn, "single")
    assert sorted(single) == sorted(["global_step", *slots, *(f"value/{name}" for name in powers)])
    several = names(three_heads, dict_logits, input_fn, "several")
    scoped = [f"{head}/{name}" for head in ("class", "flag", "value") for name in slots]
    assert sorted(several) == sorted(["global_step", *powers, *scoped])


def test_multi_head_evaluates_each_head(multi):
    metrics = multi.evaluate(input_fn)
    names = ["loss/class", "loss/flag", "loss/value", "accuracy/class", "auc/flag"]
    assert {*names, "label/mean/value", "average_loss/value", "global_step"} <= set(metrics)
    weighted = metrics["loss/class"] + 2 * metrics["loss/flag"] + 0.5 * metrics["loss/value"]
    assert metrics["loss"] == pytest.approx(weighted, rel=1e-5)


def test_multi_head_predicts_under_pairs(multi):
    predictions = list(multi.predict(predict_input_fn))
    assert len(predictions) == len(X)
    weights = multi.get_variable_value("value/weights")
    values = [prediction["value", "predictions"] for prediction in predictions]
    np.testing.assert_allclose(values, X @ weights, rtol=1e-5)
    assert {head for head, _ in predictions[0]} == {"class", "flag", "value"}


def test_multi_head_is_exported_by_head(multi, tmp_path):
    def receiver_fn():
        examples = v1.placeholder(tf.string, [None])
        spec = {"x": tf.io.FixedLenFeature([2], tf.float32)}
        features = v1.parse_example(examples, spec)
        return eh.export.ServingInputReceiver(features, {"examples": examples})

    folder = os.fsdecode(multi.export_saved_model(str(tmp_path / "export"), receiver_fn))
    signatures = tf.saved_model.load(folder).signatures
    assert set(signatures) == {
        "serving_default",
        "predict",
        *("class", "class/classification", "class/predict"),
        *("flag", "flag/classification", "flag/regression", "flag/predict"),
        *("value", "value/regression", "value/predict"),
    }
    example = tf.train.Example()
    example.features.feature["x"].float_list.value.extend(X[0])
    answer = signatures["predict"](examples=tf.constant([example.SerializeToString()]))
    expected = X[:1] @ multi.get_variable_value("value/weights")
    np.testing.assert_allclose(answer["value/predictions"], expected, rtol=1e-5)
    default = signatures["serving_default"](inputs=tf.constant([example.SerializeToString()]))
    assert default["scores"].shape == (1, 3)


def test_one_tensor_of_logits_is_split_in_the_order_of_the_heads(tmp_path):
    estimator = eh.Estimator(model_fn_of(three_heads), str(tmp_path)).train(input_fn, steps=1)
    weights = estimator.get_variable_value("weights")
    assert weights.shape == (2, 5)
    prediction = next(estimator.predict(predict_input_fn))
    np.testing.assert_allclose(prediction["class", "logits"], X[0] @ weights[:, :3], rtol=1e-5)
    np.testing.assert_allclose(prediction["flag", "logits"], X[0] @ weights[:, 3:4], rtol=1e-5)
    np.testing.assert_allclose(prediction["value", "predictions"], X[0] @ weights[:, 4:], rtol=1e-5)


@pytest.mark.parametrize(
    "optimizer",
    ["tf_keras.optimizers.SGD", "tf_keras.optimizers.legacy.SGD", "keras.optimizers.SGD"],
)
def test_optimizers_of_keras_are_taken(tmp_path, optimizer):
    import keras
    import tf_keras

    kinds = {
        "tf_keras.optimizers.SGD": tf_keras.optimizers.SGD,
        "tf_keras.optimizers.legacy.SGD": tf_keras.optimizers.legacy.SGD,
        "keras.optimizers.SGD": keras.optimizers.SGD,
    }
    model_fn = model_fn_of(regression_head, optimizer=kinds[optimizer])
    estimator = eh.Estimator(model_fn, str(tmp_path)).train(value_input_fn, steps=1)
    weights = np.full([2, 1], START)
    stepped = weights - RATE * 2 * X.T @ (X @ weights - Y) / len(X)
    np.testing.assert_allclose(estimator.get_variable_value("weights"), stepped, rtol=1e-5)
    assert estimator.get_variable_value("global_step") == 1


@pytest.mark.parametrize(
    "make",
    [
        contrib_estimator.logistic_regression_head,
        canned_head._regression_head,
        canned_head._poisson_regression_head,
        three_heads,
    ],
)
def test_heads_of_tf1_and_tf2_are_distinct(make):
    assert isinstance(make(), canned_head._Head)
    assert not isinstance(make(), eh.Head)
    assert not isinstance(eh.RegressionHead(), canned_head._Head)


def test_canned_poisson_head_sums():
    labels = np.array([[1.0], [4.0], [2.0], [3.0]], np.float32)
    logits = np.array([[0.5], [1.5], [-1.0], [0.0]], np.float32)
    head = canned_head._poisson_regression_head(compute_full_loss=False)
    with tf.Graph().as_default(), v1.Session() as session:
        spec = head.create_loss({}, ModeKeys.EVAL, tf.constant(logits), tf.constant(labels))
        expected = np.sum(np.exp(logits) - labels * logits)
        assert session.run(spec.training_loss) == pytest.approx(expected, rel=1e-5)


def test_arguments_may_be_given_by_position():
    head = multi_class_head(3, "weights", ["a", "b", "c"], v1.losses.Reduction.SUM, None, "head")
    assert (head.name, head.logits_dimension) == ("head", 3)
    features = {"weights": tf.constant([[2.0]])}
    with tf.Graph().as_default(), v1.Session() as session:
        features = {"weights": tf.constant([[2.0]])}
        spec = head.create_loss(
            features, ModeKeys.EVAL, tf.constant([[0.0, 0.0, 0.0]]), tf.constant([["b"]])
        )
        session.run(v1.tables_initializer())
        assert session.run(spec.training_loss) == pytest.approx(2 * np.log(3), rel=1e-5)


def errors(call, *arguments, **keywords):
    with tf.Graph().as_default(), pytest.raises((TypeError, ValueError)) as raised:
        call(*arguments, **keywords)
    return str(raised.value)


def test_errors_name_the_argument_and_what_came():
    message = errors(regression_head, loss_reduction="mean")
    assert "`loss_reduction`" in message and "'mean'" in message and "weighted_mean" in message
    message = errors(binary_classification_head, label_vocabulary="ab")
    assert "`label_vocabulary`" in message and "'ab' of type str" in message
    message = errors(regression_head, loss_fn=lambda labels, logits, loss_reduction: logits)
    assert "`loss_fn`" in message and "loss_reduction" in message
    message = errors(multi_head, [regression_head(name="a")], [1.0, 2.0])
    assert "`head_weights`" in message and "(1.0, 2.0)" in message
    message = errors(multi_head, [regression_head()])
    assert "`heads`" in message and "[None]" in message


@pytest.mark.parametrize("labels", [None, {}, tf.zeros([4, 1]), [[1.0]]])
def test_multi_head_asks_for_labels_by_head(labels):
    head = multi_head([regression_head(name="value")])
    for mode in (ModeKeys.EVAL, ModeKeys.TRAIN):
        message = errors(head.create_estimator_spec, {}, mode, {"value": tf.constant(Y)}, labels)
        assert "`labels`" in message and "value" in message


@pytest.mark.parametrize("labels", [None, {}])
def test_multi_head_predicts_without_labels(labels):
    head = multi_head([regression_head(name="value")])
    with tf.Graph().as_default():
        logits = {"value": tf.constant(Y)}
        spec = head.create_estimator_spec({}, ModeKeys.PREDICT, logits, labels)
    assert list(spec.predictions) == [("value", "predictions")]


def test_messages_name_what_tf1_has():
    with pytest.raises(ValueError, match="use binary_classification_head"):
        contrib_estimator.multi_class_head(2)
    with pytest.raises(ValueError, match="Expected one of") as raised:
        contrib_estimator.regression_head(loss_reduction="none")
    assert str(raised.value).count("weighted_sum_by_nonzero_weights") == 1
