"""The functions that make TF1 heads, with TF1's arguments, in TF1's order.

They stand as `tf.contrib.estimator` has them. The private ones of TF1's `canned.head` are the same
functions under other names, with another default of `loss_reduction`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import tensorflow as tf

from estimator_heads.compat.estimator_v1.head import _Head
from estimator_heads.compat.estimator_v1.single_task import (
    _BinaryLogisticHeadWithSigmoidCrossEntropyLoss,
    _MultiClassHeadWithSoftmaxCrossEntropyLoss,
    _MultiLabelHead,
    _RegressionHeadWithMeanSquaredErrorLoss,
)
from estimator_heads.compat.estimator_v1.task_head import check_loss_reduction
from estimator_heads.heads.tasks import (
    logistic_regression_task,
    poisson_regression_task,
)
from estimator_heads.types import LossFn, WeightColumn

_AnyHead = TypeVar("_AnyHead", bound=_Head)

_MEAN = tf.compat.v1.losses.Reduction.SUM_OVER_BATCH_SIZE


def multi_class_head(
    n_classes: int,
    weight_column: WeightColumn | None = None,
    label_vocabulary: list[str] | tuple[str, ...] | None = None,
    loss_reduction: str = _MEAN,
    loss_fn: LossFn | None = None,
    name: str | None = None,
) -> _MultiClassHeadWithSoftmaxCrossEntropyLoss:
    """A head for one of several classes. See `estimator_heads.MultiClassHead`.

    Args:
        n_classes: Number of classes, greater than 2.
        weight_column: Name of the feature with the weights, or a numeric column.
        label_vocabulary: List or tuple of strings, which need not be `n_classes`.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _MultiClassHeadWithSoftmaxCrossEntropyLoss(
        n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name
    )


def binary_classification_head(
    weight_column: WeightColumn | None = None,
    thresholds: Iterable[float] | None = None,
    label_vocabulary: list[str] | tuple[str, ...] | None = None,
    loss_reduction: str = _MEAN,
    loss_fn: LossFn | None = None,
    name: str | None = None,
) -> _BinaryLogisticHeadWithSigmoidCrossEntropyLoss:
    """A head for two classes. See `estimator_heads.BinaryClassHead`.

    Args:
        weight_column: Name of the feature with the weights, or a numeric column.
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: List or tuple of two strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _BinaryLogisticHeadWithSigmoidCrossEntropyLoss(
        weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name
    )


def regression_head(
    weight_column: WeightColumn | None = None,
    label_dimension: int = 1,
    loss_reduction: str = _MEAN,
    loss_fn: LossFn | None = None,
    inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
    name: str | None = None,
) -> _RegressionHeadWithMeanSquaredErrorLoss:
    """A head for numbers. See `estimator_heads.RegressionHead`.

    Args:
        weight_column: Name of the feature with the weights, or a numeric column.
        label_dimension: Number of values predicted per example.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        inverse_link_fn: Function from logits to predictions.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _RegressionHeadWithMeanSquaredErrorLoss(
        label_dimension, weight_column, loss_reduction, loss_fn, inverse_link_fn, name
    )


def poisson_regression_head(
    weight_column: WeightColumn | None = None,
    label_dimension: int = 1,
    loss_reduction: str = _MEAN,
    compute_full_loss: bool = True,
    name: str | None = None,
) -> _RegressionHeadWithMeanSquaredErrorLoss:
    """A head for counts. See `estimator_heads.PoissonRegressionHead`.

    Args:
        weight_column: Name of the feature with the weights, or a numeric column.
        label_dimension: Number of counts predicted per example.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        compute_full_loss: Whether to add the term that depends on the labels alone.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    task = poisson_regression_task(weight_column, label_dimension, compute_full_loss)
    return _RegressionHeadWithMeanSquaredErrorLoss.for_task(task, loss_reduction, name)


def logistic_regression_head(
    weight_column: WeightColumn | None = None,
    loss_reduction: str = _MEAN,
    name: str | None = None,
) -> _RegressionHeadWithMeanSquaredErrorLoss:
    """A head for a probability. See `estimator_heads.LogisticRegressionHead`.

    Args:
        weight_column: Name of the feature with the weights, or a numeric column.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    task = logistic_regression_task(weight_column)
    return _RegressionHeadWithMeanSquaredErrorLoss.for_task(task, loss_reduction, name)


def multi_label_head(
    n_classes: int,
    weight_column: WeightColumn | None = None,
    thresholds: Iterable[float] | None = None,
    label_vocabulary: list[str] | tuple[str, ...] | None = None,
    loss_reduction: str = _MEAN,
    loss_fn: LossFn | None = None,
    classes_for_class_based_metrics: Sequence[int] | Sequence[str] | None = None,
    name: str | None = None,
) -> _MultiLabelHead:
    """A head for any number of classes at once. See `estimator_heads.MultiLabelHead`.

    Args:
        n_classes: Number of classes, greater than 1.
        weight_column: Name of the feature with the weights, or a numeric column.
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
        label_vocabulary: List or tuple of `n_classes` strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        loss_fn: Function of `labels`, `logits` and optionally `features`.
        classes_for_class_based_metrics: Class ids or names with metrics of their own.
        name: Name of the head.
    """
    check_loss_reduction(loss_reduction)
    return _MultiLabelHead(
        n_classes,
        weight_column,
        thresholds,
        label_vocabulary,
        loss_reduction,
        loss_fn,
        classes_for_class_based_metrics,
        name,
    )


def with_default_reduction(
    make_head: Callable[..., _AnyHead], loss_reduction: str, module: str, name: str
) -> Callable[..., _AnyHead]:
    """Returns one of the functions above, with another default of `loss_reduction`.

    Args:
        make_head: The function.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.
        module: Name of the module that the new function is put in.
        name: Name of the new function there, by which it is pickled and named in errors.

    Returns:
        A function whose signature shows the default.
    """
    parameters = dict(inspect.signature(make_head).parameters)
    parameters["loss_reduction"] = parameters["loss_reduction"].replace(default=loss_reduction)
    signature = inspect.Signature(list(parameters.values()))

    @functools.wraps(make_head)
    def make(*args, **kwargs):
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{name}() {error}") from None
        bound.apply_defaults()
        return make_head(*bound.args, **bound.kwargs)

    make.__module__ = module
    make.__name__ = make.__qualname__ = name
    make.__signature__ = signature  # type: ignore[attr-defined]  # a function takes any attribute
    return make
