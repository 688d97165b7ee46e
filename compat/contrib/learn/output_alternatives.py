"""What a model of `tf.contrib.learn` serves, and its translation to export outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import tensorflow as tf

from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.export.outputs import (
    ClassificationOutput,
    ExportOutput,
    PredictOutput,
    RegressionOutput,
)
from estimator_heads.heads.tasks import classification
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary

# From the name of a head, None if it has none, to its `ProblemType` and what it serves.
OutputAlternatives: TypeAlias = Mapping[Any, tuple[int, Mapping[str, tf.Tensor]]]

_CLASSIFICATIONS = (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION)


def of_classes(
    head_name: str | None,
    problem_type: int,
    predictions: Mapping[str, tf.Tensor],
    n_classes: int,
    vocabulary: LabelVocabulary | None = None,
) -> OutputAlternatives:
    """The output alternatives of a classifier: every class, as a string, with its probability."""
    probabilities = predictions[PredictionKey.PROBABILITIES]
    classes = classification.all_classes(probabilities, n_classes, vocabulary)
    if tf.compat.dimension_value(probabilities.shape[0]) is None and vocabulary is None:
        # Then the original's signatures do not tell how many classes there are either.
        classes = tf.compat.v1.placeholder_with_default(classes, [None, None])
    served = {PredictionKey.PROBABILITIES: probabilities, PredictionKey.CLASSES: classes}
    return {head_name: (problem_type, served)}


def export_outputs(
    output_alternatives: OutputAlternatives | None, default_key: str | None = None
) -> dict[str, ExportOutput] | None:
    """The export outputs of an EstimatorSpec for the output alternatives of a `ModelFnOps`.

    Args:
        output_alternatives: Dict from the name of a head to a tuple of a `ProblemType` and a dict
            of Tensors; or None.
        default_key: Name of the head that is served by default if there are several; the first
            one if it is None.

    Returns:
        A dict from names to `ExportOutput`s, with the default one under `serving_default` too if
        there are several; None if there are no alternatives.

    Raises:
        ValueError: If a problem type is unknown.
        KeyError: If there is no head of that name.
    """
    if not output_alternatives:
        return None
    outputs = {name: _output(*value) for name, value in output_alternatives.items()}
    serving_default = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    if len(outputs) == 1 or serving_default in outputs:
        return outputs
    if default_key is None:
        default_key = next(iter(outputs))
    if default_key not in outputs:
        raise KeyError(
            "Invalid value for argument `default_serving_output_alternative_key`. Expected the "
            f"name of a head, one of {list(outputs)}. Received: {default_key!r}."
        )
    return {**outputs, serving_default: outputs[default_key]}


def _output(problem_type, tensors):
    scores = tensors.get(PredictionKey.SCORES, tensors.get(PredictionKey.PROBABILITIES))
    if problem_type == ProblemType.LINEAR_REGRESSION:
        return RegressionOutput(scores)
    if problem_type in _CLASSIFICATIONS:
        classes = tensors.get(PredictionKey.CLASSES)
        if classes is not None and classes.dtype != tf.string:
            classes = None  # Classifications are served with strings or with scores alone.
        if scores is None and classes is None:
            return PredictOutput(tensors)
        return ClassificationOutput(scores=scores, classes=classes)
    if problem_type == ProblemType.UNSPECIFIED:
        return PredictOutput(tensors)
    raise ValueError(
        "Invalid problem type in `output_alternatives`. Expected one of "
        f"tf.contrib.learn.ProblemType. Received: {problem_type!r}."
    )
