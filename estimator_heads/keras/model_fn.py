"""The model_fn of an Estimator that is made of a Keras model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import keras_models
from estimator_heads.export import ExportOutput, PredictOutput
from estimator_heads.keras.inputs import FormattedKeyError
from estimator_heads.keras.keras_2 import Keras2Model
from estimator_heads.keras.keras_3 import Keras3Model
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import ModelFn

_DEFAULT_KEY = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY


def create_model_fn(
    model: Keras2Model | Keras3Model,
    saves_objects: bool = False,
    metric_names_map: Mapping[str, str] | None = None,
    export_outputs: Mapping[str, Callable[[tf.Tensor], ExportOutput]] | None = None,
) -> ModelFn:
    """The model_fn of an Estimator that is made of a Keras model.

    Args:
        model: A `Keras2Model` or a `Keras3Model`.
        saves_objects: Whether checkpoints name variables as `tf.train.Checkpoint` does.
        metric_names_map: As for `model_to_estimator`.
        export_outputs: As for `model_to_estimator`.

    Returns:
        A function of features, labels and mode.
    """

    def model_fn(features, labels, mode):
        with model.graph_classes():
            return spec_of(features, labels, mode)

    def spec_of(features, labels, mode):
        is_training = mode == ModeKeys.TRAIN
        is_compiled = mode != ModeKeys.PREDICT
        in_graph = model.in_graph(features, labels, is_training, is_compiled)
        predictions = dict(zip(_names_of_predictions(in_graph), in_graph.outputs, strict=True))
        loss = train_op = metrics = scaffold = None
        if is_compiled:
            loss, train_op = keras_models.loss_and_updates(in_graph, is_training)
            metrics = metrics_by_name(in_graph, metric_names_map)
        if saves_objects:
            global_step = tf.compat.v1.train.get_global_step()
            scaffold = tf.compat.v1.train.Scaffold(
                saver=keras_models.object_saver(in_graph, global_step)
            )
        return EstimatorSpec(
            mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            export_outputs=_exports(predictions, in_graph.output_names, export_outputs),
            scaffold=scaffold,
        )

    return model_fn


def _names_of_predictions(in_graph):
    """The names of the outputs, which must be the same on each replica."""
    if not tf.distribute.has_strategy():
        return in_graph.output_names
    return [re.sub(r"_\d$", "", name) for name in in_graph.output_names]


def metrics_by_name(
    in_graph: tf_keras.Model, names: Mapping[str, str] | None = None
) -> dict[str, tf_keras.metrics.Metric] | None:
    """The metrics that a model was compiled with.

    Args:
        in_graph: A compiled model of a graph.
        names: Dict from the metrics' names to others; None for their own.

    Returns:
        Dict from names to metrics of tf_keras; None if there are no metrics.

    Raises:
        ValueError: The dict does not have exactly the metrics' names.
    """
    metrics = keras_models.compiled_metrics(in_graph)
    if metrics is None:
        return None
    by_name = {metric.name: metric for metric in metrics}
    if not names:
        return by_name
    if set(names) != set(by_name):
        raise ValueError(
            "Invalid value for argument `metric_names_map`. Expected a dict from each of the Keras "
            f"model's metrics {sorted(by_name)} to a name. Received: {names!r}, with the unknown "
            f"keys {sorted(set(names) - set(by_name))} and without "
            f"{sorted(set(by_name) - set(names))}."
        )
    return {names[name]: metric for name, metric in by_name.items()}


def _exports(predictions, output_names, export_outputs):
    exports = {_DEFAULT_KEY: PredictOutput(predictions)}
    if unknown := sorted(set(export_outputs or ()) - set(output_names)):
        raise FormattedKeyError(
            "Invalid value for argument `export_outputs`. Expected a dict from names of the Keras "
            f"model's outputs {list(output_names)} to classes of export outputs, such as "
            f"tf.estimator.export.RegressionOutput. Received unknown keys: {unknown}."
        )
    for name, output_class in (export_outputs or {}).items():
        exports[name] = output_class(predictions[name])
    return exports
