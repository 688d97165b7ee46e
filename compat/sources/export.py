"""`tensorflow_estimator.python.estimator.export.export`: checks and placeholders of receivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.export import ExportOutput, receivers
from estimator_heads.export.outputs import SINGLE_RECEIVER_DEFAULT_NAME
from estimator_heads.export.receivers import SINGLE_FEATURE_DEFAULT_NAME, SINGLE_LABEL_DEFAULT_NAME
from estimator_heads.export.saved_model import TAGS
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import _checked_export_outputs

_SINGLE_FEATURE_DEFAULT_NAME = SINGLE_FEATURE_DEFAULT_NAME
_SINGLE_LABEL_DEFAULT_NAME = SINGLE_LABEL_DEFAULT_NAME
_SINGLE_RECEIVER_DEFAULT_NAME = SINGLE_RECEIVER_DEFAULT_NAME
_SINGLE_TENSOR_DEFAULT_NAMES = {
    "feature": SINGLE_FEATURE_DEFAULT_NAME,
    "label": SINGLE_LABEL_DEFAULT_NAME,
    "receiver_tensor": SINGLE_RECEIVER_DEFAULT_NAME,
    "receiver_tensors_alternative": SINGLE_RECEIVER_DEFAULT_NAME,
}


def wrap_and_check_input_tensors(
    tensors: Any, field_name: str, allow_int_keys: bool = False
) -> dict[Any, Any]:
    """Tensors as a dict, as the receivers take them.

    Args:
        tensors: Dict from name to tensor, or a tensor.
        field_name: What they are: "feature", "label", "receiver_tensor" or
            "receiver_tensors_alternative".
        allow_int_keys: Whether names may be ints.

    Returns:
        The dict itself, or a new one.

    Raises:
        ValueError: If they are None, or a name or a value has the wrong type.
    """
    default_name = _SINGLE_TENSOR_DEFAULT_NAMES[field_name]
    return receivers.wrapped(f"{field_name}s", tensors, default_name, allow_int_keys)


def _check_tensor(tensor, name, error_label="feature"):
    receivers.check_tensor(f"{error_label} {name}" if name else error_label, tensor)


def _check_tensor_key(name, error_label="feature", allow_ints=False):
    if not isinstance(name, (str, int) if allow_ints else str):
        raise ValueError(
            f"Keys of `{error_label}` must be strings{' or ints' * allow_ints}. Received the key "
            f"{name!r}."
        )


def _placeholder_from_tensor(t, default_batch_size=None):
    return receivers.placeholders_like(t, default_batch_size)


def _placeholders_from_receiver_tensors_dict(input_vals, default_batch_size=None):
    return receivers.placeholders_like(input_vals, default_batch_size)


class _ByMode(dict):
    """A dict by `ModeKeys` that also knows Keras's names of modes."""

    def __missing__(self, mode):
        keras = {"test": ModeKeys.EVAL, "predict": ModeKeys.PREDICT}
        if mode not in keras:
            raise ValueError(f"Expected one of the ModeKeys {list(self)}. Received: {mode!r}.")
        return self[keras[mode]]


EXPORT_TAG_MAP = _ByMode(TAGS)
SIGNATURE_KEY_MAP = _ByMode(
    {
        ModeKeys.TRAIN: "train",
        ModeKeys.EVAL: "eval",
        ModeKeys.PREDICT: tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY,
    }
)


def get_export_outputs(
    export_outputs: Mapping[str, ExportOutput] | None, predictions: Any
) -> dict[str, ExportOutput]:
    """Export outputs as an `EstimatorSpec` of mode PREDICT has them.

    Args:
        export_outputs: Dict from name to `ExportOutput`, or None.
        predictions: A Tensor or a dict of them, exported if there is nothing else.

    Returns:
        A dict from name to `ExportOutput`, one of them to serve by default.

    Raises:
        TypeError: If it is not a dict of `ExportOutput`s.
        ValueError: If there are several, and none to serve by default.
    """
    return _checked_export_outputs(export_outputs, predictions, ModeKeys.PREDICT)
