"""Where Keras models as Estimators should differ from TF 2.15."""

KNOWN_DIFFERENCES = []
