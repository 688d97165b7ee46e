"""`tensorflow_estimator.python.estimator.extenders`: the arguments of a metric_fn."""

from estimator_heads.estimator.extenders import METRIC_FN_ARGS

_VALID_METRIC_FN_ARGS = set(METRIC_FN_ARGS)
