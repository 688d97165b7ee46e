"""TensorFlow 1 source and layers on TensorFlow 2."""
