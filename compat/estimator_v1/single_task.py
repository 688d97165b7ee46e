"""The classes of TF1's heads for one task, with the constructors that subclasses call.

Reproduces the private classes of `tensorflow_estimator.python.estimator.canned.head` of TF 1.15,
which legacy code tests for and derives from: `create_loss`, `_eval_metric_ops` (with the original's
arguments) and `_create_tpu_estimator_spec` may be overridden, and the constructor's arguments are
private attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.compat.estimator_v1.task_head import TaskHead
from estimator_heads.heads.tasks import (
    BinaryClassTask,
    MultiClassTask,
    MultiLabelTask,
    RegressionTask,
    arguments,
    label_processing,
)
from estimator_heads.heads.tasks.metrics import EvalBatch
from estimator_heads.keys import PredictionKeys
from estimator_heads.types import LossFn, WeightColumn

_SUM = tf.compat.v1.losses.Reduction.SUM
_MEAN = tf.compat.v1.losses.Reduction.SUM_OVER_BATCH_SIZE


class _MultiClassHeadWithSoftmaxCrossEntropyLoss(TaskHead):
    """A head for one of several classes. See `estimator_heads.MultiClassHead`.

    Args:
        n_classes: Number of classes, greater than 2.
        weight_column: Name of the feature with the weights, or a numeric column.
        label_vocabulary: List or tuple of strings, which need not be `n_classes`.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`; see `TaskHead`.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        name: Name of the head.
    """

    def __init__(
        self,
        n_classes: int,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = _SUM,
        loss_fn: LossFn | None = None,
        name: str | None = None,
    ) -> None:
        arguments.check_label_vocabulary(label_vocabulary)
        hint = " (for 2 classes use binary_classification_head)"
        n_classes = arguments.checked_n_classes(n_classes, 3, hint)
        task = MultiClassTask(
            n_classes=n_classes,
            weight_column=weight_column,
            label_vocabulary=label_vocabulary,
            loss_fn=checked_loss_fn(loss_fn),
        )
        super().__init__(task, loss_reduction, name)
        self._n_classes = n_classes
        self._label_vocabulary = label_vocabulary

    def _label_ids(self, labels):
        """Class ids for labels of the right shape."""
        return label_processing.class_ids(labels, self._n_classes, self._task.vocabulary)

    def _eval_arguments(self, loss_spec, predictions, regularization_loss):
        return {
            "labels": loss_spec.processed_labels,
            "class_ids": predictions[PredictionKeys.CLASS_IDS],
            "weights": loss_spec.weights,
            "unreduced_loss": loss_spec.unreduced_loss,
            "regularization_loss": regularization_loss,
        }

    def _eval_metric_ops(  # type: ignore[override]  # the arguments of TF1
        self, labels, class_ids, weights, unreduced_loss, regularization_loss
    ):
        predictions = {PredictionKeys.CLASS_IDS: class_ids}
        batch = EvalBatch(labels, predictions, unreduced_loss, weights)
        return self._metric_ops(batch, regularization_loss)


class _MultiLabelHead(TaskHead):
    """A head for any number of classes at once. See `estimator_heads.MultiLabelHead`.

    Args:
        n_classes: Number of classes, greater than 1.
        weight_column: Name of the feature with the weights, or a numeric column.
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: List or tuple of `n_classes` strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`; see `TaskHead`.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        classes_for_class_based_metrics: Class ids or names with metrics of their own.
        name: Name of the head.
    """

    def __init__(
        self,
        n_classes: int,
        weight_column: WeightColumn | None = None,
        thresholds: Iterable[float] | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = _MEAN,
        loss_fn: LossFn | None = None,
        classes_for_class_based_metrics: Sequence[int] | Sequence[str] | None = None,
        name: str | None = None,
    ) -> None:
        hint = " (for 1 class use binary_classification_head)"
        n_classes = arguments.checked_n_classes(n_classes, 2, hint)
        arguments.check_label_vocabulary(label_vocabulary, n_classes)
        task = MultiLabelTask(
            n_classes=n_classes,
            weight_column=weight_column,
            thresholds=thresholds,
            label_vocabulary=label_vocabulary,
            loss_fn=checked_loss_fn(loss_fn),
            classes_for_class_based_metrics=classes_for_class_based_metrics,
        )
        super().__init__(task, loss_reduction, name)

    def _predictions(self, logits):
        """Without the names of the classes, as in TF1."""
        predictions = super()._predictions(logits)
        return {key: predictions[key] for key in ("logits", "probabilities")}


class _BinaryLogisticHeadWithSigmoidCrossEntropyLoss(TaskHead):
    """A head for two classes. See `estimator_heads.BinaryClassHead`.

    Args:
        weight_column: Name of the feature with the weights, or a numeric column.
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: List or tuple of two strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`; see `TaskHead`.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        name: Name of the head.
    """

    def __init__(
        self,
        weight_column: WeightColumn | None = None,
        thresholds: Iterable[float] | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = _SUM,
        loss_fn: LossFn | None = None,
        name: str | None = None,
    ) -> None:
        if label_vocabulary is not None and not isinstance(label_vocabulary, list | tuple):
            raise TypeError(
                "Invalid value for argument `label_vocabulary`. Expected a list or tuple of "
                f"strings. Received: {label_vocabulary!r} of type "
                f"{type(label_vocabulary).__name__}."
            )
        task = BinaryClassTask(
            weight_column=weight_column,
            thresholds=thresholds,
            label_vocabulary=label_vocabulary,
            loss_fn=checked_loss_fn(loss_fn),
        )
        super().__init__(task, loss_reduction, name)
        self._thresholds = task.thresholds
        self._label_vocabulary = label_vocabulary

    def _eval_arguments(self, loss_spec, predictions, regularization_loss):
        return {
            "labels": loss_spec.processed_labels,
            "logits": predictions[PredictionKeys.LOGITS],
            "logistic": predictions[PredictionKeys.LOGISTIC],
            "class_ids": predictions[PredictionKeys.CLASS_IDS],
            "weights": loss_spec.weights,
            "unreduced_loss": loss_spec.unreduced_loss,
            "regularization_loss": regularization_loss,
        }

    def _eval_metric_ops(  # type: ignore[override]  # the arguments of TF1
        self, labels, logits, logistic, class_ids, weights, unreduced_loss, regularization_loss
    ):
        predictions = {
            PredictionKeys.LOGITS: logits,
            PredictionKeys.LOGISTIC: logistic,
            PredictionKeys.CLASS_IDS: class_ids,
        }
        batch = EvalBatch(labels, predictions, unreduced_loss, weights)
        return self._metric_ops(batch, regularization_loss)


class _RegressionHeadWithMeanSquaredErrorLoss(TaskHead):
    """A head for numbers. See `estimator_heads.RegressionHead`.

    Args:
        label_dimension: Number of values predicted per example.
        weight_column: Name of the feature with the weights, or a numeric column.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`; see `TaskHead`.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        inverse_link_fn: Function from logits to predictions.
        name: Name of the head.
    """

    def __init__(
        self,
        label_dimension: int,
        weight_column: WeightColumn | None = None,
        loss_reduction: str = _SUM,
        loss_fn: LossFn | None = None,
        inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
        name: str | None = None,
    ) -> None:
        task = RegressionTask(
            label_dimension=label_dimension,
            weight_column=weight_column,
            loss_fn=checked_loss_fn(loss_fn),
            inverse_link_fn=inverse_link_fn,
        )
        self._set_up(task, loss_reduction, name)

    @classmethod
    def for_task(
        cls, task: RegressionTask, loss_reduction: str, name: str | None
    ) -> _RegressionHeadWithMeanSquaredErrorLoss:
        """The head for a `RegressionTask` with a loss of its own."""
        head = cls.__new__(cls)
        head._set_up(task, loss_reduction, name)
        return head

    def _set_up(self, task, loss_reduction, name):
        super().__init__(task, loss_reduction, name)
        self._logits_dimension = task.logits_dimension
        self._inverse_link_fn = task.inverse_link_fn

    def _eval_arguments(self, loss_spec, predictions, regularization_loss):
        return {
            "predicted_value": predictions[PredictionKeys.PREDICTIONS],
            "labels": loss_spec.processed_labels,
            "weights": loss_spec.weights,
            "unreduced_loss": loss_spec.unreduced_loss,
            "regularization_loss": regularization_loss,
        }

    def _eval_metric_ops(  # type: ignore[override]  # the arguments of TF1
        self, predicted_value, labels, weights, unreduced_loss, regularization_loss
    ):
        predictions = {PredictionKeys.PREDICTIONS: predicted_value}
        batch = EvalBatch(labels, predictions, unreduced_loss, weights)
        return self._metric_ops(batch, regularization_loss)


def checked_loss_fn(loss_fn: LossFn | None) -> LossFn | None:
    """`loss_fn`; ValueError if it asks for the loss reduction, as it may in TF2.

    The loss reductions of TF1 are others than those of the task.
    """
    if loss_fn and "loss_reduction" in fn_args(loss_fn):
        raise ValueError(
            "Invalid value for argument `loss_fn`. Expected a function of labels, logits and, "
            f"optionally, features. Received a function of {fn_args(loss_fn)}."
        )
    return loss_fn
