"""`tensorflow_estimator.python.estimator.canned.head`: the private heads of TF1.

They sum the losses of a batch by default, where those of `tf.contrib.estimator` average them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import tensorflow as tf

from estimator_heads.compat.estimator_v1 import factories, metric_ops
from estimator_heads.compat.estimator_v1.head import LossSpec, _Head
from estimator_heads.compat.estimator_v1.head import summary_key as _summary_key
from estimator_heads.compat.estimator_v1.single_task import (
    _BinaryLogisticHeadWithSigmoidCrossEntropyLoss,
    _MultiClassHeadWithSoftmaxCrossEntropyLoss,
    _RegressionHeadWithMeanSquaredErrorLoss,
    checked_loss_fn,
)
from estimator_heads.compat.sources import base_head
from estimator_heads.heads.tasks import arguments
from estimator_heads.keys import ServingKeys

__all__ = [
    "LossSpec",
    "_BinaryLogisticHeadWithSigmoidCrossEntropyLoss",
    "_Head",
    "_MultiClassHeadWithSoftmaxCrossEntropyLoss",
    "_RegressionHeadWithMeanSquaredErrorLoss",
    "_summary_key",
]

_AnyHead = TypeVar("_AnyHead", bound=_Head)

_SUM = tf.compat.v1.losses.Reduction.SUM

_DEFAULT_SERVING_KEY = ServingKeys.DEFAULT
_CLASSIFY_SERVING_KEY = ServingKeys.CLASSIFY
_REGRESS_SERVING_KEY = ServingKeys.REGRESS
_PREDICT_SERVING_KEY = ServingKeys.PREDICT

_check_dense_labels_match_logits_and_reshape = base_head.check_dense_labels_match_logits_and_reshape
_get_weights_and_check_match_logits = base_head.get_weights_and_check_match_logits
_check_logits_final_dim = base_head.check_logits_final_dim
_validate_n_classes = base_head.validate_n_classes
_call_loss_fn = base_head.call_loss_fn
_all_class_ids = base_head.all_class_ids
_all_classes = base_head.all_classes
_classification_output = base_head.classification_output
_create_eval_metrics_tuple = base_head.create_eval_metrics_tuple
_assert_range = base_head.check_label_range


def _validate_loss_fn_args(loss_fn):
    checked_loss_fn(loss_fn)
    base_head.validate_loss_fn_args(loss_fn)


def _summing(make_head: Callable[..., _AnyHead], name: str) -> Callable[..., _AnyHead]:
    return factories.with_default_reduction(make_head, _SUM, __name__, name)


_multi_class_head_with_softmax_cross_entropy_loss = _summing(
    factories.multi_class_head, "_multi_class_head_with_softmax_cross_entropy_loss"
)
_binary_logistic_head_with_sigmoid_cross_entropy_loss = _summing(
    factories.binary_classification_head, "_binary_logistic_head_with_sigmoid_cross_entropy_loss"
)
_regression_head = _summing(factories.regression_head, "_regression_head")
_poisson_regression_head = _summing(factories.poisson_regression_head, "_poisson_regression_head")


def _binary_logistic_or_multi_class_head(
    n_classes, weight_column, label_vocabulary, loss_reduction
):
    if arguments.checked_n_classes(n_classes, 2) == 2:
        return _binary_logistic_head_with_sigmoid_cross_entropy_loss(
            weight_column, label_vocabulary=label_vocabulary, loss_reduction=loss_reduction
        )
    return _multi_class_head_with_softmax_cross_entropy_loss(
        n_classes, weight_column, label_vocabulary, loss_reduction
    )


def _append_update_ops(train_op):
    """The train op, grouped with what is in the graph's collection UPDATE_OPS."""
    update_ops = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.UPDATE_OPS)
    return tf.group(train_op, *update_ops) if update_ops else train_op


def _indicator_labels_mean(labels, weights=None, name=None):
    with tf.compat.v1.name_scope(name, "labels_mean"):
        return metric_ops.mean(labels, weights)


def _predictions_mean(predictions, weights=None, name=None):
    with tf.compat.v1.name_scope(name, "predictions_mean"):
        return metric_ops.mean(predictions, weights)


def _accuracy_baseline(labels_mean):
    with tf.compat.v1.name_scope("accuracy_baseline"):
        return metric_ops.accuracy_baseline(labels_mean)


def _auc(labels, predictions, weights=None, curve="ROC", name=None):
    with tf.compat.v1.name_scope(name, "auc"):
        return metric_ops.auc(labels, predictions, weights, curve)


def _accuracy_at_threshold(labels, predictions, weights, threshold, name=None):
    with tf.compat.v1.name_scope(name, f"accuracy_at_{threshold}"):
        return metric_ops.accuracy(labels, predictions, weights, threshold)


def _precision_at_threshold(labels, predictions, weights, threshold, name=None):
    with tf.compat.v1.name_scope(name, f"precision_at_{threshold}"):
        return metric_ops.precision(labels, predictions, weights, threshold)


def _recall_at_threshold(labels, predictions, weights, threshold, name=None):
    with tf.compat.v1.name_scope(name, f"recall_at_{threshold}"):
        return metric_ops.recall(labels, predictions, weights, threshold)
