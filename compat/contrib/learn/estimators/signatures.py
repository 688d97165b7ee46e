"""The signatures of a model of `tf.contrib.learn`: every output, for every way to feed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.input_fn_utils import InputFnOps
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.compat.contrib.learn.output_alternatives import OutputAlternatives

# The names that the original's signatures have.
DEFAULT_INPUTS = "default_input_alternative"
_UNNAMED_OUTPUTS = "default_output_alternative"

_CLASSIFICATIONS = (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION)


def inputs_and_features(input_ops: InputFnOps) -> tuple[dict[str, dict[str, tf.Tensor]], Any]:
    """The ways to feed a model, and its features.

    Args:
        input_ops: What a serving input function returned: `InputFnOps`.

    Returns:
        A tuple of a dict from names to dicts of tensors to be fed, and the features.

    Raises:
        ValueError: If it is something else, or features or placeholders are missing.
    """
    if not isinstance(input_ops, InputFnOps):
        raise ValueError(
            "The serving_input_fn must return tf.contrib.learn.InputFnOps. Received: "
            f"{input_ops!r} of type {type(input_ops).__name__}."
        )
    features, _, default_inputs = input_ops
    if not default_inputs:
        raise ValueError(
            "The serving_input_fn must return the placeholders to be fed as `default_inputs`. "
            f"Received: default_inputs={default_inputs!r}."
        )
    if not features:
        raise ValueError(
            "The serving_input_fn must return features for the model. Received: "
            f"features={features!r}."
        )
    return {DEFAULT_INPUTS: default_inputs}, features


def outputs_and_default(
    model: ModelFnOps,
    default_key: str | None = None,
    argument: str = "default_output_alternative_key",
) -> tuple[OutputAlternatives, str]:
    """The output alternatives of a model, and the name of the one to serve by default.

    Args:
        model: Its `ModelFnOps`.
        default_key: The name of one; needed if there are several.
        argument: What errors call `default_key`.

    Returns:
        A tuple of a dict from names to (problem type, dict of tensors), and a name.

    Raises:
        ValueError: If there is none of that name, or there are several and none is given.
    """
    outputs = model.output_alternatives
    if not outputs and not default_key:
        predictions = model.predictions
        if not isinstance(predictions, dict):
            predictions = {PredictionKey.GENERIC: predictions}
        return {_UNNAMED_OUTPUTS: (ProblemType.UNSPECIFIED, predictions)}, _UNNAMED_OUTPUTS
    outputs = outputs or {}
    if default_key:
        if default_key not in outputs:
            raise ValueError(
                f"Invalid value for argument `{argument}`. Expected the name of one of the output "
                f"alternatives of the model, which are {list(outputs)}. "
                f"Received: {argument}={default_key!r}."
            )
        return outputs, default_key
    if len(outputs) > 1:
        raise ValueError(
            f"Missing `{argument}`. The model has several output alternatives. Expected the "
            f"name of one of them: {list(outputs)}."
        )
    return outputs, next(iter(outputs))


def signature_defs(
    inputs: Mapping[str, Mapping[str, tf.Tensor]], outputs: OutputAlternatives, default_key: str
) -> dict[str, Any]:
    """All signatures of a model.

    Args:
        inputs: Dict from names to dicts of tensors to be fed.
        outputs: Dict from names to (problem type, dict of tensors).
        default_key: Name of the outputs that are served by default.

    Returns:
        Dict from "<name of inputs>:<name of outputs>" to `SignatureDef`, with that of the default
        under "serving_default" too.

    Raises:
        ValueError: If inputs do not fit outputs.
    """
    signatures = {
        f"{input_name}:{output_name or 'None'}": _signature_def(fed, *output)
        for input_name, fed in inputs.items()
        for output_name, output in outputs.items()
    }
    signatures[tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY] = _signature_def(
        inputs[DEFAULT_INPUTS], *outputs[default_key]
    )
    return signatures


def _signature_def(inputs, problem_type, outputs):
    """A classification or a regression, if input and outputs are such; else plain predictions."""
    if not outputs:
        raise ValueError(
            "There is nothing to serve. Expected a dict of tensors in each of the output "
            f"alternatives. Received: {outputs!r}."
        )
    v1 = tf.compat.v1.saved_model
    if len(inputs) == 1:
        (examples,) = inputs.values()
        if problem_type == ProblemType.LINEAR_REGRESSION and len(outputs) == 1:
            (values,) = outputs.values()
            return v1.regression_signature_def(examples, values)
        if problem_type in _CLASSIFICATIONS:
            classes, scores = _classes_and_scores(outputs)
            if classes is not None or scores is not None:
                return v1.classification_signature_def(examples, classes, scores)
    return v1.predict_signature_def(inputs, outputs)


def _classes_and_scores(outputs):
    classes = outputs.get(PredictionKey.CLASSES)
    if classes is not None and classes.dtype != tf.string:
        classes = None
    scores = outputs.get(PredictionKey.SCORES, outputs.get(PredictionKey.PROBABILITIES))
    if classes is None and scores is None and len(outputs) == 1:
        (only,) = outputs.values()
        return (only, None) if only.dtype == tf.string else (None, only)
    return classes, scores
