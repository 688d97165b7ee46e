"""When a session run hook has something to do, so that the loop can leave it alone otherwise.

TensorFlow's own hooks act only now and then, but ask for values at every step. Most of the time of
a small model's step goes into that. Here each of them is asked beforehand, by the rule of its own
timer, whether it has to act. A hook of any other class is called at every step: also one that
derives from a class named here, for it may do more.

The rules also tell for how many steps to come the hooks have nothing to do, each step adding one to
the global step. The loop then need not even ask.
"""

import math

import tensorflow as tf

from estimator_heads._tensorflow import timers
from estimator_heads._tensorflow.hook_state import HookState
from estimator_heads.estimator.loop.stop_after_steps import StopAfterStepsHook

train = tf.compat.v1.train


class Called:
    """A hook that is called at every step, with what it asks for.

    Args:
        hook: A `SessionRunHook`.
    """

    needs = ()  # What the rule reads of the hook's state.
    asks = True  # Whether it may ask for something before a step.
    foresees = False  # Whether it tells for how long it has nothing to do.
    watches = None  # A tensor to fetch at every step; where is then told by `position`.

    def __init__(self, hook):
        self.hook = hook
        self.state = HookState(hook)

    def before(self, step):
        """What the hook asks for in this step: None or `SessionRunArgs`.

        Args:
            step: The `Step` about to run.
        """
        return self.hook.before_run(step.context)

    def after(self, step, results):
        """Tells the hook that the step has run.

        Args:
            step: The `Step` that has run.
            results: Values of what it asked for; None if it asked for nothing.
        """
        step.tell(self.hook, results)

    def quiet(self, before):
        """For how long the hook has nothing to do, whatever comes of the steps that it `watches`.

        Args:
            before: Global step before the next step.

        Returns:
            A tuple of a number of steps, and of a time in seconds since the epoch.
        """
        return 0, 0.0

    def catch_up(self, count, before):
        """Takes note of steps without anything to do, of which the hook was not told.

        Args:
            count: Number of these steps.
            before: Global step before the last of them.
        """

    def alarmed(self, values):
        """Whether what it `watches` has come to a value on which it acts."""
        return False

    def _after_with_known_global_step(self, step, results):
        """Tells the hook, which would otherwise have the session read the global step again."""
        now = step.global_step
        session = _WithKnownValue(step.context.session, self.state.global_step_tensor, now)
        context = train.SessionRunContext(step.context.original_args, session)
        step.tell(self.hook, results, context)


class Logging(Called):
    """A `LoggingTensorHook`, whose timer counts the steps of this process."""

    foresees = True
    needs = ("iterations", "timer")

    def before(self, step):
        due = self.state.timer.should_trigger_for_step(self.state.iterations)
        return super().before(step) if due else None

    def after(self, step, results):
        if results is None:
            self.state.iterations += 1
        else:
            super().after(step, results)

    def quiet(self, before):
        return timers.idle_limits(self.state.timer, self.state.iterations)

    def catch_up(self, count, before):
        self.state.iterations += count


class SummarySaver(Called):
    """A `SummarySaverHook`, which decides before the step by the global step it expects."""

    foresees = True
    needs = ("next_step", "timer", "global_step_tensor")

    def before(self, step):
        expected = self.state.next_step
        due = expected is None or self.state.timer.should_trigger_for_step(expected)
        return super().before(step) if due else None

    def after(self, step, results):
        if results is None:
            self.catch_up(1, step.before)
        else:
            self._after_with_known_global_step(step, results)

    def quiet(self, before):
        expected = self.state.next_step
        if expected is None:
            return 0, 0.0
        return timers.idle_limits(self.state.timer, max(expected, before + 1))

    def catch_up(self, count, before):
        self.state.next_step = before + 2


class Afterwards(Called):
    """A hook that only asks for the global step, and acts on it after the step if it is `due`."""

    foresees = True
    asks = False

    def after(self, step, results):
        if self.due(step):
            super().after(step, step.before)


