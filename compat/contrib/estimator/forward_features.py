"""Estimators made from other Estimators, with features among the predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.estimator.estimator import Estimator
from estimator_heads.export.outputs import PredictOutput
from estimator_heads.keys import ServingKeys


def forward_features(
    estimator: Estimator,
    keys: str | list[str] | tuple[str, ...] | None = None,
    sparse_default_values: Mapping[str, Any] | None = None,
) -> Estimator:
    """A new Estimator that has features among its predictions, such as an id to join them by.

    Args:
        estimator: The Estimator whose model, model_dir and config the new one has. Its predictions
            must be a dict.
        keys: Names of the features: a string or a list of strings. All of them by default.
        sparse_default_values: Dict from names of sparse features to the value that fills the gaps
            when they are made dense.

    Returns:
        An `Estimator`. What it serves by default and as `predict` has the features too, if it is a
        `PredictOutput`.

    Raises:
        TypeError: If `keys` have the wrong type.
        ValueError: Later, when the model is built: a key is not among the features or is among the
            predictions already, or a feature is sparse and has no default value.
    """
    keys = _checked_keys(keys)

    def model_fn(features, labels, mode, config):
        spec = estimator.model_fn(features, labels, mode, config)
        forwarded = {
            key: _dense_feature(features, key, sparse_default_values)
            for key in (features if keys is None else keys)
        }
        _check_predictions(spec.predictions, forwarded)
        return spec._replace(
            predictions={**spec.predictions, **forwarded},
            export_outputs=_with_features(spec.export_outputs, forwarded),
        )

    return Estimator(model_fn=model_fn, model_dir=estimator.model_dir, config=estimator.config)


def _checked_keys(keys):
    if keys is None or isinstance(keys, str):
        return keys if keys is None else [keys]
    if not isinstance(keys, list | tuple) or not all(isinstance(key, str) for key in keys):
        raise TypeError(
            "Invalid value for argument `keys`. Expected a string or a list of strings. Received: "
            f"{keys!r} of type {type(keys).__name__}."
        )
    return list(keys)


def _dense_feature(features, key, sparse_default_values):
    if key not in features:
        raise ValueError(
            f"Invalid value for argument `keys` of forward_features. Expected some of the features "
            f"{sorted(features)}. Received: {key!r}."
        )
    feature = features[key]
    default = (sparse_default_values or {}).get(key)
    if isinstance(feature, tf.SparseTensor):
        if default is None:
            raise ValueError(
                f"The feature {key!r} is sparse and cannot be among the predictions. Give it a "
                "default value in `sparse_default_values` of forward_features, or leave it out of "
                "`keys`."
            )
        return tf.sparse.to_dense(feature, default_value=default)
    if default is not None:
        raise ValueError(
            "Invalid value for argument `sparse_default_values`. Expected names of sparse "
            f"features. Received {key!r}, which is dense."
        )
    return tf.convert_to_tensor(feature)


def _check_predictions(predictions, forwarded):
    if not isinstance(predictions, dict):
        raise ValueError(
            "forward_features needs a model whose predictions are a dict. Received: "
            f"{predictions!r}."
        )
    taken = sorted(set(forwarded) & set(predictions))
    if taken:
        raise ValueError(
            f"The features {taken} have the same names as existing predictions. Leave them out of "
            f"`keys` of forward_features. The predictions are {list(predictions)}."
        )


def _with_features(outputs, forwarded):
    """Export outputs, with features added to those under two of the names."""
    outputs = dict(outputs or {})
    served = [outputs.get(name) for name in (ServingKeys.DEFAULT, ServingKeys.PREDICT)]
    for name, output in outputs.items():
        # One output may stand under further names.
        if isinstance(output, PredictOutput) and any(output is one for one in served):
            outputs[name] = PredictOutput({**output.outputs, **forwarded})
    return outputs or None
