"""Finds out by trying which of several ways to do the same is the fastest."""

import statistics
import time

_TRIALS = 12
_WORTHWHILE = 0.9


class FastestWay:
    """Calls functions that do the same in turn, and sticks to one when it has seen enough.

    Args:
        usual: The function that is right if in doubt.
        other: The function that is taken if it needs clearly less time.
        chosen: Called with the function that is taken in the end.
    """

    def __init__(self, usual, other, chosen):
        self._ways = [usual, other]
        self._seconds = [[], []]
        self._chosen = chosen
        self._calls = 0

    def __call__(self):
        turn = self._calls % 2
        self._calls += 1
        start = time.perf_counter()
        values = self._ways[turn]()
        self._seconds[turn].append(time.perf_counter() - start)
        if self._calls == 2 * _TRIALS:
            # The first call of each also prepares the graph.
            usual, other = (statistics.median(seconds[1:]) for seconds in self._seconds)
            self._chosen(self._ways[int(other < _WORTHWHILE * usual)])
        return values
