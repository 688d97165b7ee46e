"""What TensorFlow's hooks keep in private attributes: when they act next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf


class _Attribute:
    """An attribute of the hook, under a name of its own."""

    def __init__(self, private_name: str) -> None:
        self._private_name = private_name

    def __get__(self, state: HookState, owner: type | None = None) -> Any:
        return getattr(state.hook, self._private_name)

    def __set__(self, state: HookState, value: Any) -> None:
        setattr(state.hook, self._private_name, value)


class HookState:
    """The state of one of TensorFlow's own hooks. It has no public names.

    Args:
        hook: The `SessionRunHook`.
    """

    timer = _Attribute("_timer")
    global_step_tensor = _Attribute("_global_step_tensor")
    iterations = _Attribute("_iter_count")  # Of a LoggingTensorHook, in this process.
    next_step = _Attribute("_next_step")  # Of a SummarySaverHook, by the global step.
    last_step = _Attribute("_last_step")  # Of a StopAtStepHook, by the global step.
    last_global_step = _Attribute("_last_global_step")  # That a StepCounterHook has seen.
    steps_per_run = _Attribute("_steps_per_run")  # Of a StepCounterHook.
    loss_tensor = _Attribute("_loss_tensor")  # Of a NanTensorHook.

    def __init__(self, hook: tf.compat.v1.train.SessionRunHook) -> None:
        self.hook = hook

    def has(self, names: Iterable[str]) -> bool:
        """Whether the hook has all these attributes, by the names that they have here."""
        return all(hasattr(self, name) for name in names)
