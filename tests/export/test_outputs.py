"""Export outputs: what they take and the signatures they make."""

import pytest
import tensorflow as tf

from estimator_heads.export import (
    ClassificationOutput,
    EvalOutput,
    ExportOutput,
    PredictOutput,
    RegressionOutput,
)
from estimator_heads.export.outputs import TrainOutput

v1 = tf.compat.v1


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default():
        yield


def names(infos):
    return {key: info.name for key, info in infos.items()}


@pytest.fixture
def examples():
    return {"examples": v1.placeholder(tf.string, [None], name="examples")}


def test_classification_signature(examples):
    scores, classes = tf.constant([[0.5]], name="scores"), tf.constant([["a"]], name="classes")
    output = ClassificationOutput(scores, classes)
    assert (output.scores, output.classes) == (scores, classes)
    signature = output.as_signature_def(examples)
    assert signature.method_name == "tensorflow/serving/classify"
    assert names(signature.inputs) == {"inputs": "examples:0"}
    assert names(signature.outputs) == {"scores": "scores:0", "classes": "classes:0"}
    only_classes = ClassificationOutput(classes=classes).as_signature_def(examples)
    assert names(only_classes.outputs) == {"classes": "classes:0"}


def test_regression_signature(examples):
    signature = RegressionOutput(tf.constant([1.0], name="value")).as_signature_def(examples)
    assert signature.method_name == "tensorflow/serving/regress"
    assert names(signature.inputs) == {"inputs": "examples:0"}
    assert names(signature.outputs) == {"outputs": "value:0"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: ClassificationOutput(scores=tf.constant([[0.5]])),
        lambda: RegressionOutput(tf.constant([0.5])),
    ],
)
def test_classification_and_regression_need_one_string_input(examples, make):
    x = v1.placeholder(tf.float32, [None])
    for receiver_tensors in ({"x": x}, {**examples, "x": x}, {}):
        with pytest.raises(ValueError, match="one string Tensor of serialized tf.Examples"):
            make().as_signature_def(receiver_tensors)


def test_double_scores_are_taken_but_cannot_be_served(examples):
    """As in the original: the check comes with the signature, which leaves the others alone."""
    output = ClassificationOutput(scores=tf.constant([[0.5]], tf.float64))
    with pytest.raises(ValueError):
        output.as_signature_def(examples)


def test_predict_output_names_a_single_tensor_output_and_joins_tuples():
    x = tf.constant(1.0, name="x")
    assert PredictOutput(x).outputs == {"output": x}
    assert PredictOutput({("head", "classes"): x, "y": x}).outputs == {"head/classes": x, "y": x}


def test_predict_signature_takes_any_inputs():
    x = v1.placeholder(tf.float32, [None, 3], name="x")
    signature = PredictOutput({"double": tf.add(x, x, name="sum")}).as_signature_def({"x": x})
    assert signature.method_name == "tensorflow/serving/predict"
    assert names(signature.inputs) == {"x": "x:0"}
    assert names(signature.outputs) == {"double": "sum:0"}


def test_outputs_of_evaluation_get_prefixes_once():
    loss, x = tf.constant(1.0), tf.constant(2.0)
    update = tf.constant(3.0)
    output = EvalOutput(
        {"loss": loss, "extra": x},
        {"predictions/x": x, ("head", "y"): x},
        {"accuracy": (x, update), "metrics/z": (x, update)},
    )
    assert output.loss == {"loss": loss, "loss/extra": x}
    assert output.predictions == {"predictions/x": x, "predictions/head/y": x}
    assert output.metrics == {
        "metrics/accuracy/value": x,
        "metrics/accuracy/update_op": update,
        "metrics/z/value": x,
        "metrics/z/update_op": update,
    }


def test_single_tensors_of_evaluation_get_the_name_of_their_kind():
    x = tf.constant(1.0)
    output = EvalOutput(x, x, (x, x))
    assert output.loss == {"loss": x}
    assert output.predictions == {"predictions": x}
    assert output.metrics == {"metrics/value": x, "metrics/update_op": x}
    nothing = EvalOutput()
    assert (nothing.loss, nothing.predictions, nothing.metrics) == (None, None, None)


def test_update_operation_is_run_through_a_tensor():
    counter = v1.get_variable("counter", initializer=0, use_resource=True)
    increment = v1.assign_add(counter, 1).op
    tensor = EvalOutput(metrics={"count": (tf.constant(0), increment)}).metrics[
        "metrics/count/update_op"
    ]
    with v1.Session() as session:
        session.run(v1.global_variables_initializer())
        assert session.run(tensor).size == 0
        assert session.run(counter) == 1


def test_metrics_may_be_keras_metrics():
    import tf_keras

    metric = tf_keras.metrics.Mean()
    metric.update_state([1.0, 3.0])
    metrics = EvalOutput(metrics={"mean": metric}).metrics
    with v1.Session() as session:
        session.run([v.initializer for v in metric.variables])
        session.run(metrics["metrics/mean/update_op"])
        assert session.run(metrics["metrics/mean/value"]) == 2.0


@pytest.mark.parametrize(
    ("output_class", "method"),
    [
        (TrainOutput, "tensorflow/supervised/training"),
        (EvalOutput, "tensorflow/supervised/eval"),
    ],
)
def test_supervised_signatures(output_class, method):
    x = v1.placeholder(tf.float32, [None], name="x")
    output = output_class(tf.constant(1.0, name="l"), {"p": tf.constant(2.0, name="p")})
    signature = output.as_signature_def({"x": x})
    assert signature.method_name == method
    assert names(signature.outputs) == {"loss": "l:0", "predictions/p": "p:0"}
    with pytest.raises(ValueError, match="needs at least one input"):
        output.as_signature_def({})


def test_users_may_write_outputs_of_their_own(examples):
    class Mine(ExportOutput):
        def as_signature_def(self, receiver_tensors):
            return "mine"

    assert Mine().as_signature_def(examples) == "mine"
    with pytest.raises(NotImplementedError, match="ExportOutput must define as_signature_def"):
        ExportOutput().as_signature_def(examples)
