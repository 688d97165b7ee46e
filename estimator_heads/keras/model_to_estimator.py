"""An Estimator of a Keras model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf
import tf_keras

from estimator_heads.estimator.config.complete_config import complete_config
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.storage import checkpoint_state
from estimator_heads.export import ExportOutput
from estimator_heads.keras import first_checkpoint, models
from estimator_heads.keras.model_fn import create_model_fn
from estimator_heads.types import KerasModel, Path

# Names of losses and metrics in HDF5 files, which Keras 3 writes but does not read.
_SHORT_NAMES = ("mae", "mape", "mse", "msle")
_FORMATS = (None, "checkpoint", "saver")


def model_to_estimator(
    keras_model: KerasModel | None = None,
    keras_model_path: Path | None = None,
    custom_objects: Mapping[str, Any] | None = None,
    model_dir: Path | None = None,
    config: RunConfig | None = None,
    checkpoint_format: str | None = None,
    metric_names_map: Mapping[str, str] | None = None,
    export_outputs: Mapping[str, Callable[[tf.Tensor], ExportOutput]] | None = None,
) -> Estimator:
    """An Estimator that trains, evaluates, predicts with and exports a compiled Keras model.

    The model stays as it is: the Estimator has weights of its own, which start from the model's. To
    weigh examples, the features are a dict of `features` and `sample_weights`.

    Args:
        keras_model: A compiled model of tf_keras or of Keras 3.
        keras_model_path: Path of a saved model, in place of `keras_model`.
        custom_objects: Dict of the user's classes and functions that the model's config names.
        model_dir: Folder for checkpoints and event files; the weights are saved to `keras` in it.
        config: A `RunConfig`; None for the default one.
        checkpoint_format: "checkpoint", where variables are named as `tf.train.Checkpoint` does, or
            "saver", where they are under their own names. If None, the format of what is in
            `model_dir`; in a new folder, "checkpoint".
        metric_names_map: Dict from the names of the model's metrics to those that an evaluation
            returns; None for the same names.
        export_outputs: Dict from names of the model's outputs to classes of `ExportOutput`, for
            signatures of that name; None for the default signature only.

    Returns:
        An `Estimator`.

    Raises:
        ValueError: Both or neither of `keras_model` and `keras_model_path` are given, the model is
            not compiled, its optimizer does not work in graphs, or it is subclassed and cannot be
            made again or saved in this format; or the format is unknown.
        OSError: There is no model at `keras_model_path`.

    Reproduces `tf.keras.estimator.model_to_estimator` of TF 2.15.
    """
    if (keras_model is None) == (not keras_model_path):
        raise ValueError(
            "Expected exactly one of the arguments `keras_model` and `keras_model_path`. Received: "
            f"keras_model={keras_model!r}, keras_model_path={keras_model_path!r}."
        )
    if checkpoint_format not in _FORMATS:
        raise ValueError(
            'Invalid value for argument `checkpoint_format`. Expected "checkpoint" or "saver". '
            f"Received: checkpoint_format={checkpoint_format!r}."
        )
    if keras_model is None:
        keras_model = _load(keras_model_path, custom_objects)
    model = models.wrapped(keras_model, custom_objects)
    model.check()
    if not model.is_compiled:
        raise ValueError(
            "Invalid value for argument `keras_model`. Expected a compiled model: call "
            f"`compile(optimizer, loss)` first. Received: {keras_model!r}, which is not compiled."
        )
    model.use_legacy_optimizer()
    config = complete_config(config, model_dir)
    saves_objects = _saves_objects(checkpoint_format, config.model_dir)
    if saves_objects and model.is_subclassed:
        raise ValueError(
            'Invalid value for argument `checkpoint_format`. Expected "saver" for a subclassed '
            f"model. Received: checkpoint_format={checkpoint_format!r}, with a "
            f"{type(keras_model).__name__}."
        )
    warm_start_from = None
    if model.keeps_weights and config.is_chief:
        warm_start_from = first_checkpoint.save(model, config, saves_objects)
    elif keras_model.built and not model.keeps_weights:
        tf.compat.v1.logging.warning(
            "The Estimator starts from new weights, not from those of the given model: the weights "
            "of a subclassed model of tf_keras are not kept."
        )
    return Estimator(
        create_model_fn(model, saves_objects, metric_names_map, export_outputs),
        config=config,
        warm_start_from=warm_start_from,
    )


def _saves_objects(checkpoint_format, model_dir):
    """Whether checkpoints name variables as `tf.train.Checkpoint` does."""
    latest = checkpoint_state.latest(model_dir) if checkpoint_format is None else None
    if latest is None:
        return checkpoint_format != "saver"
    return any(
        name == "_CHECKPOINTABLE_OBJECT_GRAPH" for name, _ in tf.train.list_variables(latest)
    )


def _load(path, custom_objects):
    if not tf.io.gfile.exists(path):
        raise OSError(
            "Invalid value for argument `keras_model_path`. Expected the path of a saved Keras "
            f"model. Received: {path!r}, which does not exist."
        )
    import keras

    errors = []
    # The Keras that is switched on first; but only tf_keras reads all that TF 2.15 saved.
    for library in dict.fromkeys((tf.keras, tf_keras, keras)):
        functions = {name: library.losses.get(name) for name in _SHORT_NAMES}
        try:
            with library.utils.custom_object_scope({**functions, **(custom_objects or {})}):
                return library.models.load_model(path)
        except Exception as error:  # Of any type: the formats have many parts.
            errors.append(error)
    raise errors[0]
