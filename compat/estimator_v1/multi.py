"""multi_head: several TF1 heads on one model.

Reproduces `tf.contrib.estimator.multi_head` of TF 1.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads.compat.estimator_v1 import metric_ops
from estimator_heads.compat.estimator_v1.head import LossSpec, _Head, summary_key
from estimator_heads.heads import merging
from estimator_heads.heads.tasks import checks
from estimator_heads.keys import MetricKeys
from estimator_heads.model_fn import EstimatorSpec, ModeKeys
from estimator_heads.types import Features, Labels, Logits, Optimizer, TrainOpFn


def multi_head(heads: Sequence[_Head], head_weights: Sequence[float] | None = None) -> MultiHead:
    """A head for several objectives at once, each with its own head.

    The loss is the (weighted) sum of the heads' losses, metrics keep the heads' names behind
    theirs, predictions are keyed by tuples (head name, key), and the first head is served by
    default. Labels are a dict by head name; logits too, or one Tensor that is split.

    Args:
        heads: List or tuple of TF1 heads, all with different names.
        head_weights: List or tuple of one number for each head, by which its loss is multiplied.

    Returns:
        A `_Head`.

    Raises:
        ValueError: If there are no heads, one has no name, two have the same name, or there are
            more or fewer weights than heads.
    """
    return MultiHead(heads, head_weights)


class MultiHead(_Head):
    """See `multi_head`."""

    def __init__(self, heads: Sequence[_Head], head_weights: Sequence[float] | None = None) -> None:
        self._heads = merging.checked_heads(heads)
        self._head_weights = merging.checked_weights(head_weights, self._heads)

    @property
    def name(self) -> str:
        """Names of all heads, joined with underscores."""
        return "_".join(head.name for head in self._heads)

    @property
    def logits_dimension(self) -> int:
        """Sum of the heads' logits dimensions."""
        return sum(head.logits_dimension for head in self._heads)

    def create_loss(
        self, features: Features, mode: str, logits: Logits, labels: Labels
    ) -> LossSpec:
        """See `_Head.create_loss`. All but the training loss are dicts by head name."""
        logits = merging.logits_by_head(logits, self._heads)
        labels = merging.checked_labels(labels, self._heads)
        specs = {}
        for head in self._heads:
            name = head.name
            spec = head.create_loss(features, mode, logits[name], labels[name])
            specs[name] = LossSpec(*spec)  # Heads of users' own may return a plain tuple.
        weights = self._weights()
        return LossSpec(
            training_loss=merging.merged_loss(
                [spec.training_loss for spec in specs.values()], self._head_weights
            ),
            unreduced_loss={
                name: _times(spec.unreduced_loss, weights[name]) for name, spec in specs.items()
            },
            weights={name: _times(spec.weights, weights[name]) for name, spec in specs.items()},
            processed_labels={name: spec.processed_labels for name, spec in specs.items()},
        )

    def create_estimator_spec(  # type: ignore[override]  # TF1 has no regularization_losses here
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        train_op_fn: TrainOpFn | None = None,
    ) -> EstimatorSpec:
        """See `_Head.create_estimator_spec`."""
        checks.check_mode(mode)
        logits = merging.logits_by_head(logits, self._heads)
        labels = self._labels_by_head(labels, mode)
        specs = {
            head.name: head.create_estimator_spec(
                features=features,
                mode=mode,
                logits=logits[head.name],
                labels=labels[head.name],
                train_op_fn=lambda loss: tf.no_op(),
            )
            for head in self._heads
        }
        predictions = {
            (name, key): prediction
            for name, spec in specs.items()
            for key, prediction in spec.predictions.items()
        }
        if mode == ModeKeys.PREDICT:
            return EstimatorSpec(
                mode, predictions=predictions, export_outputs=merging.merged_export_outputs(specs)
            )
        metrics = _merged_metrics(specs, with_losses=mode == ModeKeys.EVAL)
        loss = merging.merged_loss([spec.loss for spec in specs.values()], self._head_weights)
        is_training = mode == ModeKeys.TRAIN
        return EstimatorSpec(
            mode,
            predictions=predictions,
            loss=loss,
            train_op=_train_op(loss, optimizer, train_op_fn) if is_training else None,
            eval_metric_ops=metrics,
        )

    def _labels_by_head(self, labels: Labels | None, mode: str) -> dict[str, Any]:
        """The labels; None for each head if there are none, as when predicting."""
        if isinstance(labels, dict) and not labels:
            labels = None
        if labels is None and mode == ModeKeys.PREDICT:
            return {head.name: None for head in self._heads}
        return merging.checked_labels(labels, self._heads)

    def _weights(self):
        weights = self._head_weights or [1.0] * len(self._heads)
        return {head.name: weight for head, weight in zip(self._heads, weights, strict=True)}


def _merged_metrics(specs, with_losses):
    """The metrics of all heads, each after the mean of its head's loss if that is wanted."""
    metrics = {}
    for name, spec in specs.items():
        if with_losses:
            metrics[summary_key(name, MetricKeys.LOSS)] = metric_ops.mean(spec.loss)
        metrics.update(spec.eval_metric_ops)
    return metrics


def _train_op(loss, optimizer, train_op_fn):
    train_op = optimizers.create_train_op(
        loss, optimizer=optimizer, train_op_fn=train_op_fn, scope=None, first_choice="minimize"
    )
    with tf.compat.v1.name_scope(""):
        tf.compat.v1.summary.scalar(MetricKeys.LOSS, loss)
    return train_op


def _times(value, weight):
    """A Tensor, or each of the Tensors in the dicts of a head that is a multi head itself."""
    return tf.nest.map_structure(lambda part: part * weight, value)
