"""The operations of a step, compiled for a session, with what hooks request besides."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import sessions
from estimator_heads.estimator.loop import hook_requests
from estimator_heads.estimator.loop.autotuning import AutotunedCall
from estimator_heads.estimator.loop.hook_schedule import ScheduledHook
from estimator_heads.estimator.loop.inline_input import InlineInput
from estimator_heads.estimator.loop.step import Step

_MAX_COMPILED = 32


class SessionStep:
    """A function that runs a step, by default in the session's threads, or else inline.

    "Inline" is in the calling thread, which is tried and kept where it is faster.

    Args:
        session: The `tf.compat.v1.Session`.
        fetches: List of the tensors to fetch in each step.
        targets: List of the operations to run in each step.
        inline_input: The `InlineInput` of the graph.
    """

    def __init__(
        self,
        session: tf.compat.v1.Session,
        fetches: list[Any],
        targets: list[tf.Operation],
        inline_input: InlineInput,
    ) -> None:
        self._session: Any = session
        self._fetches = fetches
        self._targets = targets
        self._inline_input = inline_input
        self._with_fetches: dict[Any, Any] = {}
        self._inline = False
        self._run: Any = self._autotuned()

    def __call__(self) -> list[Any]:
        """Runs a step of which no hook requests anything; returns the values of the fetches."""
        return self._run()

    def close(self) -> None:
        """Releases the session."""
        self._run = self._session = None
        self._with_fetches.clear()

    def with_requests(
        self, step: Step, requests: dict[ScheduledHook, tf.compat.v1.train.SessionRunArgs]
    ) -> tuple[list[Any], dict[ScheduledHook, Any]]:
        """Runs a step with what hooks request.

        Args:
            step: The `Step`, which gets their options.
            requests: Dict of `SessionRunArgs` by hook.

        Returns:
            A tuple of the values of the fetches, and of a dict of theirs by hook.
        """
        fetching = {hook: r.fetches for hook, r in requests.items() if r.fetches is not None}
        fetches = list(fetching.values())
        feeds = hook_requests.merged_feeds(requests.values())
        options = [request.options for request in requests.values() if request.options]
        if feeds or options:
            hook_requests.merge_options(step.options, options)
            _, values, results = self._session.run(
                [self._targets, self._fetches, fetches], feeds, step.options, step.run_metadata
            )
        else:
            values, results = self._compiled_with(fetches)()
        return values, dict(zip(fetching, results, strict=True))

    def _autotuned(self):
        """A small model gains more from fewer threads than from operations running in parallel."""
        default, inline = self._callables(self._fetches)
        if inline is None:
            return default

        def on_choice(function):
            if self._inline != (function is inline):
                self._inline = function is inline
                self._with_fetches.clear()

        return AutotunedCall(default, inline, on_choice)

    def _callables(self, fetches):
        return sessions.session_callables(
            self._session, fetches, self._targets, self._inline_replacements
        )

    def _inline_replacements(self, fetches, targets):
        replacements = self._inline_input.replacements(fetches, targets)
        if replacements:
            self._inline_input.initialize(self._session)
        return replacements

    def _compiled_with(self, fetches):
        """A function for a step with these fetches besides, which hooks tend to request again."""
        key = hook_requests.fetches_key(fetches)
        if key not in self._with_fetches:
            if len(self._with_fetches) >= _MAX_COMPILED:
                self._with_fetches.clear()
            self._with_fetches[key] = self._compile_with(fetches)
        return self._with_fetches[key]

    def _compile_with(self, fetches):
        flat = hook_requests.flat_fetches(fetches)
        structure = hook_requests.structured(iter(flat), fetches)  # A hook may change its own.
        default, inline = self._callables([*self._fetches, *flat])
        run = inline if self._inline and inline else default
        own = len(self._fetches)

        def step():  # It keeps the tensors alive, whose ids are in the key.
            values = run()
            return values[:own], hook_requests.structured(iter(values[own:]), structure)

        return step
