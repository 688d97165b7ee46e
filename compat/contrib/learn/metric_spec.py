"""`MetricSpec`: which predictions, labels and weights a metric function is given."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.types import Features, Labels, MetricFn

_LABELS = ("labels", "label", "targets", "target")
_PREDICTIONS = ("predictions", "prediction", "logits", "logit")
_WEIGHTS = ("weights", "weight")


class MetricSpec:
    """Connects a metric function with the features, labels and predictions of a model.

    Reproduces `tf.contrib.learn.MetricSpec` of TF 1.15.

    >>> spec = MetricSpec(lambda labels, predictions: (labels, predictions), prediction_key="p")
    >>> spec.create_metric_ops(inputs={}, labels=1, predictions={"p": 2, "other": 3})
    (1, 2)

    Args:
        metric_fn: Function that returns a Tensor, or a tuple of a value Tensor and an update op.
            It is given labels under the name `labels`, `label`, `targets` or `target`, predictions
            as `predictions`, `prediction`, `logits`, `logit`, else as its first argument that is no
            label, and weights as `weights` or `weight`, each of them if it takes it.
        prediction_key: Key of the predictions; None if there is only one.
        label_key: Key of the labels; None if there is only one.
        weight_key: Name of the feature with the weights; None for none.

    Raises:
        ValueError: `metric_fn` takes two names for one thing, or lacks one that is needed.
    """

    def __init__(
        self,
        metric_fn: MetricFn,
        prediction_key: str | None = None,
        label_key: str | None = None,
        weight_key: str | None = None,
    ) -> None:
        self._name = _name(metric_fn)
        self._metric_fn = _with_standard_arguments(
            metric_fn, self._name, label_key is not None, weight_key is not None
        )
        self._prediction_key = prediction_key
        self._label_key = label_key
        self._weight_key = weight_key

    @property
    def prediction_key(self) -> str | None:
        """Key of the predictions."""
        return self._prediction_key

    @property
    def label_key(self) -> str | None:
        """Key of the labels."""
        return self._label_key

    @property
    def weight_key(self) -> str | None:
        """Name of the feature with the weights."""
        return self._weight_key

    @property
    def metric_fn(self) -> MetricFn:
        """The metric function, as one of `labels`, `predictions` and `weights`, by name."""
        return self._metric_fn

    def __str__(self):
        return (
            f"MetricSpec(metric_fn={self._name}, prediction_key={self.prediction_key}, "
            f"label_key={self.label_key}, weight_key={self.weight_key})"
        )

    def create_metric_ops(
        self,
        inputs: Features,
        labels: Labels | None,
        predictions: tf.Tensor | Mapping[str, tf.Tensor],
    ) -> Any:
        """What the metric function returns for one batch.

        Args:
            inputs: Dict of features.
            labels: Tensor, or dict of Tensors.
            predictions: Tensor, or dict of Tensors.

        Raises:
            ValueError: If a key was given for something that is not a dict, or none for a dict of
                several.
            KeyError: There is nothing under a key.
        """
        weights = None
        if self.weight_key:
            weights = _chosen("weight", inputs, self.weight_key)
        return self.metric_fn(
            labels=_chosen("label", labels, self.label_key),
            predictions=_chosen("prediction", predictions, self.prediction_key),
            weights=weights,
        )


def _with_standard_arguments(metric_fn, name, needs_labels, needs_weights):
    args = fn_args(metric_fn)
    labels_arg = _argument(name, args, _LABELS, needs_labels)
    predictions_arg = _argument(name, args, _PREDICTIONS, False)
    weights_arg = _argument(name, args, _WEIGHTS, needs_weights)

    @functools.wraps(metric_fn, assigned=("__doc__",), updated=())
    def called_by_name(*unnamed, labels=None, predictions=None, weights=None):
        if unnamed:
            raise ValueError(
                f"{name} takes keyword arguments only: labels=, predictions= and optionally "
                f"weights=. Received: {unnamed}."
            )
        by_name = {} if weights is None else {weights_arg: weights}
        if predictions_arg:
            by_name[predictions_arg] = predictions
        if labels_arg and (predictions_arg or labels_arg != args[0]):
            by_name[labels_arg] = labels
        by_position: tuple[Any, ...] = () if predictions_arg else (predictions,)
        if labels_arg and labels_arg not in by_name:
            by_position = (labels, predictions)
        return metric_fn(*by_position, **by_name)

    return called_by_name


def _argument(name, args, candidates, is_needed):
    found = [arg for arg in args if arg in candidates]
    if len(found) > 1 or (is_needed and not found):
        raise ValueError(
            f"Invalid value for argument `metric_fn`. Expected a function with one of the "
            f"arguments {candidates}. The function {name} takes {list(args)}."
        )
    return found[0] if found else None


def _chosen(what, values, key):
    if not key:
        if not isinstance(values, dict):
            return values
        if len(values) == 1:
            return next(iter(values.values()))
        raise ValueError(
            f"Missing {what}_key of the MetricSpec. Expected one of the keys {list(values)}, "
            f"because there are several. Received: {what}_key={key!r}."
        )
    if not isinstance(values, dict):
        raise ValueError(
            f"Invalid value for {what}_key of the MetricSpec. Expected None, because there is a "
            f"single Tensor, not a dict. Received: {what}_key={key!r}."
        )
    if key not in values:
        raise KeyError(
            f"Invalid value for {what}_key of the MetricSpec. Expected one of the keys "
            f"{list(values)}. Received: {what}_key={key!r}."
        )
    return values[key]


def _name(metric_fn):
    while isinstance(metric_fn, functools.partial):
        metric_fn = metric_fn.func
    return getattr(metric_fn, "__name__", str(metric_fn))
