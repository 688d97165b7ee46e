"""Heads: from a model's logits to its loss, predictions, metrics, train op and exports."""

from estimator_heads.heads.base import Head
from estimator_heads.heads.binary_class import BinaryClassHead
from estimator_heads.heads.multi import MultiHead
from estimator_heads.heads.multi_class import MultiClassHead
from estimator_heads.heads.multi_label import MultiLabelHead
from estimator_heads.heads.regression import (
    LogisticRegressionHead,
    PoissonRegressionHead,
    RegressionHead,
)

__all__ = [
    "BinaryClassHead",
    "Head",
    "LogisticRegressionHead",
    "MultiClassHead",
    "MultiHead",
    "MultiLabelHead",
    "PoissonRegressionHead",
    "RegressionHead",
]
