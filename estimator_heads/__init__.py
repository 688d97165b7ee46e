"""estimator-heads: the heads, EstimatorSpec and Estimator of tf.estimator, on today's TensorFlow.

The public names are those of `tf.estimator` in TF 2.15; see there, or their docstrings here.
"""

from estimator_heads import export
from estimator_heads.estimator import Estimator, RunConfig, VocabInfo, WarmStartSettings
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

__version__ = "0.1.0"

__all__ = [
    "BinaryClassHead",
    "Estimator",
    "EstimatorSpec",
    "Head",
    "LogisticRegressionHead",
    "ModeKeys",
    "MultiClassHead",
    "MultiHead",
    "MultiLabelHead",
    "PoissonRegressionHead",
    "RegressionHead",
    "RunConfig",
    "VocabInfo",
    "WarmStartSettings",
    "export",
]
