"""The signatures of an exported model: every export output, for every way to feed the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.export.outputs import (
    SUPERVISED_EVAL_METHOD_NAME,
    SUPERVISED_TRAIN_METHOD_NAME,
    EvalOutput,
    ExportOutput,
    TrainOutput,
)
from estimator_heads.keys import ModeKeys
from estimator_heads.types import SignatureDef, Tensor

_DEFAULT_KEY = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY

_API_NAMES = {
    "tensorflow/serving/classify": "Classify",
    "tensorflow/serving/regress": "Regress",
    "tensorflow/serving/predict": "Predict",
    SUPERVISED_TRAIN_METHOD_NAME: "Train",
    SUPERVISED_EVAL_METHOD_NAME: "Eval",
}


def export_outputs_for_mode(
    mode: str,
    serving_export_outputs: dict[str, ExportOutput] | None = None,
    predictions: tf.Tensor | dict[Any, tf.Tensor] | None = None,
    loss: tf.Tensor | None = None,
    metrics: dict[str, Any] | None = None,
) -> dict[str, ExportOutput] | None:
    """The outputs that a model exports in a mode.

    Args:
        mode: One of `ModeKeys`.
        serving_export_outputs: Dict from signature name to `ExportOutput`, for mode PREDICT.
        predictions: A Tensor or a dict of them.
        loss: The loss.
        metrics: Dict of metrics as `EstimatorSpec.eval_metric_ops` has them.

    Returns:
        Dict from signature name to `ExportOutput`: `serving_export_outputs` in mode PREDICT; else
        one output with loss, predictions and metrics, named "train" or "eval".

    Raises:
        ValueError: If there is no such mode.
    """
    if mode == ModeKeys.PREDICT:
        return serving_export_outputs
    if mode not in (ModeKeys.TRAIN, ModeKeys.EVAL):
        raise ValueError(f"Invalid mode. Expected one of the ModeKeys. Received: mode={mode!r}.")
    output_class = TrainOutput if mode == ModeKeys.TRAIN else EvalOutput
    return {mode: output_class(loss, predictions, metrics)}


def build_all_signature_defs(
    receiver_tensors: Tensor | dict[str, Tensor],
    export_outputs: dict[str, ExportOutput] | None,
    receiver_tensors_alternatives: Mapping[str, Tensor | dict[str, Tensor]] | None = None,
    serving_only: bool = True,
) -> dict[str, SignatureDef]:
    """The signatures of all outputs fed through all receivers.

    An output that cannot be served from a receiver (a classification needs one string input, for
    instance) is left out, and the log says why.

    Args:
        receiver_tensors: Dict from input name to tensor, or one tensor (named "input").
        export_outputs: Dict from signature name to `ExportOutput`.
        receiver_tensors_alternatives: Dict from a name to other receiver tensors; their signatures
            are named "<alternative>:<signature>".
        serving_only: Whether to keep only signatures that TensorFlow Serving understands.

    Returns:
        Dict from signature name to `SignatureDef`.

    Raises:
        ValueError: If `export_outputs` is not a dict.
    """
    if not isinstance(export_outputs, dict):
        raise ValueError(
            "`export_outputs` must be a dict from signature name to ExportOutput. Received: "
            f"export_outputs={export_outputs!r}."
        )
    receivers = {"": receiver_tensors}
    for name, alternative in (receiver_tensors_alternatives or {}).items():
        receivers[f"{name or 'None'}:"] = alternative

    included, excluded = {}, {}
    for prefix, tensors in receivers.items():
        if not isinstance(tensors, dict):
            tensors = {"input": tensors}
        for name, output in export_outputs.items():
            signature_name = f"{prefix}{name or 'None'}"
            try:
                signature = output.as_signature_def(tensors)
                _check_fed(signature_name, tensors, signature)
                included[signature_name] = signature
            except ValueError as error:
                excluded[signature_name] = str(error)
    _log_report(included, excluded)
    if serving_only:
        is_valid = tf.compat.v1.saved_model.is_valid_signature
        included = {name: signature for name, signature in included.items() if is_valid(signature)}
    return included


def _check_fed(signature_name, receiver_tensors, signature):
    """Raises a ValueError if an output depends on a placeholder that is none of the inputs."""
    fed = tf.nest.flatten(list(receiver_tensors.values()), expand_composites=True)
    fed_names = {tensor.name for tensor in fed}
    for output_name, info in signature.outputs.items():
        outputs = [fed[0].graph.get_tensor_by_name(name).op for name in _tensor_names(info)]
        path = _path_to_unfed_placeholder(outputs, fed_names)
        if path:
            raise ValueError(
                f"Output {output_name!r} of the signature {signature_name!r} depends on the "
                f"placeholder {path[0]!r}, which is not one of its inputs {sorted(fed_names)}. The "
                f"path from the placeholder to the output: {' -> '.join(path)}."
            )


def _tensor_names(info):
    """Names of the tensors that a TensorInfo describes: one, or the parts of a composite one."""
    kind = info.WhichOneof("encoding")
    if kind == "coo_sparse":
        sparse = info.coo_sparse
        return [
            sparse.values_tensor_name,
            sparse.indices_tensor_name,
            sparse.dense_shape_tensor_name,
        ]
    if kind == "composite_tensor":
        return [n for part in info.composite_tensor.components for n in _tensor_names(part)]
    return [info.name]


def _path_to_unfed_placeholder(operations, fed_names):
    """Names of the operations from an unfed placeholder to one of `operations`, if any."""
    used_by = dict.fromkeys(operations)
    pending = list(operations)
    while pending:
        operation = pending.pop()
        if operation.type == "Placeholder" and operation.outputs[0].name not in fed_names:
            path = []
            while operation is not None:
                path.append(operation.name)
                operation = used_by[operation]
            return path
        for tensor in operation.inputs:
            if tensor.name not in fed_names and tensor.op not in used_by:
                used_by[tensor.op] = operation
                pending.append(tensor.op)
    return []


def _log_report(included, excluded):
    names_by_api: dict[str, list[str]] = {api: [] for api in _API_NAMES.values()}
    for name, signature in included.items():
        method = signature.method_name
        names_by_api.setdefault(_API_NAMES.get(method, method), []).append(name)
    for api, names in names_by_api.items():
        tf.compat.v1.logging.info("Signatures exported for %s: %s", api, names or "none")
    for name, reason in excluded.items():
        tf.compat.v1.logging.info("Signature %r is left out of the export: %s", name, reason)
    if not included:
        tf.compat.v1.logging.warning("The export has no signatures.")
    elif _DEFAULT_KEY not in included and not _is_supervised(included):
        tf.compat.v1.logging.warning(
            "The export has no %r signature, so servers and loaders must be told which one to use.",
            _DEFAULT_KEY,
        )


def _is_supervised(signatures):
    supervised = (SUPERVISED_TRAIN_METHOD_NAME, SUPERVISED_EVAL_METHOD_NAME)
    return all(signature.method_name in supervised for signature in signatures.values())
