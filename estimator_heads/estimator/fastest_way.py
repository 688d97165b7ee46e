"""Finds out by trying which of two ways to do the same is the faster one."""

import statistics
import time

_FIRST = 100
_BLOCK = 25
_WARM_UP = 5
_BLOCKS_OF_EACH = 2
_SHORT = 0.005
_WORTHWHILE = 0.9


class FastestWay:
    """Calls two functions that do the same in turn, and sticks to one when it has seen enough.

    Each is called several times in a row, as calls in a row are what counts later: threads that
    have just worked are quicker to wake. The first calls do not count, in which caches fill.

    Args:
        usual: The function that is right if in doubt, and where a call takes milliseconds: then
            there is nothing to gain, and trying would take long.
        other: The function that is taken if it needs clearly less time.
        chosen: Called with the function that is taken in the end.
    """

    def __init__(self, usual, other, chosen):
        self._ways = [usual, other]
        self._seconds = [[], []]
        self._chosen = chosen
        self._calls = 0

    def __call__(self):
        block, position = divmod(self._calls - _FIRST, _BLOCK)
        turn = block % 2 if block > 0 else 0
        self._calls += 1
        start = time.perf_counter()
        values = self._ways[turn]()
        if block >= 0 and position >= _WARM_UP:
            self._seconds[turn].append(time.perf_counter() - start)
        if block >= 0 and position == _BLOCK - 1:
            self._decide(last=block == 2 * _BLOCKS_OF_EACH - 1)
        return values

    def _decide(self, last):
        usual, other = (statistics.median(seconds or [0.0]) for seconds in self._seconds)
        if usual > _SHORT:
            self._chosen(self._ways[0])
        elif last:
            self._chosen(self._ways[int(other < _WORTHWHILE * usual)])
