"""Keeps AutoGraph away from the models of canned estimators."""

import tensorflow as tf

# In a graph, Keras has AutoGraph convert the `call` of a model and what that calls, above all Keras
# itself: a sixth of the time until the first step of a wide & deep model. The functions of users in
# feature columns and layers are not converted in either case.
without_autograph = tf.autograph.experimental.do_not_convert
