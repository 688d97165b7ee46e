"""What is fed to a session bundle, and what is fetched: functions that make its signatures.

Each takes the placeholder of the serialized examples, the features and the predictions, and returns
a tuple of the default signature and a dict of named ones. They reproduce those of
`tensorflow.contrib.learn.python.learn.utils.export` of TF 1.15.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.keys import PredictionKey
from estimator_heads.compat.contrib.learn.session_bundles import manifest


def generic_signature_fn(
    examples: tf.Tensor | None, unused_features: Any, predictions: tf.Tensor | dict[str, tf.Tensor]
) -> tuple[Any, dict[str, Any]]:
    """All predictions, by name, of "inputs".

    Args:
        examples: Tensor of the input.
        unused_features: Not used.
        predictions: Tensor, named "outputs", or dict of tensors.

    Returns:
        A tuple (default signature, {}).

    Raises:
        ValueError: If there is no `examples`.
    """
    if not isinstance(predictions, dict):
        predictions = {"outputs": predictions}
    signature = manifest.Signature()
    for name, tensor in {"inputs": _checked(examples), **predictions}.items():
        signature.generic_signature.map[name].tensor_name = tensor.name
    return signature, {}


def classification_signature_fn(
    examples: tf.Tensor | None, unused_features: Any, predictions: tf.Tensor | dict[str, tf.Tensor]
) -> tuple[Any, dict[str, Any]]:
    """A classification that has classes.

    Args:
        examples: Tensor of the input.
        unused_features: Not used.
        predictions: Tensor of classes, or dict with "classes".

    Returns:
        A tuple (default signature, {}).

    Raises:
        ValueError: If there is no `examples`.
    """
    return _classification("classes", examples, predictions, PredictionKey.CLASSES)


def classification_signature_fn_with_prob(
    examples: tf.Tensor | None, unused_features: Any, predictions: tf.Tensor | dict[str, tf.Tensor]
) -> tuple[Any, dict[str, Any]]:
    """A classification that has scores.

    Args:
        examples: Tensor of the input.
        unused_features: Not used.
        predictions: Tensor of scores, or dict with "probabilities".

    Returns:
        A tuple (default signature, {}).

    Raises:
        ValueError: If there is no `examples`.
    """
    return _classification("scores", examples, predictions, PredictionKey.PROBABILITIES)


def regression_signature_fn(
    examples: tf.Tensor | None, unused_features: Any, predictions: tf.Tensor
) -> tuple[Any, dict[str, Any]]:
    """A regression.

    Args:
        examples: Tensor of the input.
        unused_features: Not used.
        predictions: Tensor of values.

    Returns:
        A tuple (default signature, {}).

    Raises:
        ValueError: If there is no `examples`.
    """
    signature = manifest.Signature()
    signature.regression_signature.input.tensor_name = _checked(examples).name
    signature.regression_signature.output.tensor_name = predictions.name
    return signature, {}


def logistic_regression_signature_fn(
    examples: tf.Tensor | None, unused_features: Any, predictions: tf.Tensor | dict[str, tf.Tensor]
) -> tuple[Any, dict[str, Any]]:
    """A regression whose values are the probabilities of the positive class.

    Args:
        examples: Tensor of the input.
        unused_features: Not used.
        predictions: Tensor of probabilities [batch, 2], or dict with "probabilities".

    Returns:
        A tuple (default signature, {}).

    Raises:
        ValueError: If there is no `examples`, or probabilities have another shape.
    """
    probabilities = _chosen(predictions, PredictionKey.PROBABILITIES)
    if probabilities.shape.rank != 2 or probabilities.shape[1] != 2:
        raise ValueError(
            "Invalid value for argument `predictions`. Expected probabilities of shape [batch, 2]. "
            f"Received: {probabilities}."
        )
    return regression_signature_fn(examples, unused_features, probabilities[:, 1])


def _classification(part, examples, predictions, key):
    signature = manifest.Signature()
    classification = signature.classification_signature
    classification.input.tensor_name = _checked(examples).name
    getattr(classification, part).tensor_name = _chosen(predictions, key).name
    return signature, {}


def _chosen(predictions, key):
    return predictions[key] if isinstance(predictions, dict) else predictions


def _checked(examples):
    if examples is None:
        raise ValueError(
            "This signature function needs the tensor that is fed. With "
            "use_deprecated_input_fn=False, name it among the features by `input_feature_key`. "
            "Received: examples=None."
        )
    return examples
