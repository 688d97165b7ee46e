"""Programs with heads, specs and inputs."""

from typing import Any

import numpy as np
import tensorflow as tf
from typing_extensions import assert_type

import estimator_heads
from estimator_heads import (
    BinaryClassHead,
    EstimatorSpec,
    Head,
    MultiHead,
    RegressionHead,
)
from estimator_heads.export import (
    ExportOutput,
    PredictOutput,
    ServingInputReceiver,
    build_raw_serving_input_receiver_fn,
)
from estimator_heads.inputs import numpy_input_fn


class CountingHook(estimator_heads.SessionRunHook):
    steps = 0

    def after_run(self, run_context, run_values):
        self.steps += 1


def model_fn(features, labels, mode, params):
    head = MultiHead([BinaryClassHead(name="click"), BinaryClassHead(name="sale")])
    spec = head.create_estimator_spec(features, mode, params["logits"], labels)
    assert_type(head, MultiHead)
    assert_type(spec, EstimatorSpec)
    return spec


def call_heads(features: dict[str, tf.Tensor], labels: tf.Tensor) -> None:
    head = BinaryClassHead(
        weight_column="weight", thresholds=(0.1, 0.9), label_vocabulary=["n", "y"]
    )
    assert_type(head.name, str | None)
    assert_type(head.logits_dimension, int)
    assert_type(head.loss_reduction, str)
    assert_type(head.loss(labels, [[1.0], [2.0]], features), tf.Tensor)
    assert_type(head.predictions([[1.0]], keys=["classes"]), dict[str, tf.Tensor])
    updated = head.update_metrics(head.metrics(), features, [[1.0]], labels)
    assert_type(updated, dict[str, Any])  # tf_keras has no types.
    estimator_heads.PoissonRegressionHead(1, "weight", "sum", compute_full_loss=False)
    heads: list[Head] = [head, RegressionHead(label_dimension=2)]
    both = MultiHead(heads, head_weights=[1, 0.5])
    assert_type(both.name, str)
    predictions = both.predictions({"a": [[1.0]]}, keys=[("a", "classes"), "logits"])
    assert_type(predictions, dict[tuple[str, str], tf.Tensor])
    MultiHead(heads).loss({"a": labels}, {"a": [[1.0]]})
    BinaryClassHead(loss_fn="mean")  # type: ignore[arg-type]
    BinaryClassHead(labels=["n", "y"])  # type: ignore[call-arg]


def use_specs(features: dict[str, tf.Tensor], hook: CountingHook) -> None:
    outputs = {"serving_default": PredictOutput(features)}
    spec = EstimatorSpec("infer", features, export_outputs=outputs, prediction_hooks=[hook])
    assert_type(spec.mode, str)
    assert_type(spec.export_outputs, dict[str, ExportOutput] | None)
    assert_type(spec._replace(predictions=features), EstimatorSpec)


def make_inputs() -> None:
    input_fn = numpy_input_fn({"x": np.zeros([4, 2])}, np.zeros([4]), num_epochs=None, shuffle=True)
    assert_type(input_fn(), Any)
    receiver_fn = build_raw_serving_input_receiver_fn({"x": tf.TensorSpec([None, 2])})
    receiver = receiver_fn()
    assert_type(receiver, ServingInputReceiver)
    assert_type(
        ServingInputReceiver(receiver.features, receiver.receiver_tensors), ServingInputReceiver
    )


def call_the_package() -> None:
    estimator_heads.install()
    estimator_heads.keras.model_to_estimator()
    estimator_heads.uninstal()  # type: ignore[attr-defined]
