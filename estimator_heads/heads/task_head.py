"""TaskHead: the flow from logits to EstimatorSpec that the heads for one task share."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads.heads.base import Head
from estimator_heads.heads.shared_results import SharedResults, once
from estimator_heads.heads.tasks import arguments, checks, losses, metrics
from estimator_heads.heads.tasks.base import Task
from estimator_heads.keys import MetricKeys
from estimator_heads.model_fn import ModeKeys, _TPUEstimatorSpec
from estimator_heads.types import Features, Metric, Optimizer, TensorLike, TrainOpFn


class TaskAttribute:
    """A private attribute of the original heads, which legacy subclasses read and set.

    It is a field of the head's task; setting it gives the head another task.

    Args:
        field: Name of the field.
    """

    def __init__(self, field: str) -> None:
        self._field = field

    def __get__(self, head: TaskHead | None, owner: type | None = None) -> Any:
        return self if head is None else getattr(head._task, self._field)

    def __set__(self, head: TaskHead, value: Any) -> None:
        head._task = dataclasses.replace(head._task, **{self._field: value})


class TaskHead(Head):
    """The flow shared by the heads for one task.

    Subclasses of users' own may override `_processed_labels` and `_unweighted_loss_and_weights`,
    as they could in the originals.

    Args:
        task: The `Task`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        name: Name of the head, or None.
    """

    _weight_column = TaskAttribute("weight_column")
    _loss_fn = TaskAttribute("loss_fn")

    def __init__(self, task: Task, loss_reduction: str, name: str | None) -> None:
        self._task = task
        self._loss_reduction = loss_reduction
        self._name = name

    @property
    def name(self) -> str | None:
        """See `Head.name`."""
        return self._name

    @property
    def logits_dimension(self) -> int:
        """See `Head.logits_dimension`."""
        return self._task.logits_dimension

    @property
    def loss_reduction(self) -> str:
        """See `Head.loss_reduction`."""
        return self._loss_reduction

    def _processed_labels(self, logits, labels):
        """Labels as the loss and the metrics want them, checked."""
        return self._task.processed_labels(labels, logits)

    def _unweighted_loss_and_weights(self, logits, labels, features):
        """The loss of each label, and the weights to multiply them with."""
        loss = self._task.unreduced_loss(labels, logits, features, self._loss_reduction)
        return loss, self._task.weights(features, logits)

    def predictions(
        self, logits: TensorLike, keys: Sequence[str] | None = None
    ) -> dict[str, tf.Tensor]:
        """See `Head.predictions`."""
        # A copy, since overriding methods add to it.
        return dict(self._once(self._task_predictions, logits, keys))

    def loss(
        self,
        labels: TensorLike,
        logits: TensorLike,
        features: Features | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """See `Head.loss`."""
        del mode  # The same loss is trained on and reported.
        with tf.compat.v1.name_scope("losses"):
            training_loss = self._once(self._training_loss, labels, logits, features)
            return losses.regularized(training_loss, regularization_losses)

    def metrics(
        self, regularization_losses: Sequence[tf.Tensor] | None = None
    ) -> dict[str, Metric]:
        """See `Head.metrics`."""
        with tf.compat.v1.name_scope("metrics"):
            made = {
                self._summary_key(metric.key): metric.new(self._summary_key)
                for metric in self._task.metrics()
            }
            if regularization_losses:
                key = MetricKeys.LOSS_REGULARIZATION
                made[self._summary_key(key)] = metrics.new_mean(key)
        return made

    # Without `mode`, as in the original.
    def update_metrics(  # type: ignore[override]
        self,
        eval_metrics: dict[str, Metric],
        features: Features,
        logits: TensorLike,
        labels: TensorLike,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Metric]:
        """See `Head.update_metrics`."""
        parts = self._once(self._loss_parts, labels, logits, features)
        batch = metrics.EvalBatch(
            parts.labels, self.predictions(logits), parts.unreduced_loss, parts.weights
        )
        for metric in self._task.metrics():
            metric.update(eval_metrics[self._summary_key(metric.key)], batch)
        if regularization_losses:
            metrics.update_state(
                eval_metrics[self._summary_key(MetricKeys.LOSS_REGULARIZATION)],
                losses.total_regularization(regularization_losses),
            )
        return eval_metrics

    def _create_tpu_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: TensorLike,
        labels: TensorLike | None = None,
        optimizer: Optimizer | None = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: TrainOpFn | None = None,
        update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> _TPUEstimatorSpec:
        checks.check_mode(mode)
        results = SharedResults()
        with (
            tf.compat.v1.name_scope(self._name, "head"),
            results.in_use() if mode == ModeKeys.EVAL else contextlib.nullcontext(),
        ):
            predictions = self.predictions(logits)
            if mode == ModeKeys.PREDICT:
                return _TPUEstimatorSpec(
                    mode=mode,
                    predictions=predictions,
                    export_outputs=self._task.export_outputs(predictions),
                )
            loss = self.loss(
                labels=labels,
                logits=logits,
                features=features,
                mode=mode,
                regularization_losses=regularization_losses,
            )
            if mode == ModeKeys.EVAL:
                update = {
                    "eval_metrics": self.metrics(regularization_losses=regularization_losses),
                    "features": features,
                    "logits": logits,
                    "labels": labels,
                    "regularization_losses": regularization_losses,
                }
                return _TPUEstimatorSpec(
                    mode=mode,
                    predictions=predictions,
                    loss=loss,
                    eval_metrics=(results.used_by(self.update_metrics), update),
                )
            train_op = optimizers.create_train_op(
                loss,
                optimizer=optimizer,
                trainable_variables=trainable_variables,
                train_op_fn=train_op_fn,
                update_ops=update_ops,
                averaged=self.loss_reduction != arguments.SUM,
            )
        add_loss_summaries(loss, regularization_losses, self._summary_key)
        return _TPUEstimatorSpec(mode=mode, predictions=predictions, loss=loss, train_op=train_op)

    def _checked_logits(self, logits):
        return checks.checked_logits(logits, self.logits_dimension)

    def _task_predictions(self, logits, keys):
        return self._task.predictions(self._checked_logits(logits), keys)

    def _loss_parts(self, labels, logits, features):
        logits = self._checked_logits(logits)
        labels = self._processed_labels(logits, labels)
        return _LossParts(labels, *self._unweighted_loss_and_weights(logits, labels, features))

    def _training_loss(self, labels, logits, features):
        _, unreduced_loss, weights = self._once(self._loss_parts, labels, logits, features)
        return losses.reduce_loss(unreduced_loss, weights, self._loss_reduction)

    def _once(self, compute, *arguments):
        # What a subclass of a user's own overrides is called as often as it would be without this.
        return once(compute, *arguments) if is_ours(self) else compute(*arguments)


class _LossParts(NamedTuple):
    """What the training loss is made of."""

    labels: tf.Tensor
    unreduced_loss: tf.Tensor
    weights: tf.Tensor | float


def is_ours(head: object) -> bool:
    """Whether it is a `TaskHead` of this package as it stands, with nothing overridden."""
    return isinstance(head, TaskHead) and type(head).__module__.startswith(f"{__package__}.")


def add_loss_summaries(
    loss: tf.Tensor,
    regularization_losses: Sequence[tf.Tensor] | None = None,
    summary_key: Callable[[str], str] = str,
) -> None:
    """Scalar summaries of the loss and of its regularization, for TensorBoard."""
    with tf.compat.v1.name_scope(""):
        tf.compat.v1.summary.scalar(summary_key(MetricKeys.LOSS), loss)
        if regularization_losses:
            tf.compat.v1.summary.scalar(
                summary_key(MetricKeys.LOSS_REGULARIZATION),
                losses.total_regularization(regularization_losses),
            )
