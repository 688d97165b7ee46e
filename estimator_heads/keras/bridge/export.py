"""A Keras model with a head, as a SavedModel that servers take for an Estimator's."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.estimator.config.complete_config import complete_config
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.export import build_parsing_serving_input_receiver_fn
from estimator_heads.heads import Head
from estimator_heads.keras import first_checkpoint, models
from estimator_heads.keras.bridge import heads
from estimator_heads.keras.bridge.libraries import check_is_model
from estimator_heads.types import KerasModel, Path, ServingInputReceiverFn


def export(
    model: KerasModel,
    head: Head,
    export_dir_base: Path,
    serving_input_receiver_fn: ServingInputReceiverFn | dict[str, Any],
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
) -> bytes:
    """Writes a model with a head as a SavedModel to <export_dir_base>/<seconds since 1970>.

    The signatures are those of an Estimator's `export_saved_model`: `serving_default`, `predict`,
    `classification`, `regression` and so on, with the same inputs, outputs, dtypes and shapes.

    Args:
        model: A model of Keras 3 or tf_keras with weights, which returns the head's logits.
        head: A head such as `BinaryClassHead`; or a `MultiHead`, for a model that returns a dict of
            logits by head name, or all of them in one Tensor.
        export_dir_base: Folder for the timestamped folders.
        serving_input_receiver_fn: Function without arguments that returns a `ServingInputReceiver`
            or `TensorServingInputReceiver`; or a dict of `tf.io.FixedLenFeature` and the like by
            feature name, for serialized tf.Examples.
        assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
        as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.

    Returns:
        The path of the new folder, as bytes.

    Raises:
        TypeError: `head` is no head of this package, or `model` no model of Keras.
        ValueError: The logits do not fit the head, the model has no weights yet, or it is a
            subclassed model of tf_keras, whose weights are not found in a graph.
    """
    heads.check_is_head(head)
    check_is_model(model)
    wrapped = models.wrapped(model)
    if not wrapped.keeps_weights:
        raise ValueError(
            "Invalid value for argument `model`. Expected a model that has been called or built; "
            "of tf_keras, one made of layers: tf_keras.Model(inputs, outputs). Received: "
            f"{model!r}, whose weights would not be exported."
        )
    if isinstance(serving_input_receiver_fn, dict):
        serving_input_receiver_fn = build_parsing_serving_input_receiver_fn(
            serving_input_receiver_fn
        )

    def model_fn(features, mode):
        with wrapped.graph_classes():
            logits = _logits(model, wrapped.in_graph(features))
            return head.create_estimator_spec(features, mode, logits)

    with tempfile.TemporaryDirectory() as model_dir:
        estimator = Estimator(model_fn, config=complete_config(None, model_dir))
        checkpoint = first_checkpoint.save(wrapped, estimator.config, saves_objects=False)
        return estimator.export_saved_model(
            export_dir_base,
            serving_input_receiver_fn,
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint.ckpt_to_initialize_from,
        )


def _logits(model, in_graph):
    """The outputs as the model returns them: a Tensor, or a dict of them."""
    structure = model.output if hasattr(model, "output_names") else None
    if isinstance(structure, dict):
        return tf.nest.pack_sequence_as(structure, in_graph.outputs)
    if len(in_graph.outputs) > 1:
        raise ValueError(
            "Invalid value for argument `model`. Expected a model that returns logits in one "
            "Tensor; for a MultiHead also one that is made of layers, `Model(inputs, outputs)`, "
            f"with a dict of outputs by head name. Received: {model!r}, with "
            f"{len(in_graph.outputs)} outputs."
        )
    return in_graph.outputs[0]
