"""The functions that make the heads of `tf.contrib.learn`.

Reproduces `tensorflow.contrib.learn.python.learn.estimators.head` of TF 1.15.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.binary import BinaryLogisticHead, BinarySvmHead
from estimator_heads.compat.contrib.learn.heads.head import Head, no_op_train_fn
from estimator_heads.compat.contrib.learn.heads.loss_only import LossOnlyHead
from estimator_heads.compat.contrib.learn.heads.multi import MultiHead
from estimator_heads.compat.contrib.learn.heads.multi_class import MultiClassHead
from estimator_heads.compat.contrib.learn.heads.multi_label import MultiLabelHead
from estimator_heads.compat.contrib.learn.heads.regression import RegressionHead
from estimator_heads.compat.contrib.learn.heads.single import SingleHead
from estimator_heads.heads import merging
from estimator_heads.heads.tasks import RegressionTask, arguments, poisson_regression_task
from estimator_heads.types import LossFn


def regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
) -> RegressionHead:
    """A head for numbers, trained with the squared error.

    Args:
        label_name: Key of the labels if they are in a dict.
        weight_column_name: Name of the feature with the weights of the examples.
        label_dimension: Number of values predicted per example.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        head_name: Name of the head: suffix of metric and summary names, and its variable scope.
        link_fn: Function from logits to predictions; the identity by default.

    Returns:
        A `Head`.

    Raises:
        ValueError: If `label_dimension` is not positive.
    """
    return RegressionHead(
        RegressionTask(label_dimension=label_dimension),
        link_fn or tf.identity,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def poisson_regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
) -> RegressionHead:
    """A head for counts, whose logits are logarithms of them. Arguments as in `regression_head`."""
    return RegressionHead(
        poisson_regression_task(label_dimension=label_dimension),
        tf.exp,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def multi_class_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: LossFn | None = None,
    label_keys: Sequence[str] | None = None,
) -> MultiClassHead | BinaryLogisticHead:
    """A head for one of `n_classes` classes; for two classes it has one logit.

    Args:
        n_classes: Number of classes, greater than 1.
        label_name: Key of the labels if they are in a dict.
        weight_column_name: Name of the feature with the weights of the examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        head_name: Name of the head: suffix of metric and summary names, and its variable scope.
        thresholds: With two classes, numbers at which accuracy, precision and recall are reported;
            0.5 by default.
        metric_class_ids: List of class ids in [0, n_classes) that get their own metrics; only with
            three or more classes.
        loss_fn: Function of `labels`, `logits` and `weights` that returns a scalar. It is called
            without weights if there are none.
        label_keys: List or tuple of the `n_classes` label strings, in the order of the class ids,
            if labels are strings; only with three or more classes.

    Returns:
        A `Head`.

    Raises:
        ValueError: If an argument is not as described above.
    """
    n_classes = arguments.checked_n_classes(n_classes, 2)
    common = {
        "label_name": label_name,
        "weight_column_name": weight_column_name,
        "enable_centered_bias": enable_centered_bias,
        "head_name": head_name,
        "loss_fn": loss_fn,
    }
    if n_classes > 2:
        return MultiClassHead(n_classes, metric_class_ids, label_keys, **common)
    for name, value in (("metric_class_ids", metric_class_ids), ("label_keys", label_keys)):
        if value:
            raise ValueError(
                f"Invalid value for argument `{name}`. Expected None for n_classes=2, which has "
                f"one logit and labels 0 and 1. Received: {value!r}."
            )
    return BinaryLogisticHead(thresholds, **common)


def binary_svm_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
) -> BinarySvmHead:
    """A head for two classes, a support vector machine, trained with the hinge loss.

    Args:
        label_name: Key of the labels if they are in a dict.
        weight_column_name: Name of the feature with the weights of the examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        head_name: Name of the head: suffix of metric and summary names, and its variable scope.
        thresholds: Has no effect, since there are no probabilities.

    Returns:
        A `Head`.
    """
    return BinarySvmHead(
        thresholds,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def multi_label_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: LossFn | None = None,
) -> MultiLabelHead:
    """A head for any number of `n_classes` classes at once, trained with sigmoid cross entropy.

    Labels have shape [batch_size, n_classes], 0 or 1 for each class, or are a SparseTensor of
    class ids.

    Args:
        n_classes: Number of classes, greater than 1.
        label_name: Key of the labels if they are in a dict.
        weight_column_name: Name of the feature with the weights of the examples, or of their
            classes.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        head_name: Name of the head: suffix of metric and summary names, and its variable scope.
        thresholds: Has no effect, since there are no metrics at thresholds.
        metric_class_ids: List of class ids in [0, n_classes) that get their own metrics.
        loss_fn: Function of `labels`, `logits` and `weights` that returns a scalar. It is called
            without weights if there are none.

    Returns:
        A `Head`.

    Raises:
        ValueError: If an argument is not as described above.
    """
    del thresholds
    return MultiLabelHead(
        n_classes,
        metric_class_ids,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
        loss_fn=loss_fn,
    )


def loss_only_head(
    loss_fn: Callable[[], tf.Tensor | Sequence[tf.Tensor]], head_name: str | None = None
) -> LossOnlyHead:
    """A head that only adds a loss, such as a regularization, to those of a `multi_head`.

    Args:
        loss_fn: Function without arguments that returns a scalar Tensor, or a list of them.
        head_name: Name of the head, "loss_only_head" by default.

    Returns:
        A `Head`.
    """
    return LossOnlyHead(loss_fn, head_name)


def multi_head(heads: Sequence[Head], loss_weights: Sequence[float] | None = None) -> MultiHead:
    """A head for several objectives at once, each with its own head.

    Args:
        heads: List or tuple of heads, all with different names.
        loss_weights: List or tuple of one number for each head, by which its loss is multiplied.

    Returns:
        A `Head`.

    Raises:
        ValueError: If there are no heads, one has no name, two have the same name, or there are
            more or fewer weights than heads.
    """
    if loss_weights and len(loss_weights) != len(heads):
        raise ValueError(
            "Invalid value for argument `loss_weights`. Expected one weight per head, "
            f"{len(heads)} in total. Received: {loss_weights}."
        )
    return MultiHead(heads, lambda losses: merging.merged_loss(losses, loss_weights))


# Names by which the original module has them too.
_Head = Head
_SingleHead = SingleHead
_RegressionHead = RegressionHead
_BinaryLogisticHead = BinaryLogisticHead
_BinarySvmHead = BinarySvmHead
_MultiClassHead = MultiClassHead
_MultiLabelHead = MultiLabelHead
_LossOnlyHead = LossOnlyHead
_MultiHead = MultiHead
_regression_head = regression_head
_poisson_regression_head = poisson_regression_head
_multi_class_head = multi_class_head
_binary_svm_head = binary_svm_head
_multi_label_head = multi_label_head
_multi_head = multi_head
__all__ = [
    "Head",
    "binary_svm_head",
    "loss_only_head",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "no_op_train_fn",
    "poisson_regression_head",
    "regression_head",
]
