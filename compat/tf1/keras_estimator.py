"""`tf.compat.v1.keras.estimator`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.export import ExportOutput
from estimator_heads.keras import model_to_estimator as model_to_estimator_v2
from estimator_heads.types import Path


def model_to_estimator(
    keras_model: Any = None,
    keras_model_path: Path | None = None,
    custom_objects: Mapping[str, Any] | None = None,
    model_dir: Path | None = None,
    config: RunConfig | None = None,
    checkpoint_format: str | None = "saver",
    metric_names_map: Mapping[str, str] | None = None,
    export_outputs: Mapping[str, Callable[[tf.Tensor], ExportOutput]] | None = None,
) -> Estimator:
    """An Estimator of a Keras model, whose checkpoints have the variables under their own names.

    Args:
        keras_model: As for `estimator_heads.keras.model_to_estimator`, as are the others.
        keras_model_path: Path of a saved model.
        custom_objects: Dict of the user's classes and functions.
        model_dir: Folder for checkpoints and event files.
        config: A `RunConfig`.
        checkpoint_format: "saver" or "checkpoint".
        metric_names_map: Dict from names of metrics to other names.
        export_outputs: Dict from names of outputs to classes of `ExportOutput`.

    Returns:
        An `Estimator`.

    Reproduces `tf.compat.v1.keras.estimator.model_to_estimator` of TF 2.15.
    """
    return model_to_estimator_v2(
        keras_model,
        keras_model_path,
        custom_objects,
        model_dir,
        config,
        checkpoint_format,
        metric_names_map,
        export_outputs,
    )
