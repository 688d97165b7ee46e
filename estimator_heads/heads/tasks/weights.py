"""Example weights, taken out of the features."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.heads.tasks import checks
from estimator_heads.types import Features, WeightColumn


def example_weights(
    features: Features | None,
    weight_column: WeightColumn | None,
    logits: tf.Tensor,
    per_logit: bool = False,
) -> tf.Tensor | float:
    """The weights of the examples in a batch, in a shape that broadcasts against losses.

    Args:
        features: Dict from feature names to Tensors; only looked at if there is a weight column.
        weight_column: None, the name of a feature, or a `tf.feature_column.numeric_column`, whose
            `normalizer_fn` is applied.
        logits: Tensor of shape [D0, ..., DN, logits_dimension].
        per_logit: Whether each logit may have a weight of its own (regression with several labels).

    Returns:
        1.0 without a weight column; else a float32 Tensor of shape [D0, ..., DN, 1], or of the
        shape of the logits.

    Raises:
        TypeError: `weight_column` is neither a string nor a NumericColumn.
        ValueError: The feature is missing, not numeric, or of a shape known not to fit.
    """
    if weight_column is None:
        return 1.0
    key, normalizer_fn = key_and_normalizer(weight_column)
    weights = _feature(features, key)
    if normalizer_fn is not None:
        weights = normalizer_fn(weights)
    if weights.dtype == tf.string:
        raise ValueError(
            f"Invalid dtype of the weight column {key!r}. Expected numbers. Received: "
            f"{weights.dtype.name}."
        )
    weights = tf.cast(weights, tf.float32, name="weights")
    return _fitted(weights, logits, key, per_logit)


def are_one(weights: tf.Tensor | float | None) -> bool:
    """Whether weights are the 1.0 that stands for none."""
    return isinstance(weights, (int, float)) and weights == 1


def key_and_normalizer(
    weight_column: WeightColumn,
) -> tuple[str, Callable[[tf.Tensor], tf.Tensor] | None]:
    """The name of the feature that a weight column is, and its `normalizer_fn` or None.

    Raises:
        TypeError: It is neither a string nor a NumericColumn.
    """
    if isinstance(weight_column, str):
        return weight_column, None
    numeric_column = type(tf.feature_column.numeric_column("unused"))
    if isinstance(weight_column, numeric_column):
        return weight_column.key, weight_column.normalizer_fn
    raise TypeError(
        "Invalid value for argument `weight_column`. Expected the name of a feature or a "
        f"tf.feature_column.numeric_column. Received: {weight_column!r} of type "
        f"{type(weight_column).__name__}."
    )


def _feature(features, key):
    names = sorted(features) if isinstance(features, dict) else features
    if not isinstance(features, dict) or key not in features:
        raise ValueError(
            f"The weight column {key!r} is not among the features. Expected a dict of features "
            f"that contains it. Received: {names}."
        )
    if isinstance(features[key], tf.SparseTensor | tf.compat.v1.SparseTensorValue):
        raise ValueError(
            f"Invalid value for the weight column {key!r}. Expected a dense Tensor of one weight "
            "per example; convert a SparseTensor with tf.sparse.to_dense. Received: "
            f"{features[key]}."
        )
    weights = tf.convert_to_tensor(features[key])
    if weights.shape.rank == 0:
        raise ValueError(
            f"Invalid shape of the weight column {key!r}. Expected one weight per example. "
            "Received: a scalar."
        )
    # As feature columns do: [batch_size] becomes [batch_size, 1].
    return tf.expand_dims(weights, -1) if weights.shape.rank == 1 else weights


def _fitted(weights, logits, key, per_logit):
    """Checks the shape of weights against logits, and adds the last dimension if it is missing."""
    weights = checks.with_rank_of(weights, logits)
    expected = "[D0, D1, ... DN] or [D0, D1, ... DN, 1]"
    last_dimension = 1
    if per_logit:
        expected += " or [D0, D1, ... DN, logits_dimension]"
        last_dimension = _last_dimension(weights, logits)
    return checks.with_shape_of(logits, weights, last_dimension, f"weight column {key!r}", expected)


def _last_dimension(weights, logits):
    """That of the logits if the weights have the same, else 1."""
    static = [shape[-1] if shape.rank else None for shape in (weights.shape, logits.shape)]
    if None not in static:
        return static[1] if static[0] == static[1] else 1
    dynamic = tf.shape(weights)[-1], tf.shape(logits)[-1]
    return tf.where(tf.equal(*dynamic), dynamic[1], 1)
