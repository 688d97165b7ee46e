"""Model functions that return ModelFnOps of tf.contrib.learn, in our Estimator."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads import export
from estimator_heads.compat.contrib.learn.heads import factories as learn
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps

X = np.linspace(-1.0, 1.0, 24).reshape([12, 2]).astype(np.float32)
LABELS = {
    "kind": np.arange(12) % 3,
    "flag": np.arange(12).reshape([12, 1]) % 2,
    "value": X.sum(axis=1),
}


def input_fn(repeated=False):
    data = tf.data.Dataset.from_tensor_slices(({"x": X}, LABELS)).batch(4)
    return data.repeat() if repeated else data


def train_op_fn(loss):
    optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)
    return optimizer.minimize(loss, global_step=tf.compat.v1.train.get_global_step())


def heads():
    return {
        "kind": learn.multi_class_head(3, "kind", head_name="kind", enable_centered_bias=True),
        "flag": learn.multi_class_head(2, "flag", head_name="flag"),
        "margin": learn.binary_svm_head("flag", head_name="margin"),
        "value": learn.regression_head("value", head_name="value"),
    }


def multi_head():
    extra = learn.loss_only_head(lambda: tf.constant(0.5), "extra")
    return learn.multi_head([*heads().values(), extra], [1.0, 2.0, 0.5, 1.0, 3.0])


def model_fn_of(head, as_spec=False):
    def model_fn(features, labels, mode):
        ops = head().create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=train_op_fn,
            logits_input=features["x"],
        )
        return ops.estimator_spec() if as_spec else ops

    return model_fn


def serving_input_receiver_fn():
    examples = tf.compat.v1.placeholder(tf.string, [None])
    features = tf.io.parse_example(examples, {"x": tf.io.FixedLenFeature([2], tf.float32)})
    return export.ServingInputReceiver(features, examples)


def serialized(row):
    values = tf.train.Feature(float_list=tf.train.FloatList(value=row))
    return tf.train.Example(features=tf.train.Features(feature={"x": values})).SerializeToString()


@pytest.mark.parametrize("as_spec", [False, True], ids=["ModelFnOps", "estimator_spec()"])
def test_multi_head_is_trained_evaluated_and_exported(tmp_path, as_spec):
    estimator = estimator_heads.Estimator(model_fn_of(multi_head, as_spec), str(tmp_path / "model"))
    estimator.train(lambda: input_fn(repeated=True), steps=5)
    assert {
        "kind/logits/weights",
        "kind/centered_bias_weight",
        "flag/logits/biases",
        "margin/logits/weights",
    } <= set(estimator.get_variable_names())

    metrics = estimator.evaluate(input_fn)
    single = sum(
        metrics[f"loss/{name}"] * weight
        for name, weight in {"kind": 1.0, "flag": 2.0, "margin": 0.5, "value": 1.0}.items()
    )
    np.testing.assert_allclose(metrics["loss"], single + 3.0 * 0.5, rtol=1e-5)
    assert {"accuracy/kind", "auc/flag", "accuracy/margin"} <= set(metrics)

    predicted = list(estimator.predict(input_fn))
    assert len(predicted) == 12
    assert predicted[0][("value", "scores")].shape == ()

    folder = estimator.export_saved_model(str(tmp_path / "export"), serving_input_receiver_fn)
    signatures = tf.saved_model.load(folder.decode()).signatures
    assert set(signatures) == {"serving_default", "kind", "flag", "margin", "value"}
    served = signatures["kind"](tf.constant([serialized(row) for row in X]))
    np.testing.assert_allclose(
        served["scores"], [p[("kind", "probabilities")] for p in predicted], rtol=1e-5
    )
    np.testing.assert_array_equal(served["classes"][0], [b"0", b"1", b"2"])
    margins = signatures["margin"](tf.constant([serialized(row) for row in X]))
    np.testing.assert_allclose(
        margins["logits"], [p[("margin", "logits")] for p in predicted], rtol=1e-5
    )


def test_default_output_of_several_heads_can_be_chosen():
    with tf.Graph().as_default():
        ops = multi_head().create_model_fn_ops(
            features={}, mode=ModeKeys.INFER, logits_input=tf.constant(X)
        )
        outputs = ops.estimator_spec("value").export_outputs
    assert outputs["serving_default"] is outputs["value"]


def test_a_head_without_a_name_is_exported(tmp_path):
    estimator = estimator_heads.Estimator(
        model_fn_of(lambda: learn.regression_head("value")), str(tmp_path / "model")
    )
    estimator.train(lambda: input_fn(repeated=True), steps=1)
    folder = estimator.export_saved_model(str(tmp_path / "export"), serving_input_receiver_fn)
    signatures = tf.saved_model.load(folder.decode()).signatures
    served = signatures["serving_default"](tf.constant([serialized(row) for row in X]))
    predicted = [p["scores"] for p in estimator.predict(input_fn)]
    np.testing.assert_allclose(served["outputs"], predicted, rtol=1e-5)


class CountingHook(tf.compat.v1.train.SessionRunHook):
    def __init__(self):
        self.runs = 0

    def after_run(self, run_context, run_values):
        self.runs += 1


def test_gradients_may_be_applied_outside_of_the_head(tmp_path):
    hook = CountingHook()

    def model_fn(features, labels, mode):
        ops = heads()["value"].create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=learn.no_op_train_fn,
            logits_input=features["x"],
        )
        if mode == ModeKeys.TRAIN:
            return ModelFnOps(
                mode=mode,
                predictions=ops.predictions,
                loss=ops.loss,
                train_op=train_op_fn(ops.loss),
                eval_metric_ops=ops.eval_metric_ops,
                output_alternatives=ops.output_alternatives,
                training_hooks=[hook],
            )
        return ops

    config = estimator_heads.RunConfig(tf_random_seed=1)
    ours = estimator_heads.Estimator(model_fn, str(tmp_path / "ours"), config)
    other = estimator_heads.Estimator(
        model_fn_of(lambda: heads()["value"]), str(tmp_path / "other"), config
    )
    for estimator in (ours, other):
        estimator.train(lambda: input_fn(repeated=True), steps=4)
    assert hook.runs == 4
    np.testing.assert_allclose(
        ours.get_variable_value("value/logits/weights"),
        other.get_variable_value("value/logits/weights"),
        rtol=1e-5,
    )
    assert ours.get_variable_value("global_step") == 4
