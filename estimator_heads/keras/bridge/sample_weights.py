"""Weights of examples, from the features to where Keras looks for them."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.heads import Head
from estimator_heads.keras.bridge import heads


def with_sample_weights(head: Head, dataset: tf.data.Dataset) -> tf.data.Dataset:
    """A dataset for `fit` and `evaluate`, of what an input_fn gives to an Estimator.

    Args:
        head: A head.
        dataset: `tf.data.Dataset` of (features, labels), whose features are a dict.

    Returns:
        A `tf.data.Dataset` of (features, labels, weights). The weights are what the features have
        under the head's `weight_column`, and have no more, since Keras 3 takes no features but the
        model's; for a `MultiHead` a dict by head name, with ones for heads without such a column.
        If there is no weight column at all, `dataset` as it is.

    Raises:
        TypeError: `head` is no head of this package, or `dataset` no dataset.
        ValueError: The features lack the weight column, or there are no labels.
    """
    heads.check_is_head(head)
    if not isinstance(dataset, tf.data.Dataset):
        raise TypeError(
            "Invalid value for argument `dataset`. Expected a tf.data.Dataset of (features, "
            f"labels). Received: {dataset!r} of type {type(dataset).__name__}."
        )
    keys = {name: heads.weight_key(part) for name, part in heads.parts(head).items()}
    weight_keys = set(filter(None, keys.values()))
    if not weight_keys:
        return dataset
    if not isinstance(dataset.element_spec, tuple) or len(dataset.element_spec) != 2:
        raise ValueError(
            "Invalid value for argument `dataset`. Expected elements (features, labels). Received "
            f"elements of {dataset.element_spec}."
        )
    _check_features(dataset.element_spec[0], weight_keys)

    def add_weights(features, labels):
        weights = {
            name: _ones(labels[name]) if key is None else features[key]
            for name, key in keys.items()
        }
        features = {name: value for name, value in features.items() if name not in weight_keys}
        return features, labels, weights[None] if None in weights else weights

    return dataset.map(add_weights)


def _check_features(features, weight_keys):
    for key in weight_keys:
        if not isinstance(features, dict) or key not in features:
            names = sorted(features) if isinstance(features, dict) else features
            raise ValueError(
                f"The weight column {key!r} is not among the features. Expected a dict of features "
                f"that contains it. Received: {names}."
            )


def _ones(labels):
    return tf.ones([tf.shape(labels)[0]])
