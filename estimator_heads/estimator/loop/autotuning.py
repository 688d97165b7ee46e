"""Finds out by timing which of two functions that do the same is the faster one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, TypeAlias

_Call: TypeAlias = Callable[[], list[Any]]

_BEFORE_THE_FIRST_TRIAL = 100
_BEFORE_THE_NEXT_TRIAL = 5000
_BLOCK = 25
_WARM_UP = 5
_BLOCKS_OF_EACH = 2
_SHORT = 0.005
_WORTHWHILE = 0.9


class AutotunedCall:
    """Calls one of two functions that do the same, and now and then times both to choose one.

    Each is timed several times in a row, as calls in a row are what counts later: threads that have
    just worked are quicker to wake. The first calls do not count, in which caches fill. What was
    faster may become slower: by other work of the machine, or by values that are so near to zero
    that processors take long to calculate with them, which only TensorFlow's own threads treat as
    zero.

    Args:
        default: The function that is right if in doubt, and where a call takes milliseconds: then
            there is nothing to gain, and a trial would take long.
        alternative: The function that is chosen if it needs clearly less time.
        on_choice: Called after each trial with the function that is called from then on.
    """

    def __init__(
        self, default: _Call, alternative: _Call, on_choice: Callable[[_Call], None]
    ) -> None:
        self._functions = [default, alternative]
        self._on_choice = on_choice
        self._wait(default, _BEFORE_THE_FIRST_TRIAL)

    def __call__(self) -> list[Any]:
        if self._calls_to_trial:
            self._calls_to_trial -= 1
            return self._function()
        return self._try()

    def _wait(self, function, calls):
        self._function, self._calls_to_trial = function, calls
        self._tried = 0
        self._seconds: list[list[float]] = [[], []]

    def _try(self):
        block, position = divmod(self._tried, _BLOCK)
        turn = block % 2
        self._tried += 1
        start = time.perf_counter()
        values = self._functions[turn]()
        if position >= _WARM_UP:
            self._seconds[turn].append(time.perf_counter() - start)
        if position == _BLOCK - 1:
            self._decide(last=block == 2 * _BLOCKS_OF_EACH - 1)
        return values

    def _decide(self, last):
        default, alternative = (statistics.median(seconds or [0.0]) for seconds in self._seconds)
        if last or default > _SHORT:
            worthwhile = default <= _SHORT and alternative < _WORTHWHILE * default
            function = self._functions[int(worthwhile)]
            self._wait(function, _BEFORE_THE_NEXT_TRIAL)
            self._on_choice(function)
