"""Monitors that end training."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.monitors.base import BaseMonitor, EveryN, value_of


class StopAtStep(BaseMonitor):
    """Ends training after a number of steps, or at a global step.

    Args:
        num_steps: Number of steps.
        last_step: The global step.

    Raises:
        ValueError: If not exactly one of them is given.
    """

    def __init__(self, num_steps: int | None = None, last_step: int | None = None) -> None:
        super().__init__()
        if (num_steps is None) == (last_step is None):
            raise ValueError(
                "Exactly one of `num_steps` and `last_step` must be given. Received: "
                f"num_steps={num_steps!r}, last_step={last_step!r}."
            )
        self._num_steps = num_steps
        self._last_step = last_step

    @property
    def run_on_all_workers(self) -> bool:
        return True

    def step_begin(self, step: int) -> list[Any]:
        super().step_begin(step)
        if self._last_step is None:
            assert self._num_steps is not None
            self._last_step = step + self._num_steps - 1
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        super().step_end(step, output)
        assert self._last_step is not None  # Since `step_begin`.
        return step >= self._last_step


class NanLoss(EveryN):
    """Ends training when the loss becomes NaN.

    Args:
        loss_tensor: The tensor of the loss, or its name.
        every_n_steps: Number of steps from one look at it to the next.
        fail_on_nan_loss: Whether to raise an error, instead of ending training.
    """

    def __init__(
        self, loss_tensor: tf.Tensor | str, every_n_steps: int = 100, fail_on_nan_loss: bool = True
    ) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._loss_tensor = loss_tensor
        self._fail_on_nan_loss = fail_on_nan_loss

    def every_n_step_begin(self, step: int) -> list[Any]:
        super().every_n_step_begin(step)
        return [self._loss_tensor]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        super().every_n_step_end(step, outputs)
        if not np.isnan(value_of(outputs, self._loss_tensor)):
            return False
        if self._fail_on_nan_loss:
            raise tf.compat.v1.train.NanLossDuringTrainingError
        tf.compat.v1.logging.warning("Step %d: the loss is NaN. Training ends.", step)
        return True
