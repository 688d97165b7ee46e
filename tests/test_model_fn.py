"""EstimatorSpec: its defaults, its validation in every mode, and the metrics it takes."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import EstimatorSpec, ModeKeys, export
from estimator_heads.model_fn import _TPUEstimatorSpec

EAGER_TENSOR = tf.constant(1.0)


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_mode_keys_have_the_values_of_the_original():
    assert (ModeKeys.TRAIN, ModeKeys.EVAL, ModeKeys.PREDICT) == ("train", "eval", "infer")


def test_fields_and_defaults_are_those_of_the_original():
    loss, train_op = tf.constant(1.0), tf.no_op()
    spec = EstimatorSpec("train", loss=loss, train_op=train_op)
    assert spec._fields == (
        "mode",
        "predictions",
        "loss",
        "train_op",
        "eval_metric_ops",
        "export_outputs",
        "training_chief_hooks",
        "training_hooks",
        "scaffold",
        "evaluation_hooks",
        "prediction_hooks",
    )
    assert spec[:6] == ("train", {}, loss, train_op, {}, None)
    assert isinstance(spec.scaffold, tf.compat.v1.train.Scaffold)
    assert spec.training_hooks == spec.training_chief_hooks == ()
    assert spec.evaluation_hooks == spec.prediction_hooks == ()


@pytest.mark.parametrize(
    "mode, given, missing",
    [
        ("train", {"loss"}, "train_op"),
        ("train", {"train_op"}, "loss"),
        ("eval", {"predictions"}, "loss"),
        ("infer", {"loss"}, "predictions"),
    ],
)
def test_what_a_mode_needs_and_does_not_get_is_named(mode, given, missing):
    everything = {
        "loss": tf.constant(1.0),
        "train_op": tf.no_op(),
        "predictions": tf.constant([1.0]),
    }
    with pytest.raises(ValueError, match=f"Missing {missing}.*{missing}=None"):
        EstimatorSpec(mode, **{name: everything[name] for name in given})


@pytest.mark.parametrize("mode", ["train", "eval", "infer"])
def test_every_mode_takes_every_argument(mode):
    predictions = {"x": tf.constant([1.0])}
    spec = EstimatorSpec(mode, predictions, tf.constant(1.0), tf.no_op())
    assert spec.predictions == predictions


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"loss": 1.0}, TypeError, "`loss`.*Expected a Tensor.*1.0 of type float"),
        ({"predictions": [1.0]}, TypeError, "`predictions`.*Expected a Tensor"),
        ({"predictions": {"a": 3}}, TypeError, r"`predictions\['a'\]`.*3 of type int"),
        ({"train_op": "op"}, TypeError, "`train_op`.*Expected an Operation or a Tensor"),
        ({"eval_metric_ops": [1]}, TypeError, "`eval_metric_ops`.*Expected a dict"),
        ({"eval_metric_ops": {"m": 1}}, TypeError, r"`eval_metric_ops\['m'\]`.*value, update_op"),
        ({"training_hooks": ["hook"]}, TypeError, "`training_hooks`.*SessionRunHook.*'hook'"),
        ({"training_chief_hooks": ["hook"]}, TypeError, "`training_chief_hooks`"),
        ({"evaluation_hooks": ["hook"]}, TypeError, "`evaluation_hooks`"),
        ({"prediction_hooks": ["hook"]}, TypeError, "`prediction_hooks`"),
        ({"scaffold": 1}, TypeError, "`scaffold`.*Scaffold"),
        ({"export_outputs": [1]}, TypeError, "`export_outputs`.*Expected a dict"),
        ({"export_outputs": {"a": 1}}, TypeError, r"`export_outputs\['a'\]`.*ExportOutput"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(arguments, error, message):
    needed = {"predictions": tf.constant([1.0])}
    with pytest.raises(error, match=message):
        EstimatorSpec("infer", **{**needed, **arguments})


def test_a_loss_has_one_element():
    with pytest.raises(ValueError, match=r"`loss`.*scalar.*Received: shape \(2,\)"):
        EstimatorSpec("eval", loss=tf.constant([1.0, 2.0]))
    assert EstimatorSpec("eval", loss=tf.constant([1.0])).loss.shape == []


@pytest.mark.parametrize("argument", ["loss", "predictions", "train_op"])
def test_tensors_of_another_graph_are_refused(argument):
    with tf.Graph().as_default():
        foreign = tf.constant(1.0)
    needed = {
        "loss": tf.constant(1.0),
        "predictions": tf.constant([1.0]),
        "train_op": tf.no_op(),
    }
    with pytest.raises(ValueError, match=f"`{argument}`.*default graph"):
        EstimatorSpec("train", **{**needed, argument: foreign})


def test_an_eager_tensor_is_refused_in_a_graph():
    with pytest.raises(ValueError, match="`loss`.*default graph"):
        EstimatorSpec("eval", loss=EAGER_TENSOR)


def test_without_export_outputs_the_predictions_are_exported():
    predictions = {"x": tf.constant([1.0])}
    spec = EstimatorSpec("infer", predictions)
    assert spec.export_outputs["serving_default"].outputs == predictions


def test_a_single_export_output_is_also_the_default():
    output = export.PredictOutput(tf.constant([1.0]))
    spec = EstimatorSpec("infer", tf.constant([1.0]), export_outputs={"mine": output})
    assert spec.export_outputs == {"mine": output, "serving_default": output}


def test_one_of_several_export_outputs_must_be_the_default():
    output = export.PredictOutput(tf.constant([1.0]))
    with pytest.raises(ValueError, match="`export_outputs`.*'serving_default'.*'a', 'b'"):
        EstimatorSpec("infer", tf.constant([1.0]), export_outputs={"a": output, "b": output})


def test_replace_validates_and_keeps_the_mode():
    spec = EstimatorSpec("eval", loss=tf.constant(1.0))
    other = tf.constant(2.0)
    assert spec._replace(loss=other).loss is other
    with pytest.raises(ValueError, match="`mode`.*cannot be changed"):
        spec._replace(mode="train")
    with pytest.raises(ValueError, match="Missing loss"):
        spec._replace(loss=None)


def test_a_tpu_spec_makes_its_metrics_when_it_is_converted():
    def metric_fn(values):
        return {"mean": tf.compat.v1.metrics.mean(values)}

    spec = _TPUEstimatorSpec(
        "eval", loss=tf.constant(1.0), eval_metrics=(metric_fn, {"values": tf.constant([1.0, 3.0])})
    ).as_estimator_spec()
    assert list(spec.eval_metric_ops) == ["mean"]


def updated_mean(metrics_module):
    values = tf.compat.v1.placeholder(tf.float32, [None], name="values")
    metric = metrics_module.Mean(name="mean")
    metric.update_state(values)
    return metric


def keras_3_metrics():
    import keras

    return keras.metrics


def tf_keras_metrics():
    import tf_keras

    return tf_keras.metrics


@pytest.mark.parametrize("metrics_module", [keras_3_metrics, tf_keras_metrics])
def test_metric_objects_become_value_and_update(graph, metrics_module):
    spec = EstimatorSpec(
        "eval",
        loss=tf.constant(1.0),
        eval_metric_ops={"mean": updated_mean(metrics_module())},
    )
    value, update = spec.eval_metric_ops["mean"]
    # Metrics start anew in each evaluation and are in no checkpoint.
    assert tf.compat.v1.global_variables() == []
    assert len(tf.compat.v1.local_variables()) == 2
    assert len(tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.METRIC_VARIABLES)) == 2
    with tf.compat.v1.Session(graph=graph) as session:
        session.run(tf.compat.v1.local_variables_initializer())
        session.run(update, {"values:0": [1.0, 2.0]})
        session.run(update, {"values:0": [6.0]})
        np.testing.assert_allclose(session.run(value), 3.0)


@pytest.mark.parametrize("metrics_module", [keras_3_metrics, tf_keras_metrics])
def test_a_metric_that_was_never_updated_is_refused(metrics_module):
    metric = metrics_module().Mean(name="mean")
    with pytest.raises(ValueError, match=r"`eval_metric_ops\['mean'\]`.*call update_state"):
        EstimatorSpec("eval", loss=tf.constant(1.0), eval_metric_ops={"mean": metric})


def test_metrics_of_another_graph_are_refused():
    with tf.Graph().as_default():
        foreign = tf.compat.v1.metrics.mean(tf.constant([1.0]))
    with pytest.raises(ValueError, match=r"`eval_metric_ops\['mean'\]`.*default graph"):
        EstimatorSpec("eval", loss=tf.constant(1.0), eval_metric_ops={"mean": foreign})
