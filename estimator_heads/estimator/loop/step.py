"""One step of a session loop, as its hooks get to see it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf

train = tf.compat.v1.train


class Step:
    """One step, as hooks get to see it.

    Args:
        session: The `tf.compat.v1.Session`.
        arguments: `SessionRunArgs` of the loop itself.
        read_global_step: Function that reads the global step.

    Attributes:
        global_step_before: Global step before the step; None if the loop does not follow it.
        fetched: Values of what the loop fetches in each step.
    """

    def __init__(
        self,
        session: tf.compat.v1.Session,
        arguments: tf.compat.v1.train.SessionRunArgs,
        read_global_step: Callable[[], int],
    ) -> None:
        self._session = session
        self._arguments = arguments
        self._read_global_step = read_global_step
        self._context: tf.compat.v1.train.SessionRunContext | None = None
        self._global_step: int | None = None
        self.global_step_before: Any = None

    @property
    def context(self) -> tf.compat.v1.train.SessionRunContext:
        """The `SessionRunContext`, one for all hooks."""
        if self._context is None:
            self._context = train.SessionRunContext(self._arguments, self._session)
        return self._context

    @functools.cached_property
    def options(self) -> tf.compat.v1.RunOptions:
        """The `RunOptions`, one for all hooks."""
        return tf.compat.v1.RunOptions()

    @functools.cached_property
    def run_metadata(self) -> tf.compat.v1.RunMetadata:
        """The `RunMetadata`, one for all hooks."""
        return tf.compat.v1.RunMetadata()

    def set_results(self, fetched: list[Any], global_step: int | None) -> None:
        """Sets what the step has returned.

        Args:
            fetched: Values of what the loop fetches in each step.
            global_step: Global step after the step; None if it has to be read.
        """
        self.fetched = fetched
        self._global_step = global_step

    def call_after_run(
        self,
        hook: tf.compat.v1.train.SessionRunHook,
        results: Any,
        context: tf.compat.v1.train.SessionRunContext | None = None,
    ) -> None:
        """Calls after_run of a hook.

        Args:
            hook: The `SessionRunHook`.
            results: Values of the fetches that it requested; None if it requested none.
            context: `SessionRunContext` for this hook alone.
        """
        values = train.SessionRunValues(results, self.options, self.run_metadata)
        hook.after_run(context or self.context, values)
        self._global_step = None  # The hook may have changed the global step.

    @property
    def global_step(self) -> int:
        """The global step at this moment."""
        if self._global_step is None:
            self._global_step = self._read_global_step()
        return self._global_step

    @property
    def stop_requested(self) -> bool:
        """Whether a hook has asked to stop."""
        return self._context is not None and self._context.stop_requested
