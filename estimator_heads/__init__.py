"""estimator-heads: the heads, EstimatorSpec and Estimator of tf.estimator, on today's TensorFlow.

The public names are those of `tf.estimator` in TF 2.15; see there, or their docstrings here.
"""

from estimator_heads.heads import (
    BinaryClassHead,
    Head,
    LogisticRegressionHead,
    MultiClassHead,
    MultiHead,
    MultiLabelHead,
    PoissonRegressionHead,
    RegressionHead,
)
from estimator_heads.model_fn import EstimatorSpec, ModeKeys

__all__ = [
    "BinaryClassHead",
    "EstimatorSpec",
    "Head",
    "LogisticRegressionHead",
    "ModeKeys",
    "MultiClassHead",
    "MultiHead",
    "MultiLabelHead",
    "PoissonRegressionHead",
    "RegressionHead",
]
