"""Values of pandas DataFrames as arrays.

Reproduces the functions `extract_pandas_*` of `tf.contrib.learn` of TF 1.15.
"""

from __future__ import annotations

from typing import Any

_NUMBERS = ("int", "uint", "float", "bool")


def extract_pandas_data(data: Any) -> Any:
    """The values of a DataFrame as numbers of 64 bits; anything else unchanged.

    Args:
        data: A `pandas.DataFrame`, or something else.

    Returns:
        An array of float64 [rows, columns], or `data`.

    Raises:
        ValueError: If a column is not of integers, floats or bools.
    """
    if not _is_data_frame(data):
        return data
    _check_numbers("data", data)
    return data.to_numpy().astype(float)


def extract_pandas_matrix(data: Any) -> Any:
    """The values of a DataFrame; anything else unchanged.

    Args:
        data: A `pandas.DataFrame`, or something else.

    Returns:
        An array [rows, columns], or `data`.
    """
    return data.to_numpy() if _is_data_frame(data) else data


def extract_pandas_labels(labels: Any) -> Any:
    """The values of a DataFrame of one column; anything else unchanged.

    Args:
        labels: A `pandas.DataFrame`, or something else.

    Returns:
        An array [rows, 1], or `labels`.

    Raises:
        ValueError: If there are several columns, or one not of integers, floats or bools.
    """
    if not _is_data_frame(labels):
        return labels
    if len(labels.columns) > 1:
        raise ValueError(
            "Invalid value for argument `labels`. Expected a DataFrame of one column. Received the "
            f"columns {list(labels.columns)}."
        )
    _check_numbers("labels", labels)
    return labels.to_numpy()


def is_pandas(value: object) -> bool:
    """Whether it is a DataFrame or a Series; pandas need not be installed."""
    kind = type(value)
    return kind.__module__.split(".")[0] == "pandas" and kind.__name__ in ("DataFrame", "Series")


def _is_data_frame(value):
    return is_pandas(value) and value.ndim == 2


def _check_numbers(argument, frame):
    others = {
        str(name): str(dtype)
        for name, dtype in frame.dtypes.items()
        if str(dtype).rstrip("0123456789") not in _NUMBERS
    }
    if others:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a DataFrame whose columns are "
            f"integers, floats or bools. Received columns of other dtypes: {others}."
        )
