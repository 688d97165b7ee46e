"""Monitors of `tf.contrib.learn` among the hooks of a training."""

import tensorflow as tf


def replace_monitors_with_hooks(monitors_or_hooks, estimator):
    """The hooks that do what is asked of monitors.

    Args:
        monitors_or_hooks: List of `SessionRunHook`s, or None.
        estimator: The Estimator that is to be trained with them.

    Returns:
        A new list of `SessionRunHook`s.

    Raises:
        TypeError: If one is no hook.
    """
    hooks = list(monitors_or_hooks or [])
    for hook in hooks:
        if not isinstance(hook, tf.compat.v1.train.SessionRunHook):
            raise TypeError(
                "Invalid value for argument `monitors`. Expected a list of SessionRunHook "
                f"instances. Received in it: {hook!r} of type {type(hook).__name__}."
            )
    return hooks
