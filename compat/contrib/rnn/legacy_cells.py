"""The cells of TF1 that tf_keras carries."""

from __future__ import annotations

import importlib
from typing import Any

from estimator_heads.compat.tf1.layers import SERVED

_cells = importlib.import_module(SERVED["nn.rnn_cell"])

RNNCell = _cells.RNNCell
LayerRNNCell = _cells.BasicRNNCell.__base__  # It has no public name of its own.
LSTMStateTuple = _cells.LSTMStateTuple


def check_cell(cell: Any) -> None:
    """Fails unless it is a cell, or like one.

    Raises:
        TypeError: If it lacks what a cell has.
    """
    missing = [
        name for name in ("output_size", "state_size", "zero_state") if not hasattr(cell, name)
    ]
    if missing or not callable(cell):
        raise TypeError(
            "Invalid value for argument `cell`. Expected an RNNCell. Received: "
            f"{cell!r}, which lacks {missing or 'a call'}."
        )
