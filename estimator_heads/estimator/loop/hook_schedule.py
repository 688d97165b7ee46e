"""When a session run hook acts, so that the loop need not call it at every other step.

TensorFlow's own hooks act only now and then, but fetch values at every step. Most of the time of a
small model's step goes into that. Here they are called only when their own timers trigger. A hook
of any other class is called at every step: also one that derives from a class named here, for it
may do more.

The rules also predict for how many steps to come the hooks are idle, each step adding one to the
global step. During these steps the loop need not look at the timers either.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import timers
from estimator_heads._tensorflow.examples_per_second import ExamplesPerSecondHook
from estimator_heads._tensorflow.hook_state import HookState
from estimator_heads._tensorflow.saver_hook import SaverHook
from estimator_heads.estimator.loop.step import Step
from estimator_heads.estimator.loop.stop_after_steps import StopAfterStepsHook

train = tf.compat.v1.train


class ScheduledHook:
    """A hook that is called before and after every step; subclasses know when it need not be.

    Args:
        hook: A `SessionRunHook`.

    Attributes:
        fetch_index: Where the value of `fetch` is in the values of a step.
    """

    fetch_index: int
    required_state: tuple[str, ...] = ()  # What the rule reads of the `HookState`.
    makes_requests = True  # Whether it may request fetches, feeds or options of a step.
    predicts_idle_steps = False  # Whether `idle_limits` predicts anything.

    def __init__(self, hook: tf.compat.v1.train.SessionRunHook) -> None:
        self.hook = hook
        self.state = HookState(hook)

    @property
    def fetch(self) -> tf.Tensor | None:
        """A tensor to fetch at every step for it, or None."""
        return None

    def before_step(self, step: Step) -> tf.compat.v1.train.SessionRunArgs | None:
        """What the hook requests of this step: None or `SessionRunArgs`.

        Args:
            step: The `Step` about to run.
        """
        return self.hook.before_run(step.context)

    def after_step(self, step: Step, results: Any) -> None:
        """Calls the hook's after_run, if it has to act.

        Args:
            step: The `Step` that has run.
            results: Values of the fetches that it requested; None if it requested none.
        """
        step.call_after_run(self.hook, results)

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        """How long the hook is idle, unless it `is_triggered` by the value of its `fetch`.

        Args:
            global_step: Global step before the next step.

        Returns:
            A tuple of a number of steps, and of a time in seconds since the epoch.
        """
        return 0, 0.0

    def skip_idle_steps(self, count: int, global_step: int) -> None:
        """Updates the hook's state after steps for which it was not called.

        Args:
            count: Number of these steps.
            global_step: Global step before the last of them.
        """

    def is_triggered(self, values: list[Any]) -> bool:
        """Whether the hook acts on the value of its `fetch`.

        Args:
            values: List of the values of a step.
        """
        return False

    def _after_with_known_global_step(self, step, results):
        """Calls the hook, which would otherwise have the session read the global step again."""
        now = step.global_step
        session = _WithKnownValue(step.context.session, self.state.global_step_tensor, now)
        context = train.SessionRunContext(step.context.original_args, session)
        step.call_after_run(self.hook, results, context)


class Logging(ScheduledHook):
    """A `LoggingTensorHook`, whose timer counts the steps of this process."""

    predicts_idle_steps = True
    required_state = ("iterations", "timer")

    def before_step(self, step: Step) -> tf.compat.v1.train.SessionRunArgs | None:
        due = self.state.timer.should_trigger_for_step(self.state.iterations)
        return super().before_step(step) if due else None

    def after_step(self, step: Step, results: Any) -> None:
        if results is None:
            self.state.iterations += 1
        else:
            super().after_step(step, results)

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        return timers.idle_limits(self.state.timer, self.state.iterations)

    def skip_idle_steps(self, count: int, global_step: int) -> None:
        self.state.iterations += count


class SummarySaver(ScheduledHook):
    """A `SummarySaverHook`, which decides before the step by the global step it expects."""

    predicts_idle_steps = True
    required_state = ("next_step", "timer", "global_step_tensor")

    def before_step(self, step: Step) -> tf.compat.v1.train.SessionRunArgs | None:
        expected = self.state.next_step
        due = expected is None or self.state.timer.should_trigger_for_step(expected)
        return super().before_step(step) if due else None

    def after_step(self, step: Step, results: Any) -> None:
        if results is None:
            self.skip_idle_steps(1, step.global_step_before)
        else:
            self._after_with_known_global_step(step, results)

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        expected = self.state.next_step
        if expected is None:
            return 0, 0.0
        return timers.idle_limits(self.state.timer, max(expected, global_step + 1))

    def skip_idle_steps(self, count: int, global_step: int) -> None:
        self.state.next_step = global_step + 2


class GlobalStepHook(ScheduledHook):
    """A hook that only fetches the global step, and acts on it after the step if it is `due`."""

    predicts_idle_steps = True
    makes_requests = False

    def due(self, step: Step) -> bool:
        """Whether the hook acts after the step."""
        raise NotImplementedError

    def after_step(self, step: Step, results: Any) -> None:
        if self.due(step):
            super().after_step(step, step.global_step_before)


class StopAtStep(GlobalStepHook):
    """A `StopAtStepHook`."""

    required_state = ("last_step",)

    def due(self, step: Step) -> bool:
        return step.global_step_before + 1 >= self.state.last_step

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        return self.state.last_step - global_step - 1, math.inf


class CheckpointSaver(GlobalStepHook):
    """A `CheckpointSaverHook`."""

    required_state = ("timer",)

    def due(self, step: Step) -> bool:
        return self.state.timer.should_trigger_for_step(step.global_step)

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        return timers.idle_limits(self.state.timer, global_step + 1)


class StepCounter(GlobalStepHook):
    """A `StepCounterHook`, which also warns if the global step stands still."""

    required_state = ("timer", "last_global_step", "steps_per_run", "global_step_tensor")

    def after_step(self, step: Step, results: Any) -> None:
        if self.due(step):
            self._after_with_known_global_step(step, step.global_step_before)

    def due(self, step: Step) -> bool:
        state = self.state
        if step.global_step_before == state.last_global_step:
            return True
        if state.timer.should_trigger_for_step(step.global_step_before + state.steps_per_run):
            return True
        self.skip_idle_steps(1, step.global_step_before)
        return False

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        if global_step == self.state.last_global_step:
            return 0, 0.0
        return timers.idle_limits(self.state.timer, global_step + self.state.steps_per_run)

    def skip_idle_steps(self, count: int, global_step: int) -> None:
        self.state.last_global_step = global_step


class _WithKnownValue:
    """A session that knows the value of one tensor, and need not run for it."""

    def __init__(self, session: tf.compat.v1.Session, tensor: tf.Tensor, value: int) -> None:
        self._session = session
        self._tensor = tensor
        self._value = value

    def run(self, fetches: Any, *arguments: Any, **options: Any) -> Any:
        if fetches is self._tensor:
            return self._value
        return self._session.run(fetches, *arguments, **options)


class NanTensor(ScheduledHook):
    """A `NanTensorHook`: a value is NaN if it differs from itself."""

    predicts_idle_steps = True
    required_state = ("loss_tensor",)
    makes_requests = False

    @property
    def fetch(self) -> tf.Tensor:
        return self.state.loss_tensor

    def after_step(self, step: Step, results: Any) -> None:
        if self.is_triggered(step.fetched):
            super().after_step(step, step.fetched[self.fetch_index])

    def idle_limits(self, global_step: int) -> tuple[float, float]:
        return math.inf, math.inf

    def is_triggered(self, values: list[Any]) -> bool:
        value = values[self.fetch_index]
        return value != value


class StopAfterSteps(ScheduledHook):
    """A `StopAfterStepsHook`, which fetches the same tensor at every step."""

    makes_requests = False

    @property
    def fetch(self) -> tf.Tensor:
        return self.hook.count

    def after_step(self, step: Step, results: Any) -> None:
        super().after_step(step, step.fetched[self.fetch_index])


_BY_CLASS: dict[type, type[ScheduledHook]] = {
    StopAfterStepsHook: StopAfterSteps,
    train.LoggingTensorHook: Logging,
    train.NanTensorHook: NanTensor,
}
_BY_CLASS_WITH_GLOBAL_STEP = {
    **_BY_CLASS,
    SaverHook: CheckpointSaver,
    train.CheckpointSaverHook: CheckpointSaver,
    train.StepCounterHook: StepCounter,
    ExamplesPerSecondHook: StepCounter,
    train.StopAtStepHook: StopAtStep,
    train.SummarySaverHook: SummarySaver,
}


def scheduled(
    hooks: Iterable[tf.compat.v1.train.SessionRunHook],
    loop: tf.compat.v1.train.SessionRunHook,
    with_global_step: bool,
) -> list[ScheduledHook]:
    """The hooks that act at steps, each with the rule by which it does.

    Args:
        hooks: `SessionRunHook`s, after their begin().
        loop: The hook among them that is the loop itself.
        with_global_step: Whether the loop follows the global step.

    Returns:
        A list of `ScheduledHook`s, in the order of the hooks.
    """
    rules = _BY_CLASS_WITH_GLOBAL_STEP if with_global_step else _BY_CLASS
    return [_rule(hook, rules)(hook) for hook in hooks if _acts_at_steps(hook) and hook is not loop]


def _rule(hook, rules):
    rule = rules.get(type(hook), ScheduledHook)
    # Where TensorFlow no longer has what a rule reads, or somebody has put a method on the
    # instance, the hook is called at every step.
    known = HookState(hook).has(rule.required_state)
    patched = {"before_run", "after_run"} & set(vars(hook))
    return rule if known and not patched else ScheduledHook


def _acts_at_steps(hook):
    base = train.SessionRunHook
    return any(
        getattr(getattr(hook, name), "__func__", None) is not getattr(base, name)
        for name in ("before_run", "after_run")
    )