class StopAtStep(Afterwards):
    """A `StopAtStepHook`."""

    needs = ("last_step",)

    def due(self, step):
        return step.before + 1 >= self.state.last_step

    def quiet(self, before):
        return self.state.last_step - before - 1, math.inf


class CheckpointSaver(Afterwards):
    """A `CheckpointSaverHook`."""

    needs = ("timer",)

    def due(self, step):
        return self.state.timer.should_trigger_for_step(step.global_step)

    def quiet(self, before):
        return timers.idle_limits(self.state.timer, before + 1)


class StepCounter(Afterwards):
    """A `StepCounterHook`, which also warns if the global step stands still."""

    needs = ("timer", "last_global_step", "steps_per_run", "global_step_tensor")

    def after(self, step, results):
        if self.due(step):
            self._after_with_known_global_step(step, step.before)

    def due(self, step):
        state = self.state
        if step.before == state.last_global_step:
            return True
        if state.timer.should_trigger_for_step(step.before + state.steps_per_run):
            return True
        self.catch_up(1, step.before)
        return False

    def quiet(self, before):
        if before == self.state.last_global_step:
            return 0, 0.0
        return timers.idle_limits(self.state.timer, before + self.state.steps_per_run)

    def catch_up(self, count, before):
        self.state.last_global_step = before


class _WithKnownValue:
    """A session that knows the value of one tensor, and need not run for it."""

    def __init__(self, session, tensor, value):
        self._session = session
        self._tensor = tensor
        self._value = value

    def run(self, fetches, *arguments, **options):
        if fetches is self._tensor:
            return self._value
        return self._session.run(fetches, *arguments, **options)


class NanTensor(Called):
    """A `NanTensorHook`: a value is NaN if it differs from itself."""

    foresees = True
    needs = ("loss_tensor",)
    asks = False

    @property
    def watches(self):
        return self.state.loss_tensor

    def after(self, step, results):
        if self.alarmed(step.fetched):
            super().after(step, step.fetched[self.position])

    def quiet(self, before):
        return math.inf, math.inf

    def alarmed(self, values):
        value = values[self.position]
        return value != value


class StopAfterSteps(Called):
    """A `StopAfterStepsHook`, which asks for the same tensor at every step."""

    asks = False

    @property
    def watches(self):
        return self.hook.count

    def after(self, step, results):
        super().after(step, step.fetched[self.position])


_BY_CLASS = {
    StopAfterStepsHook: StopAfterSteps,
    train.LoggingTensorHook: Logging,
    train.NanTensorHook: NanTensor,
}
_BY_CLASS_WITH_GLOBAL_STEP = {
    **_BY_CLASS,
    train.CheckpointSaverHook: CheckpointSaver,
    train.StepCounterHook: StepCounter,
    train.StopAtStepHook: StopAtStep,
    train.SummarySaverHook: SummarySaver,
}


def scheduled(hooks, loop, with_global_step):
    """The hooks that have to be asked at every step, each with its rule.

    Args:
        hooks: `SessionRunHook`s, after their begin().
        loop: The hook among them that is the loop itself.
        with_global_step: Whether the loop follows the global step.

    Returns:
        A list of `Called`, in the order of the hooks, without those that act at no step.
    """
    rules = _BY_CLASS_WITH_GLOBAL_STEP if with_global_step else _BY_CLASS
    return [_rule(hook, rules)(hook) for hook in hooks if _acts_at_steps(hook) and hook is not loop]


def _rule(hook, rules):
    rule = rules.get(type(hook), Called)
    # Where TensorFlow has no longer what a rule reads, or somebody has put a method on the
    # instance, the hook is one like any other.
    known = HookState(hook).has(rule.needs)
    patched = {"before_run", "after_run"} & set(vars(hook))
    return rule if known and not patched else Called


def _acts_at_steps(hook):
    nothing = train.SessionRunHook
    return any(
        getattr(getattr(hook, name), "__func__", None) is not getattr(nothing, name)
        for name in ("before_run", "after_run")
    )
