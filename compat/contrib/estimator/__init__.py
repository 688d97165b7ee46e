"""`tf.contrib.estimator` of TF 1.15: the TF1 heads, and what extends Estimators.

These heads average the losses of a batch by default, where the canned ones of TF1 sum them.
"""

from estimator_heads.compat.contrib.estimator.forward_features import forward_features
from estimator_heads.compat.contrib.estimator.gradient_clipping import clip_gradients_by_norm
from estimator_heads.compat.estimator_v1.factories import (
    binary_classification_head,
    logistic_regression_head,
    multi_class_head,
    multi_label_head,
    poisson_regression_head,
    regression_head,
)
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
