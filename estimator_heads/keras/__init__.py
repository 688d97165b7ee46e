"""Keras models as Estimators, and Estimators' heads for Keras models."""

from estimator_heads.keras.bridge.export import export
from estimator_heads.keras.bridge.load import LoadReport, load
from estimator_heads.keras.bridge.loss import loss
from estimator_heads.keras.bridge.metrics import metrics
from estimator_heads.keras.bridge.predictions import predictions
from estimator_heads.keras.bridge.sample_weights import with_sample_weights
from estimator_heads.keras.bridge.saving import register
from estimator_heads.keras.model_to_estimator import model_to_estimator

__all__ = [
    "LoadReport",
    "export",
    "load",
    "loss",
    "metrics",
    "model_to_estimator",
    "predictions",
    "with_sample_weights",
]

register()
