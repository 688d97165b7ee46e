"""What monitors derive from: `BaseMonitor`, and `EveryN` for those that do not act at each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import tensorflow as tf


class BaseMonitor:
    """Observes a training; what is called when is told here, subclasses override some of it."""

    def __init__(self) -> None:
        self._begun = False
        self._current_epoch: int | None = None
        self._current_step: int | None = None
        self._max_steps: int | None = None
        self._estimator: Any = None

    @property
    def run_on_all_workers(self) -> bool:
        """Whether it is called in every worker of a cluster, not only in the chief."""
        return False

    def set_estimator(self, estimator: Any) -> None:
        """Is called with the Estimator before it is trained.

        Args:
            estimator: The Estimator.

        Raises:
            ValueError: If it is None.
        """
        if estimator is None:
            raise ValueError(f"{type(self).__name__} needs an Estimator. Received: estimator=None.")
        self._estimator = estimator

    def begin(self, max_steps: int | None = None) -> None:
        """Is called when the graph is built and not yet finalized.

        Args:
            max_steps: Global step at which training ends, or None.

        Raises:
            ValueError: If training has begun already.
        """
        if self._begun:
            raise ValueError(
                f"{type(self).__name__} is in use in a training that has not ended. Expected a "
                "monitor of its own for each training."
            )
        self._max_steps = max_steps
        self._begun = True

    def end(self, session: tf.compat.v1.Session | None = None) -> None:
        """Is called when training has ended.

        Args:
            session: The session, or None.

        Raises:
            ValueError: If training has not begun.
        """
        if not self._begun:
            raise ValueError(f"end() of {type(self).__name__} without begin() before.")
        self._max_steps = None
        self._begun = False

    def epoch_begin(self, epoch: int) -> None:
        """Begins an epoch; only programs of their own call it.

        Args:
            epoch: Its number, >= 0.

        Raises:
            ValueError: If there is no such epoch, or another one has not ended.
        """
        if self._current_epoch is not None:
            raise ValueError(
                f"The epoch {self._current_epoch} has not ended. Received: epoch={epoch!r}."
            )
        if epoch < 0:
            raise ValueError(f"Expected a number >= 0. Received: epoch={epoch!r}.")
        self._current_epoch = epoch

    def epoch_end(self, epoch: int) -> None:
        """Ends an epoch; only programs of their own call it.

        Args:
            epoch: Its number.

        Raises:
            ValueError: If it has not begun.
        """
        if self._current_epoch != epoch:
            raise ValueError(
                f"Expected the epoch that has begun, {self._current_epoch}. Received: "
                f"epoch={epoch!r}."
            )
        self._current_epoch = None

    def step_begin(self, step: int) -> list[Any]:
        """Is called before a step.

        Args:
            step: Global step after it.

        Returns:
            List of tensors, or names of tensors, whose values `step_end` is to get.

        Raises:
            ValueError: If there is no such step.
        """
        if step < 0 or (self._max_steps is not None and step > self._max_steps):
            raise ValueError(
                f"Expected a step from 0 to max_steps={self._max_steps}. Received: step={step!r}."
            )
        self._current_step = step
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool | None:
        """Is called after a step.

        Args:
            step: Global step after it.
            output: Dict from what all monitors requested to the values.

        Returns:
            Whether to stop training.

        Raises:
            ValueError: If this step has not begun.
        """
        if self._current_step != step:
            raise ValueError(
                f"Expected the step that has begun, {self._current_step}. Received: step={step!r}."
            )
        self._current_step = None
        return False

    def post_step(self, step: int, session: tf.compat.v1.Session) -> None:
        """Is called after `step_end` of all monitors.

        Args:
            step: Global step after the step.
            session: The session.
        """


# What an Estimator observes its training with.
Monitors: TypeAlias = Sequence[tf.compat.v1.train.SessionRunHook | BaseMonitor]


class EveryN(BaseMonitor):
    """Acts at the first steps and at every n-th one; subclasses override `every_n_...`.

    Args:
        every_n_steps: Number of steps from one at which it acts to the next.
        first_n_steps: It acts at the global steps up to this one too.
    """

    def __init__(self, every_n_steps: int = 100, first_n_steps: int = 1) -> None:
        super().__init__()
        self._every_n_steps = every_n_steps
        self._first_n_steps = first_n_steps
        self._last_successful_step: int | None = None
        self._last_active_step = 0
        self._every_n_step_begin_called = False

    def every_n_step_begin(self, step: int) -> list[Any]:
        """As `step_begin`, at the steps at which it acts.

        Args:
            step: Global step after the step.

        Returns:
            List of tensors and names of tensors.
        """
        return []

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """As `step_end`, at the steps at which it acts.

        Args:
            step: Global step after the step.
            outputs: As for `step_end`.

        Returns:
            Whether to stop training.
        """
        return False

    def every_n_post_step(self, step: int | None, session: tf.compat.v1.Session | None) -> None:
        """As `post_step`, at the steps at which it acts, and for the last step when training ends.

        Args:
            step: Global step after the step.
            session: The session.
        """

    def step_begin(self, step: int) -> list[Any]:
        super().step_begin(step)
        self._every_n_step_begin_called = (
            step <= self._first_n_steps
            or step >= self._every_n_steps + self._last_active_step
            or step == self._max_steps
        )
        return self.every_n_step_begin(step) if self._every_n_step_begin_called else []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool | None:
        super().step_end(step, output)
        return self.every_n_step_end(step, output) if self._every_n_step_begin_called else False

    def post_step(self, step: int, session: tf.compat.v1.Session) -> None:
        super().post_step(step, session)
        if self._every_n_step_begin_called:
            self.every_n_post_step(step, session)
            self._last_active_step = step
        self._last_successful_step = step

    def end(self, session: tf.compat.v1.Session | None = None) -> None:
        super().end(session=session)
        if self._last_successful_step != self._last_active_step:
            self.every_n_post_step(self._last_successful_step, session)


def value_of(outputs: dict[Any, Any], request: Any) -> Any:
    """The value of what a monitor requested.

    Args:
        outputs: Dict from requests to values, as `step_end` gets it.
        request: A tensor or an operation, or its name.

    Returns:
        The value; of a tensor that another monitor requested by name too.
    """
    return outputs[request] if request in outputs else outputs[request.name]
