"""Keras models as Estimators."""

from estimator_heads.keras.model_to_estimator import model_to_estimator

__all__ = ["model_to_estimator"]
