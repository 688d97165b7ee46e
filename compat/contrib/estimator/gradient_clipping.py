"""An optimizer that clips gradients: `tf.contrib.estimator.clip_gradients_by_norm`."""

import tensorflow as tf


def clip_gradients_by_norm(optimizer, clip_norm):
    """An optimizer that scales all gradients down together when their global norm is too large.

    Args:
        optimizer: A `tf.compat.v1.train.Optimizer`.
        clip_norm: The largest global norm, a number or scalar Tensor greater than 0.

    Returns:
        A `tf.compat.v1.train.Optimizer`. Its variables are those of `optimizer`.

    Raises:
        ValueError: `optimizer` is of another kind.
    """
    if not isinstance(optimizer, tf.compat.v1.train.Optimizer):
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected an optimizer of tf.compat.v1.train "
            "(for a Keras optimizer, set its argument `global_clipnorm` instead). Received: "
            f"{optimizer!r} of type {type(optimizer).__name__}."
        )

    def clip(grads_and_vars):
        gradients, variables = zip(*grads_and_vars, strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, clip_norm)
        return list(zip(clipped, variables, strict=True))

    return _TransformGradients(optimizer, clip, name="ClipByNorm" + optimizer.get_name())


class _TransformGradients(tf.compat.v1.train.Optimizer):
    """An optimizer that changes gradients before another one applies them.

    Args:
        optimizer: The other optimizer.
        transform_grads_fn: Function from a list of pairs (gradient, variable) to such a list.
        name: Name of the optimizer; by default that of the other one.
    """

    def __init__(self, optimizer, transform_grads_fn, name=None):
        super().__init__(use_locking=False, name=name or optimizer.get_name())
        self._optimizer = optimizer
        self._transform_grads_fn = transform_grads_fn

    def compute_gradients(self, *args, **kwargs):
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        pairs = self._transform_grads_fn(grads_and_vars)
        return self._optimizer.apply_gradients(pairs, global_step, name)

    def get_slot(self, *args, **kwargs):
        return self._optimizer.get_slot(*args, **kwargs)

    def get_slot_names(self, *args, **kwargs):
        return self._optimizer.get_slot_names(*args, **kwargs)

    def variables(self):
        return self._optimizer.variables()
