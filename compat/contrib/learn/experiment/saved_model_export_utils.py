"""The signatures and folders of exports, as functions.

Reproduces `tf.contrib.learn.utils.saved_model_export_utils` of TF 1.15, in part.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators import signatures
from estimator_heads.compat.contrib.learn.input_fn_utils import InputFnOps
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.compat.contrib.learn.output_alternatives import OutputAlternatives
from estimator_heads.estimator.schedule import export_garbage
from estimator_heads.types import Path

DEFAULT_INPUT_ALTERNATIVE_KEY = signatures.DEFAULT_INPUTS
FEATURES_INPUT_ALTERNATIVE_KEY = "features_input_alternative"
MAX_DIRECTORY_CREATION_ATTEMPTS = 10

_LENGTH_OF_TIMESTAMP = 10


def build_standardized_signature_def(
    input_tensors: Mapping[str, tf.Tensor],
    output_tensors: Mapping[str, tf.Tensor],
    problem_type: int,
) -> Any:
    """The signature of one way to feed a model and one of its output alternatives.

    Args:
        input_tensors: Dict of the tensors to be fed.
        output_tensors: Dict of the tensors to be computed.
        problem_type: A `ProblemType`.

    Returns:
        A `SignatureDef`: a classification or a regression, if the tensors are such; else a
        prediction.

    Raises:
        ValueError: If there are no tensors.
    """
    for name, tensors in (("input_tensors", input_tensors), ("output_tensors", output_tensors)):
        if not tensors:
            raise ValueError(f"`{name}` must not be empty. Received: {name}={tensors!r}.")
    signature_defs = signatures.signature_defs(
        {DEFAULT_INPUT_ALTERNATIVE_KEY: input_tensors}, {"": (problem_type, output_tensors)}, ""
    )
    return signature_defs[tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY]


def get_input_alternatives(input_ops: InputFnOps | tuple[Any, Any]) -> tuple[dict[str, Any], Any]:
    """The ways to feed a model, and its features.

    Args:
        input_ops: `InputFnOps`, or a tuple of features and labels, which tells no way to feed.

    Returns:
        A tuple of a dict from names to dicts of tensors, and the features.

    Raises:
        ValueError: If there are no features.
    """
    alternatives = {}
    if isinstance(input_ops, InputFnOps):
        features, _, default_inputs = input_ops
        alternatives[DEFAULT_INPUT_ALTERNATIVE_KEY] = default_inputs
    else:
        features, _ = input_ops
    if not features:
        raise ValueError(
            f"The serving_input_fn must return features. Received: features={features!r}."
        )
    return alternatives, features


def get_output_alternatives(
    model_fn_ops: ModelFnOps, default_output_alternative_key: str | None = None
) -> tuple[OutputAlternatives, str]:
    """The output alternatives of a model, and the name of the one to serve by default.

    Args:
        model_fn_ops: Its `ModelFnOps`.
        default_output_alternative_key: The name of one; needed if there are several.

    Returns:
        A tuple of a dict from names to (problem type, dict of tensors), and a name.

    Raises:
        ValueError: If there is none of that name, or there are several and none is given.
    """
    return signatures.outputs_and_default(model_fn_ops, default_output_alternative_key)


def build_all_signature_defs(
    input_alternatives: Mapping[str, Mapping[str, tf.Tensor]],
    output_alternatives: OutputAlternatives,
    actual_default_output_alternative_key: str,
) -> dict[str, Any]:
    """All signatures of a model.

    Args:
        input_alternatives: Dict from names to dicts of tensors to be fed.
        output_alternatives: Dict from names to (problem type, dict of tensors).
        actual_default_output_alternative_key: Name of the outputs that are served by default.

    Returns:
        Dict from "<name of inputs>:<name of outputs>" to `SignatureDef`, with that of the default
        under "serving_default" too.

    Raises:
        ValueError: If there are no inputs for the default, or inputs do not fit outputs.
    """
    if not input_alternatives.get(DEFAULT_INPUT_ALTERNATIVE_KEY):
        raise ValueError(
            "The inputs to be fed by default are missing in `input_alternatives`. Expected the key "
            f"{DEFAULT_INPUT_ALTERNATIVE_KEY!r}. Received: {list(input_alternatives)}."
        )
    return signatures.signature_defs(
        input_alternatives, output_alternatives, actual_default_output_alternative_key
    )


def get_most_recent_export(export_dir_base: Path | bytes) -> export_garbage.Path | None:
    """The newest timestamped export in a folder.

    Args:
        export_dir_base: The folder.

    Returns:
        Its `gc.Path`, or None.

    Raises:
        tf.errors.NotFoundError: If there is no such folder.
    """
    exports = export_garbage.get_paths(tf.compat.path_to_str(export_dir_base), _with_timestamp)
    return next(iter(export_garbage.largest_export_versions(1)(exports)), None)


def garbage_collect_exports(export_dir_base: Path | bytes, exports_to_keep: int | None) -> None:
    """Deletes all but the newest timestamped exports in a folder.

    Args:
        export_dir_base: The folder.
        exports_to_keep: How many to keep; None keeps all.

    Raises:
        tf.errors.NotFoundError: If there is no such folder.
    """
    if exports_to_keep is None:
        return
    exports = export_garbage.get_paths(tf.compat.path_to_str(export_dir_base), _with_timestamp)
    newest = export_garbage.largest_export_versions(exports_to_keep)
    for export in export_garbage.negation(newest)(exports):
        try:
            tf.io.gfile.rmtree(export.path)
        except tf.errors.NotFoundError as error:  # Another process was faster.
            tf.compat.v1.logging.warning("Cannot delete %s: %s", export.path, error)


def _with_timestamp(path):
    name = os.path.basename(path.path)
    if len(name) != _LENGTH_OF_TIMESTAMP or not name.isdecimal():
        return None
    if not tf.io.gfile.isdir(path.path):
        return None
    return path._replace(export_version=int(name))
