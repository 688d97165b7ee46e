"""The way from an Estimator to a Keras model: a head's loss, metrics and predictions for Keras."""

from estimator_heads.keras.bridge.export import export
from estimator_heads.keras.bridge.load import LoadReport, load
from estimator_heads.keras.bridge.loss import loss
from estimator_heads.keras.bridge.metrics import metrics
from estimator_heads.keras.bridge.predictions import predictions
from estimator_heads.keras.bridge.sample_weights import with_sample_weights

__all__ = [
    "LoadReport",
    "export",
    "load",
    "loss",
    "metrics",
    "predictions",
    "with_sample_weights",
]
