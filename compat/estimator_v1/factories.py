"""The functions that make TF1 heads, with TF1's arguments, in TF1's order.

`tf.contrib.estimator` and the canned heads of TF1 have the same ones under other names, and with
another default of `loss_reduction`; here it has none.
"""

from estimator_heads.compat.estimator_v1.single_task import (
    _BinaryLogisticHeadWithSigmoidCrossEntropyLoss,
    _MultiClassHeadWithSoftmaxCrossEntropyLoss,
    _RegressionHeadWithMeanSquaredErrorLoss,
    checked_loss_fn,
)
from estimator_heads.compat.estimator_v1.task_head import MultiLabelTaskHead, check_loss_reduction
from estimator_heads.heads import arguments
from estimator_heads.heads.tasks import (
    MultiLabelTask,
    logistic_regression_task,
    poisson_regression_task,
)


def multi_class_head(n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name):
    """A head for one of several classes. See `estimator_heads.MultiClassHead`.

    Args:
        n_classes: number of classes, greater than 2.
        weight_column: name of the feature with the weights, or a numeric column.
        label_vocabulary: list or tuple of strings, which need not be `n_classes`.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: function of `labels`, `logits` and optionally `features`.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _MultiClassHeadWithSoftmaxCrossEntropyLoss(
        n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name
    )


def binary_classification_head(
    weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name
):
    """A head for two classes. See `estimator_heads.BinaryClassHead`.

    Args:
        weight_column: name of the feature with the weights, or a numeric column.
        thresholds: numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: list or tuple of two strings.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: function of `labels`, `logits` and optionally `features`.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _BinaryLogisticHeadWithSigmoidCrossEntropyLoss(
        weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name
    )


def regression_head(weight_column, label_dimension, loss_reduction, loss_fn, inverse_link_fn, name):
    """A head for numbers. See `estimator_heads.RegressionHead`.

    Args:
        weight_column: name of the feature with the weights, or a numeric column.
        label_dimension: how many numbers are predicted for an example.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: function of `labels`, `logits` and optionally `features`.
        inverse_link_fn: function from logits to predictions.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _RegressionHeadWithMeanSquaredErrorLoss(
        label_dimension, weight_column, loss_reduction, loss_fn, inverse_link_fn, name
    )


def poisson_regression_head(
    weight_column, label_dimension, loss_reduction, compute_full_loss, name
):
    """A head for counts. See `estimator_heads.PoissonRegressionHead`.

    Args:
        weight_column: name of the feature with the weights, or a numeric column.
        label_dimension: how many counts are predicted for an example.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        compute_full_loss: whether to add the term that depends on the labels alone.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    task = poisson_regression_task(weight_column, label_dimension, compute_full_loss)
    return _RegressionHeadWithMeanSquaredErrorLoss.for_task(task, loss_reduction, name)


def logistic_regression_head(weight_column, loss_reduction, name):
    """A head for a probability. See `estimator_heads.LogisticRegressionHead`.

    Args:
        weight_column: name of the feature with the weights, or a numeric column.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    task = logistic_regression_task(weight_column)
    return _RegressionHeadWithMeanSquaredErrorLoss.for_task(task, loss_reduction, name)


def multi_label_head(
    n_classes,
    weight_column,
    thresholds,
    label_vocabulary,
    loss_reduction,
    loss_fn,
    classes_for_class_based_metrics,
    name,
):
    """A head for any number of classes at once. See `estimator_heads.MultiLabelHead`.

    Args:
        n_classes: number of classes, greater than 1.
        weight_column: name of the feature with the weights, or a numeric column.
        thresholds: numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: list or tuple of `n_classes` strings.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: function of `labels`, `logits` and optionally `features`.
        classes_for_class_based_metrics: class ids or names with metrics of their own.
        name: name of the head.
    """
    check_loss_reduction(loss_reduction)
    n_classes = arguments.checked_n_classes(
        n_classes, 2, " (for 1 class use binary_classification_head)"
    )
    arguments.check_label_vocabulary(label_vocabulary, n_classes)
    task = MultiLabelTask(
        n_classes=n_classes,
        weight_column=weight_column,
        thresholds=thresholds,
        label_vocabulary=label_vocabulary,
        loss_fn=checked_loss_fn(loss_fn),
        classes_for_class_based_metrics=classes_for_class_based_metrics,
    )
    return MultiLabelTaskHead(task, loss_reduction, name)
