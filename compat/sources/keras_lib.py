"""What programs use of `tensorflow_estimator.python.estimator.keras_lib`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads import keras
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.export import ExportOutput
from estimator_heads.keras import inputs, model_fn, models
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Path

FormattedKeyError = inputs.FormattedKeyError
standardize_sample_weights = inputs.weights_of_outputs
_extract_sample_weight_tensors = inputs.split_sample_weights


def model_to_estimator(
    keras_model: Any = None,
    keras_model_path: Path | None = None,
    custom_objects: Mapping[str, Any] | None = None,
    model_dir: Path | None = None,
    config: RunConfig | None = None,
    checkpoint_format: str | None = None,
    use_v2_estimator: bool = False,
    metric_names_map: Mapping[str, str] | None = None,
    export_outputs: Mapping[str, Callable[[tf.Tensor], ExportOutput]] | None = None,
) -> Estimator:
    """As `estimator_heads.keras.model_to_estimator`; there is one Estimator, V2 or not."""
    del use_v2_estimator
    return keras.model_to_estimator(
        keras_model,
        keras_model_path,
        custom_objects,
        model_dir,
        config,
        checkpoint_format,
        metric_names_map,
        export_outputs,
    )


def _clone_and_build_model(
    mode, keras_model, custom_objects, features=None, labels=None, optimizer_config=None
):
    """A Keras model in the default graph, compiled unless the mode is PREDICT.

    Args:
        mode: One of `ModeKeys`.
        keras_model: A compiled model.
        custom_objects: Dict of the user's classes and functions by name, or None.
        features: What the input_fn gives.
        labels: Likewise.
        optimizer_config: Not needed.

    Returns:
        A model of tf_keras, with `outputs`, `output_names` and `total_loss`.
    """
    del optimizer_config
    model = models.wrapped(keras_model, custom_objects)
    model.use_legacy_optimizer()
    return model.in_graph(features, labels, mode == ModeKeys.TRAIN, mode != ModeKeys.PREDICT)


def _create_keras_model_fn(
    keras_model,
    custom_objects=None,
    save_object_ckpt=False,
    metric_names_map=None,
    export_outputs=None,
):
    """The model_fn of the Estimator of a compiled Keras model."""
    model = models.wrapped(keras_model, custom_objects)
    model.use_legacy_optimizer()
    return model_fn.create_model_fn(model, save_object_ckpt, metric_names_map, export_outputs)


def _convert_keras_metrics_to_estimator(model, metric_names_map=None):
    """The metrics of a compiled model of a graph, by name; None if there are none."""
    return model_fn.metrics_by_name(model, metric_names_map)
