"""The names of `tf.estimator.experimental`: RNN, KMeans, LinearSDCA, hooks, receivers."""

from estimator_heads.canned.kmeans import KMeansClustering as KMeans
from estimator_heads.canned.rnn import RNNClassifier, RNNEstimator
from estimator_heads.canned.sdca import LinearSDCA
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

__all__ = [
    "InMemoryEvaluatorHook",
    "KMeans",
    "LinearSDCA",
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
