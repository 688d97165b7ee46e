"""The timers of hooks."""

from __future__ import annotations

import math
from typing import Any

import tensorflow as tf


def idle_limits(timer: Any, step: int) -> tuple[float, float]:
    """For how many steps, from number `step` on, and until when a hook's timer does not trigger.

    Publicly, a timer answers for one step at a time, and for the present time only.

    Returns:
        A tuple of a number of steps, and of a time in seconds since the epoch.
    """
    if _is_never_due(timer):
        return math.inf, math.inf
    names = ("_last_triggered_step", "_last_triggered_time", "_every_steps", "_every_secs")
    if type(timer) is not tf.compat.v1.train.SecondOrStepTimer:
        return 0, 0.0
    last_step, last_time, steps, seconds = (getattr(timer, name, None) for name in names)
    if last_step is None or last_time is None or (steps is None) == (seconds is None):
        return 0, 0.0
    if steps is None:
        return math.inf, last_time + seconds
    return last_step + steps - step, math.inf


def _is_never_due(timer):
    """Whether this is TensorFlow's timer of a LoggingTensorHook that only logs at the end."""
    module = tf.compat.v1.train.SecondOrStepTimer.__module__
    return (type(timer).__module__, type(timer).__name__) == (module, "NeverTriggerTimer")
