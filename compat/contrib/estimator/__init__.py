"""`tf.contrib.estimator` of TF 1.15: the TF1 heads, and what extends Estimators.

These heads average the losses of a batch by default, where the canned ones of TF1 sum them.
"""

import tensorflow as tf

from estimator_heads.compat.contrib.estimator.forward_features import forward_features
from estimator_heads.compat.contrib.estimator.gradient_clipping import clip_gradients_by_norm
from estimator_heads.compat.estimator_v1 import factories
from estimator_heads.compat.estimator_v1.multi import multi_head
from estimator_heads.estimator.extenders import add_metrics
from estimator_heads.logit_fn import call_logit_fn

__all__ = [
    "add_metrics",
    "binary_classification_head",
    "call_logit_fn",
    "clip_gradients_by_norm",
    "forward_features",
    "logistic_regression_head",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "poisson_regression_head",
    "regression_head",
]

_MEAN = tf.compat.v1.losses.Reduction.SUM_OVER_BATCH_SIZE


def multi_class_head(
    n_classes,
    weight_column=None,
    label_vocabulary=None,
    loss_reduction=_MEAN,
    loss_fn=None,
    name=None,
):
    """A head for one of several classes. See `factories.multi_class_head`."""
    return factories.multi_class_head(
        n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name
    )


def binary_classification_head(
    weight_column=None,
    thresholds=None,
    label_vocabulary=None,
    loss_reduction=_MEAN,
    loss_fn=None,
    name=None,
):
    """A head for two classes. See `factories.binary_classification_head`."""
    return factories.binary_classification_head(
        weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name
    )


def regression_head(
    weight_column=None,
    label_dimension=1,
    loss_reduction=_MEAN,
    loss_fn=None,
    inverse_link_fn=None,
    name=None,
):
    """A head for numbers. See `factories.regression_head`."""
    return factories.regression_head(
        weight_column, label_dimension, loss_reduction, loss_fn, inverse_link_fn, name
    )


def poisson_regression_head(
    weight_column=None,
    label_dimension=1,
    loss_reduction=_MEAN,
    compute_full_loss=True,
    name=None,
):
    """A head for counts. See `factories.poisson_regression_head`."""
    return factories.poisson_regression_head(
        weight_column, label_dimension, loss_reduction, compute_full_loss, name
    )


def logistic_regression_head(weight_column=None, loss_reduction=_MEAN, name=None):
    """A head for a probability. See `factories.logistic_regression_head`."""
    return factories.logistic_regression_head(weight_column, loss_reduction, name)


def multi_label_head(
    n_classes,
    weight_column=None,
    thresholds=None,
    label_vocabulary=None,
    loss_reduction=_MEAN,
    loss_fn=None,
    classes_for_class_based_metrics=None,
    name=None,
):
    """A head for any number of classes at once. See `factories.multi_label_head`."""
    return factories.multi_label_head(
        n_classes,
        weight_column,
        thresholds,
        label_vocabulary,
        loss_reduction,
        loss_fn,
        classes_for_class_based_metrics,
        name,
    )
