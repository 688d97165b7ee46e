"""The functions that make TF1 heads, with TF1's arguments, in TF1's order.

`tf.contrib.estimator` and the canned heads of TF1 have the same ones under other names, and with
another default of `loss_reduction`; here it has none.
"""

from estimator_heads import heads
from estimator_heads.callables import fn_args
from estimator_heads.compat.v1_heads.task import MultiLabelTaskHead, TaskHead
from estimator_heads.heads import arguments
from estimator_heads.heads.vocabulary import LabelVocabulary


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
    arguments.check_label_vocabulary(label_vocabulary)
    task = heads.MultiClassHead(
        n_classes, weight_column=weight_column, loss_fn=checked_loss_fn(loss_fn), name=name
    )
    if label_vocabulary:  # Given to the task, it would have to be of `n_classes` strings.
        task._vocabulary = LabelVocabulary(label_vocabulary)
    return TaskHead(task, loss_reduction)


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
    if label_vocabulary is not None and not isinstance(label_vocabulary, list | tuple):
        raise TypeError(
            "Invalid value for argument `label_vocabulary`. Expected a list or tuple of strings. "
            f"Received: {label_vocabulary!r} of type {type(label_vocabulary).__name__}."
        )
    task = heads.BinaryClassHead(
        weight_column=weight_column,
        thresholds=thresholds,
        label_vocabulary=label_vocabulary,
        loss_fn=checked_loss_fn(loss_fn),
        name=name,
    )
    return TaskHead(task, loss_reduction)


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
    task = heads.RegressionHead(
        label_dimension=label_dimension,
        weight_column=weight_column,
        loss_fn=checked_loss_fn(loss_fn),
        inverse_link_fn=inverse_link_fn,
        name=name,
    )
    return TaskHead(task, loss_reduction)


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
    task = heads.PoissonRegressionHead(
        label_dimension=label_dimension,
        weight_column=weight_column,
        compute_full_loss=compute_full_loss,
        name=name,
    )
    return TaskHead(task, loss_reduction)


def logistic_regression_head(weight_column, loss_reduction, name):
    """A head for a probability. See `estimator_heads.LogisticRegressionHead`.

    Args:
        weight_column: name of the feature with the weights, or a numeric column.
        loss_reduction: one of `tf.compat.v1.losses.Reduction`, without NONE.
        name: name of the head.
    """
    return TaskHead(heads.LogisticRegressionHead(weight_column, name=name), loss_reduction)


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
    task = heads.MultiLabelHead(
        n_classes,
        weight_column=weight_column,
        thresholds=thresholds,
        label_vocabulary=label_vocabulary,
        loss_fn=checked_loss_fn(loss_fn),
        classes_for_class_based_metrics=classes_for_class_based_metrics,
        name=name,
    )
    return MultiLabelTaskHead(task, loss_reduction)


def checked_loss_fn(loss_fn):
    """`loss_fn`; ValueError if it asks for the loss reduction, as it may in TF2.

    The loss reductions of TF1 are others than those of the task.
    """
    if loss_fn and "loss_reduction" in fn_args(loss_fn):
        raise ValueError(
            "Invalid value for argument `loss_fn`. Expected a function of labels, logits and, if "
            f"it likes, features. Received a function of {fn_args(loss_fn)}."
        )
    return loss_fn
