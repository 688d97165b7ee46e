"""Checks of what says how large the cells of an RNN estimator are, and of which type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from estimator_heads.canned import arguments

# Says that the argument `cell_type` was not given.
USE_DEFAULT: Any = object()


def check_rnn_cell_arguments(
    rnn_cell_fn: Callable[..., Any] | None,
    units: Iterable[int] | int | None,
    cell_type: str | Callable[..., Any],
    units_name: str = "units",
) -> None:
    """Raises ValueError if there are both a function that makes cells and their size or type.

    Args:
        rnn_cell_fn: As for `layers.make_rnn_layer`.
        units: As for `layers.make_rnn_layer`.
        cell_type: As for `layers.make_rnn_layer`; `USE_DEFAULT` if it was not given.
        units_name: Name of the argument `units`.
    """
    if rnn_cell_fn and (units or cell_type is not USE_DEFAULT):
        given = {"rnn_cell_fn": rnn_cell_fn, units_name: units, "cell_type": cell_type}
        received = ", ".join(
            f"{name}={value!r}" for name, value in given.items() if value is not USE_DEFAULT
        )
        raise ValueError(
            f"Expected either the argument `rnn_cell_fn`, or `{units_name}` and `cell_type`. "
            f"Received: {received}."
        )


def checked_units(
    rnn_cell_fn: Callable[[], Any] | None,
    units: Iterable[int] | int | None,
    cell_type: str | Callable[..., Any],
) -> Iterable[int] | int | None:
    """The sizes of the cells, before a graph is made.

    Args:
        rnn_cell_fn: As for `layers.make_rnn_layer`.
        units: As for `layers.make_rnn_layer`.
        cell_type: As for `layers.make_rnn_layer`.

    Returns:
        `units` as `layers.make_rnn_layer` takes it.

    Raises:
        TypeError: `units` is not iterable.
        ValueError: The arguments exclude each other, or a size is not an integer > 0.
    """
    check_rnn_cell_arguments(rnn_cell_fn, units, cell_type)
    if rnn_cell_fn:
        return units
    if isinstance(units, int) and isinstance(cell_type, str):
        (units,) = arguments.checked_hidden_units([units], "units")
        return units
    sizes = arguments.checked_hidden_units(units, "units")
    if not sizes:
        raise ValueError(
            "Invalid value for argument `units`. Expected a list of integers > 0, such as "
            f"units=[32, 16]. Received: {units!r}."
        )
    return sizes
