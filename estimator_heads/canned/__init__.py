"""The canned estimators of TF2: a model, a head and an Estimator in one."""

from estimator_heads.canned.baseline import (
    BaselineClassifier,
    BaselineEstimator,
    BaselineRegressor,
)
from estimator_heads.canned.dnn import DNNClassifier, DNNEstimator, DNNRegressor
from estimator_heads.canned.dnn_linear_combined import (
    DNNLinearCombinedClassifier,
    DNNLinearCombinedEstimator,
    DNNLinearCombinedRegressor,
)
from estimator_heads.canned.linear import LinearClassifier, LinearEstimator, LinearRegressor
from estimator_heads.canned.rnn import RNNClassifier, RNNEstimator

__all__ = [
    "BaselineClassifier",
    "BaselineEstimator",
    "BaselineRegressor",
    "DNNClassifier",
    "DNNEstimator",
    "DNNLinearCombinedClassifier",
    "DNNLinearCombinedEstimator",
    "DNNLinearCombinedRegressor",
    "DNNRegressor",
    "LinearClassifier",
    "LinearEstimator",
    "LinearRegressor",
    "RNNClassifier",
    "RNNEstimator",
]
