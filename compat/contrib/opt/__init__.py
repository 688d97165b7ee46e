"""Optimizers of `tf.contrib.opt` of TF 1.15, over those of `tf.compat.v1.train`."""
