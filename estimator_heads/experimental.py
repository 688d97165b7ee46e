"""The names of `tf.estimator.experimental`: early stopping and other hooks, receivers, RNNs.

The recurrent estimators are imported on first use, and tf_keras with them.
"""

import importlib

from estimator_heads.estimator.hooks.early_stopping import (
    make_early_stopping_hook,
    stop_if_higher_hook,
    stop_if_lower_hook,
    stop_if_no_decrease_hook,
    stop_if_no_increase_hook,
)
from estimator_heads.estimator.hooks.in_memory_evaluator import InMemoryEvaluatorHook
from estimator_heads.estimator.hooks.stop_at_checkpoint_step import (
    make_stop_at_checkpoint_step_hook,
)
from estimator_heads.export.receivers import build_raw_supervised_input_receiver_fn
from estimator_heads.logit_fn import call_logit_fn

# For type checkers, as in `estimator_heads`.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from estimator_heads.canned.rnn import RNNClassifier, RNNEstimator

__all__ = [
    "InMemoryEvaluatorHook",
    "RNNClassifier",
    "RNNEstimator",
    "build_raw_supervised_input_receiver_fn",
    "call_logit_fn",
    "make_early_stopping_hook",
    "make_stop_at_checkpoint_step_hook",
    "stop_if_higher_hook",
    "stop_if_lower_hook",
    "stop_if_no_decrease_hook",
    "stop_if_no_increase_hook",
]

# The module that has each name imported on first use.
_HOMES = {
    "RNNClassifier": "estimator_heads.canned.rnn",
    "RNNEstimator": "estimator_heads.canned.rnn",
}


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
