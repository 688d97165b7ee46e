"""The way from an Estimator to a Keras model: a head's loss, metrics and predictions for Keras."""
