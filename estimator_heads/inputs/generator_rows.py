"""Batches of the dicts that a generator yields."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np


def batches(
    generator: Callable[[], Iterator[Mapping[str, Any]]],
    names: Sequence[str],
    size: int,
    num_epochs: int | None,
) -> Iterator[list[Any]]:
    """Yields lists of as many values for each name, `size` in all.

    An epoch that ends within a batch goes on with the first rows, as in the original.

    Args:
        generator: Function that returns a generator of dicts from names to arrays.
        names: List of the names.
        size: Number of values, of all names together.
        num_epochs: How often to read all rows; None: without end.

    Yields:
        A list for each name.

    Raises:
        KeyError: If a dict lacks a name.
    """
    rows_of_batch = -(-size // len(names))
    epoch, rows = 0, generator()
    while not num_epochs or epoch < num_epochs:
        columns: list[list[Any]] = [[] for _ in names]
        while len(columns[0]) < rows_of_batch:
            row = next(rows, None)
            if row is None:
                epoch += 1
                rows = generator()
                row = next(rows)
            for name, column in zip(names, columns, strict=True):
                column.append(_value(row, name, names))
        yield columns


def _value(row, name, names):
    if name not in row:
        raise KeyError(
            f"The generator must yield dicts of the keys {names}. Received: {list(row)}."
        )
    return row[name]


def padded(values: list[np.ndarray], pad_value: Any) -> np.ndarray | list[np.ndarray]:
    """Arrays of the same shape, but for their last dimension, as one array.

    Args:
        values: List of arrays.
        pad_value: What fills them up.

    Returns:
        An array; scalars are returned as they are.

    Raises:
        ValueError: If other dimensions differ.
    """
    leading = {value.shape[:-1] if value.shape else None for value in values}
    if len(leading) > 1:
        raise ValueError(
            "With `pad_value`, arrays must agree in all dimensions but the last. Received the "
            f"shapes {[value.shape for value in values]}."
        )
    if leading == {None}:
        return values
    length = max(value.shape[-1] for value in values)
    batch = np.full([len(values), *values[0].shape[:-1], length], pad_value, values[0].dtype)
    for row, value in zip(batch, values, strict=True):
        for index in itertools.product(*map(range, value.shape[:-1])):
            row[index][: value.shape[-1]] = value[index]
    return batch
