"""TrainSpec and EvalSpec: what `train_and_evaluate` is to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from estimator_heads.estimator import arguments
from estimator_heads.types import Hooks, InputFn

# namedtuples have the original's field order, and allow `__new__` in their subclasses.


class _TrainFields(NamedTuple):
    input_fn: InputFn
    max_steps: int | None
    hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    saving_listeners: tuple[tf.compat.v1.train.CheckpointSaverListener, ...]


class _EvalFields(NamedTuple):
    input_fn: InputFn
    steps: int | None
    name: str | None
    hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    exporters: tuple[Any, ...]
    start_delay_secs: float
    throttle_secs: float


class TrainSpec(_TrainFields):
    """How `train_and_evaluate` trains. Reproduces `tf.estimator.TrainSpec`.

    Args:
        input_fn: As for `Estimator.train`.
        max_steps: Global step to stop at, over all calls and all workers; None: when the input
            ends. An evaluator process ends only if it is given.
        hooks: `SessionRunHook`s for every training process.
        saving_listeners: `CheckpointSaverListener`s for the chief.

    Raises:
        ValueError: If `max_steps` is not > 0.
        TypeError: If the input_fn is not callable, or hooks or listeners have the wrong type.

    >>> TrainSpec(lambda: None, max_steps=1000).max_steps
    1000
    """

    __slots__ = ()

    def __new__(
        cls,
        input_fn: InputFn,
        max_steps: int | None = None,
        hooks: Hooks | None = None,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener] | None = None,
    ) -> TrainSpec:
        check_input_fn(input_fn)
        arguments.check_positive("max_steps", max_steps)
        return super().__new__(
            cls,
            input_fn,
            max_steps,
            checked_hooks(hooks),
            checked_saving_listeners(saving_listeners),
        )


class EvalSpec(_EvalFields):
    """How `train_and_evaluate` evaluates and exports. Reproduces `tf.estimator.EvalSpec`.

    Args:
        input_fn: As for `Estimator.evaluate`.
        steps: Number of batches; None: until the input ends.
        name: Name of the evaluation, to tell several apart.
        hooks: `SessionRunHook`s for the evaluation.
        exporters: An `Exporter` or several, called after each evaluation. Their names must differ.
        start_delay_secs: How long an evaluator process waits before it starts, in seconds.
        throttle_secs: Minimum time from the start of one evaluation to the next, in seconds. A
            checkpoint that comes earlier is not evaluated, unless training ends with it.

    Raises:
        ValueError: If `steps` is not > 0, a time is < 0, or names of exporters are missing or not
            unique.
        TypeError: If an argument has the wrong type.

    >>> EvalSpec(lambda: None, steps=None, throttle_secs=60).exporters
    ()
    """

    __slots__ = ()

    def __new__(
        cls,
        input_fn: InputFn,
        steps: int | None = 100,
        name: str | None = None,
        hooks: Hooks | None = None,
        exporters: Any = None,
        start_delay_secs: float = 120,
        throttle_secs: float = 600,
    ) -> EvalSpec:
        check_input_fn(input_fn)
        arguments.check_positive("steps", steps)
        if name is not None and not isinstance(name, str):
            raise TypeError(
                f"Invalid value for argument `name`. Expected a string. Received: name={name!r}."
            )
        _check_seconds("start_delay_secs", start_delay_secs)
        _check_seconds("throttle_secs", throttle_secs)
        return super().__new__(
            cls,
            input_fn,
            steps,
            name,
            checked_hooks(hooks),
            checked_exporters(exporters),
            start_delay_secs,
            throttle_secs,
        )


def check_exporter_names(exporters: Iterable[Any]) -> None:
    """Checks that each exporter has a name, and so a folder, of its own.

    Raises:
        ValueError: If not.
    """
    names = [exporter.name for exporter in exporters]
    if len(set(names)) != len(names) or not all(name and isinstance(name, str) for name in names):
        raise ValueError(
            "Each of the `exporters` must have a unique `name`, a non-empty string: it names the "
            f"folder of its exports. Received the names {names}."
        )


def check_input_fn(input_fn: Any) -> None:
    """Raises a TypeError if it cannot be called."""
    if not callable(input_fn):
        raise TypeError(
            "Invalid value for argument `input_fn`. Expected a function that returns a "
            f"tf.data.Dataset, or features and labels. Received: input_fn={input_fn!r}."
        )


def _check_seconds(argument, value):
    if not value >= 0:  # NaN is not.
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a number of seconds >= 0. "
            f"Received: {argument}={value!r}."
        )


def checked_hooks(
    hooks: Iterable[tf.compat.v1.train.SessionRunHook] | None,
) -> tuple[tf.compat.v1.train.SessionRunHook, ...]:
    """`SessionRunHook`s as a tuple; of None an empty one."""
    return tuple(arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook))


def checked_saving_listeners(
    saving_listeners: Iterable[tf.compat.v1.train.CheckpointSaverListener] | None,
) -> tuple[tf.compat.v1.train.CheckpointSaverListener, ...]:
    """`CheckpointSaverListener`s as a tuple; of None an empty one."""
    return tuple(
        arguments.checked_list(
            "saving_listeners", saving_listeners, tf.compat.v1.train.CheckpointSaverListener
        )
    )


def checked_exporters(exporters: Any) -> tuple[Any, ...]:
    """An `Exporter`, or several, as a tuple; of None an empty one."""
    if exporters is None:
        return ()
    listed = exporters
    if _is_exporter(exporters) or not isinstance(exporters, Iterable):
        listed = [exporters]
    listed = tuple(listed)
    if not all(map(_is_exporter, listed)):
        raise TypeError(
            "Invalid value for argument `exporters`. Expected an Exporter, or several in a list, "
            f"with `name` and `export`. Received: exporters={exporters!r}."
        )
    check_exporter_names(listed)
    return listed


def _is_exporter(value):
    """Whether it has what is asked of an Exporter; it need not be derived from that class."""
    return hasattr(value, "name") and callable(getattr(value, "export", None))
