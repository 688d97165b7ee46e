"""Results that a head's methods share while it makes one EstimatorSpec.

`loss`, `predictions` and `update_metrics` are public: each starts from logits and labels, and knows
nothing of the others. A spec needs them all. In a `SharedResults`, what one has computed from the
very same objects the next one finds.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import tensorflow as tf

_Result = TypeVar("_Result")

_current: contextvars.ContextVar[SharedResults | None] = contextvars.ContextVar(
    "shared_results", default=None
)


class SharedResults:
    """The results of one spec; it lives as long as the spec's functions do."""

    def __init__(self) -> None:
        self._results: dict[tuple[Any, ...], Any] = {}

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """A context in which `once` looks up and keeps results here."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def used_by(self, function: Callable[..., _Result]) -> Callable[..., _Result]:
        """`function`, called with the results in use."""

        @functools.wraps(function)
        def call(*args, **kwargs):
            with self.in_use():
                return function(*args, **kwargs)

        return call

    def result(self, compute: Callable[..., _Result], arguments: tuple[Any, ...]) -> _Result:
        """See `once`."""
        # A tensor of one graph means nothing in another, such as the body of a loop.
        graph = tf.compat.v1.get_default_graph()
        key = (compute, id(graph), *map(id, arguments))
        if key not in self._results:
            # The objects are kept too: as long as they live, no others have their ids.
            self._results[key] = compute(*arguments), graph, arguments
        return self._results[key][0]


def once(compute: Callable[..., _Result], *arguments: Any) -> _Result:
    """`compute(*arguments)`; with results in use, what it returned for the same objects before.

    Args:
        compute: A function or bound method.
        *arguments: What it is called with; compared by identity.
    """
    results = _current.get()
    return compute(*arguments) if results is None else results.result(compute, arguments)
