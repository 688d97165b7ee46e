"""Keras models as Estimators, and Estimators' heads for Keras models."""

from estimator_heads.keras.bridge import (
    LoadReport,
    export,
    load,
    loss,
    metrics,
    predictions,
    with_sample_weights,
)
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
