"""The recurrent estimators: sequence columns, a recurrent network, a head."""

from estimator_heads.canned.rnn.estimators import RNNClassifier, RNNEstimator

__all__ = ["RNNClassifier", "RNNEstimator"]
