"""`LazyAdamOptimizer`: Adam that leaves rows alone which have no gradient."""

import tensorflow as tf

v1 = tf.compat.v1


class LazyAdamOptimizer(tf.compat.v1.train.AdamOptimizer):
    """Adam whose moments and variables only change in the rows that a sparse gradient has.

    Adam itself changes all rows, as their moments decay. The arguments are those of
    `tf.compat.v1.train.AdamOptimizer`.
    """

    def _apply_sparse(self, grad, var):
        return self._resource_apply_sparse(grad.values, var, grad.indices)

    def _resource_apply_sparse(self, grad, var, indices):
        dtype = var.dtype.base_dtype
        rate, beta1, beta2, epsilon, beta1_power, beta2_power = (
            tf.cast(number, dtype)
            for number in (
                self._lr_t,
                self._beta1_t,
                self._beta2_t,
                self._epsilon_t,
                *self._get_beta_accumulators(),
            )
        )
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        new_m = beta1 * tf.gather(m, indices) + (1 - beta1) * grad
        new_v = beta2 * tf.gather(v, indices) + (1 - beta2) * tf.square(grad)
        step = rate * tf.sqrt(1 - beta2_power) / (1 - beta1_power)
        return tf.group(
            v1.scatter_update(m, indices, new_m, use_locking=self._use_locking),
            v1.scatter_update(v, indices, new_v, use_locking=self._use_locking),
            v1.scatter_sub(
                var, indices, step * new_m / (tf.sqrt(new_v) + epsilon), self._use_locking
            ),
        )
