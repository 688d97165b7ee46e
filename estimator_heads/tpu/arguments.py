"""Checks of arguments that the classes for TPUs share."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np


class IterationsPerLoopCounter(NamedTuple):
    """Steps, or seconds, that TPUs run."""

    value: int
    unit: str


_SECONDS = {"s": 1, "m": 60, "h": 3600}


def check_positive_integer(value: int | np.integer, name: str) -> None:
    """Checks a number of things that there must be at least one of.

    Args:
        value: The argument.
        name: Its name, for the error.

    Raises:
        TypeError: If it is no int.
        ValueError: If it is not > 0.
    """
    message = (
        f"Invalid value for argument `{name}`. Expected an int > 0. Received: {name}={value!r}."
    )
    if not isinstance(value, int | np.integer):
        raise TypeError(message)
    if value <= 0:
        raise ValueError(message)


def parse_iterations_per_loop(iterations_per_loop: int | str) -> IterationsPerLoopCounter:
    """How long TPUs run before they return to the host.

    >>> parse_iterations_per_loop(100)
    IterationsPerLoopCounter(value=100, unit='count')
    >>> parse_iterations_per_loop("5m")
    IterationsPerLoopCounter(value=300, unit='seconds')

    Args:
        iterations_per_loop: A number of steps, or a time as text: "30s", "5m" or "2h".

    Returns:
        An `IterationsPerLoopCounter`, whose unit is "count" or "seconds".

    Raises:
        ValueError: If it is neither.
    """
    match = re.fullmatch(r"([1-9]\d*)([smh]?)", str(iterations_per_loop))
    if not match:
        raise ValueError(
            "Invalid value for argument `iterations_per_loop`. Expected a number of steps > 0, or "
            "a time such as '30s', '5m' or '2h'. Received: "
            f"iterations_per_loop={iterations_per_loop!r}."
        )
    number, suffix = match.groups()
    if suffix:
        return IterationsPerLoopCounter(int(number) * _SECONDS[suffix], "seconds")
    return IterationsPerLoopCounter(int(number), "count")
