"""What TensorFlow's hooks keep in private attributes: when they act next."""


class _Attribute:
    """An attribute of the hook, under a name of its own."""

    def __init__(self, private_name):
        self._private_name = private_name

    def __get__(self, state, owner=None):
        return getattr(state.hook, self._private_name)

    def __set__(self, state, value):
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

    def __init__(self, hook):
        self.hook = hook

    def has(self, names):
        """Whether the hook has all these attributes, by the names that they have here."""
        return all(hasattr(self, name) for name in names)
