"""TaskHead: the TF1 flow from logits to EstimatorSpec, around a task."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads.compat.estimator_v1 import metric_ops
from estimator_heads.compat.estimator_v1.head import LossSpec, _Head, summary_key
from estimator_heads.heads.tasks import Task, checks, losses
from estimator_heads.heads.tasks.metrics import EvalBatch
from estimator_heads.keys import MetricKeys
from estimator_heads.model_fn import ModeKeys, _TPUEstimatorSpec
from estimator_heads.types import Features, Labels, Logits, Optimizer, TrainOpFn

_REDUCTIONS = tuple(
    reduction  # dict.fromkeys() leaves one of the two names for one reduction
    for reduction in dict.fromkeys(tf.compat.v1.losses.Reduction.all())
    if reduction != tf.compat.v1.losses.Reduction.NONE
)


class TaskHead(_Head):
    """A TF1 head for one task.

    Args:
        task: A `Task` of `estimator_heads.heads.tasks`.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`. With NONE, a subclass must reduce
            the loss in its `create_loss`.
        name: Name of the head, or None.
    """

    def __init__(self, task: Task, loss_reduction: str, name: str | None) -> None:
        self._task = task
        self._loss_reduction = loss_reduction
        # Subclasses of users' own read these.
        self._weight_column = task.weight_column
        self._loss_fn = task.loss_fn
        self._name = name

    @property
    def name(self) -> str | None:
        """See `_Head.name`."""
        return self._name

    @property
    def logits_dimension(self) -> int:
        """See `_Head.logits_dimension`."""
        return self._task.logits_dimension

    def create_loss(
        self, features: Features, mode: str, logits: Logits, labels: Labels
    ) -> LossSpec:
        """See `_Head.create_loss`."""
        del mode  # The same loss is trained on and reported.
        logits = checks.checked_logits(logits, self.logits_dimension)
        labels = self._task.processed_labels(labels, logits)
        unreduced_loss = self._task.unreduced_loss(labels, logits, features)
        weights = self._task.weights(features, logits)
        training_loss = tf.compat.v1.losses.compute_weighted_loss(
            unreduced_loss, weights, reduction=self._loss_reduction
        )
        return LossSpec(training_loss, unreduced_loss, weights, labels)

    def _create_tpu_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        train_op_fn: TrainOpFn | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> _TPUEstimatorSpec:
        checks.check_mode(mode)
        with tf.compat.v1.name_scope(self.name, "head"):
            predictions = self._predictions(logits)
            if mode == ModeKeys.PREDICT:
                return _TPUEstimatorSpec(
                    mode,
                    predictions=predictions,
                    export_outputs=self._task.export_outputs(predictions),
                )
            loss_spec = self.create_loss(features, mode, logits, labels)
            loss = losses.regularized(loss_spec.training_loss, regularization_losses)
            if mode == ModeKeys.EVAL:
                regularization_loss = losses.total_regularization(regularization_losses)
                arguments = self._eval_arguments(loss_spec, predictions, regularization_loss)
                return _TPUEstimatorSpec(
                    mode,
                    predictions=predictions,
                    loss=loss,
                    eval_metrics=(self._eval_metric_ops, arguments),
                )
            train_op = optimizers.create_train_op(
                loss,
                optimizer=optimizer,
                train_op_fn=train_op_fn,
                update_ops=tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.UPDATE_OPS),
                averaged=not self._sums(),
                scope=None,
                first_choice="minimize",
            )
            mean_loss = _mean_loss(loss_spec) if self._sums() else None
        self._add_summaries(loss, mean_loss, regularization_losses)
        return _TPUEstimatorSpec(mode, predictions=predictions, loss=loss, train_op=train_op)

    def _predictions(self, logits):
        return self._task.predictions(checks.checked_logits(logits, self.logits_dimension))

    def _sums(self):
        return self._loss_reduction == tf.compat.v1.losses.Reduction.SUM

    def _eval_arguments(self, loss_spec, predictions, regularization_loss):
        """The arguments of `_eval_metric_ops`, by name."""
        return {
            "loss_spec": loss_spec,
            "predictions": predictions,
            "regularization_loss": regularization_loss,
        }

    def _eval_metric_ops(self, loss_spec, predictions, regularization_loss):
        """Dict of pairs of value and update op."""
        batch = EvalBatch(
            loss_spec.processed_labels, predictions, loss_spec.unreduced_loss, loss_spec.weights
        )
        return self._metric_ops(batch, regularization_loss)

    def _metric_ops(self, batch, regularization_loss):
        with tf.compat.v1.name_scope("metrics"):
            metrics = {
                summary_key(self.name, metric.key): metric_ops.value_and_update(metric, batch)
                for metric in self._task.metrics()
            }
            if regularization_loss is not None:
                key = summary_key(self.name, MetricKeys.LOSS_REGULARIZATION)
                metrics[key] = metric_ops.mean(regularization_loss)
        return metrics

    def _add_summaries(self, loss, mean_loss, regularization_losses):
        values = {
            MetricKeys.LOSS: loss,
            MetricKeys.LOSS_MEAN: mean_loss,
            MetricKeys.LOSS_REGULARIZATION: losses.total_regularization(regularization_losses),
        }
        with tf.compat.v1.name_scope(""):
            for key, value in values.items():
                if value is not None:
                    tf.compat.v1.summary.scalar(summary_key(self.name, key), value)


def check_loss_reduction(loss_reduction: object) -> None:
    """Raises ValueError unless `loss_reduction` is one of TF1's that gives a scalar.

    Only the functions that make heads check it, as in TF1; the classes leave it to subclasses.
    """
    if loss_reduction not in _REDUCTIONS:
        raise ValueError(
            f"Invalid value for argument `loss_reduction`. Expected one of {_REDUCTIONS}, as in "
            f"tf.compat.v1.losses.Reduction. Received: {loss_reduction!r}."
        )


def _mean_loss(loss_spec):
    """Loss of an average example, for TensorBoard, where the training loss is a sum."""
    weights = loss_spec.weights * tf.ones_like(loss_spec.unreduced_loss, tf.float32)
    return tf.cast(loss_spec.training_loss, tf.float32) / tf.reduce_sum(weights)
