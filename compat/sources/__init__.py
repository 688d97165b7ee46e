"""Modules of `tensorflow_estimator.python.estimator` that programs import."""
