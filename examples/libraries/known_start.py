"""Initial weights that do not depend on the TensorFlow version, so that results can be compared."""

import zlib

import numpy as np
import tensorflow as tf


class KnownStart(tf.estimator.SessionRunHook):
    """Gives each trainable variable small random weights, drawn from a seed made from its name."""

    def begin(self):
        self._global_step = tf.compat.v1.train.get_global_step()
        self._variables = tf.compat.v1.trainable_variables()

    def after_create_session(self, session, coord):
        if session.run(self._global_step) > 0:
            return
        for variable in self._variables:
            random = np.random.RandomState(zlib.crc32(variable.op.name.encode()))
            weights = random.uniform(-0.5, 0.5, variable.shape.as_list())
            variable.load(weights.astype(variable.dtype.as_numpy_dtype), session)
