"""The canned estimators of TF1: its heads, variable scopes, partitioners and optimizers.

Those of `tf.estimator` in TF 1.15 and of `tf.compat.v1.estimator` in TF 2.15 are the same.
"""
