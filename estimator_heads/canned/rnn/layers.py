"""The recurrent layer of an RNN estimator: from a type of cell, or a function that makes cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tf_keras

from estimator_heads._tensorflow.keras_cells import cache_variables
from estimator_heads.canned.rnn.arguments import USE_DEFAULT, check_rnn_cell_arguments
from estimator_heads.canned.rnn.cells import tf_keras_cell

SIMPLE_RNN = "simple_rnn"
LSTM = "lstm"
GRU = "gru"
CELL_TYPES = {
    LSTM: tf_keras.layers.LSTMCell,
    GRU: tf_keras.layers.GRUCell,
    SIMPLE_RNN: tf_keras.layers.SimpleRNNCell,
}
LAYER_TYPES = {
    LSTM: tf_keras.layers.LSTM,
    GRU: tf_keras.layers.GRU,
    SIMPLE_RNN: tf_keras.layers.SimpleRNN,
}


def make_rnn_layer(
    rnn_cell_fn: Callable[[], Any] | None,
    units: Any,
    cell_type: str | Callable[..., Any],
    return_sequences: bool,
) -> tf_keras.layers.Layer:
    """A recurrent layer.

    Args:
        rnn_cell_fn: Function without arguments that returns a cell or a list of cells; or None.
        units: Sizes of the cells, the input's side first. With a name as `cell_type` it may be one
            integer, which makes the layer that Keras has for that type.
        cell_type: "simple_rnn", "lstm" or "gru", or a class of cells.
        return_sequences: Whether it puts out all steps, instead of the last.

    Returns:
        A `tf_keras.layers.RNN`, or a layer of Keras's for one type of cell.

    Raises:
        TypeError: `units` is not iterable.
        ValueError: The arguments exclude each other, or there is no such type of cell.
    """
    check_rnn_cell_arguments(rnn_cell_fn, units, cell_type)
    if isinstance(units, int) and isinstance(cell_type, str) and cell_type in LAYER_TYPES:
        return LAYER_TYPES[cell_type](units=units, return_sequences=return_sequences)
    if not rnn_cell_fn:
        if cell_type is USE_DEFAULT:
            cell_type = SIMPLE_RNN
        rnn_cell_fn = make_rnn_cell_fn(units, cell_type)
    cell = tf_keras_cell(rnn_cell_fn())
    return tf_keras.layers.RNN(cell=cell, return_sequences=return_sequences)


def make_rnn_cell_fn(
    units: Iterable[int], cell_type: str | Callable[..., Any] = SIMPLE_RNN
) -> Callable[[], Any]:
    """A function that makes cells of one type.

    Args:
        units: Sizes of the cells, the input's side first.
        cell_type: "simple_rnn", "lstm" or "gru", or a class of cells.

    Returns:
        Function without arguments that returns a cell, or a list of cells if there are several.
    """

    def rnn_cell_fn():
        cells = [single_rnn_cell(size, cell_type) for size in units]
        return cells[0] if len(cells) == 1 else cells

    return rnn_cell_fn


def single_rnn_cell(units: int, cell_type: str | Callable[..., Any]) -> Any:
    """A cell.

    Args:
        units: Its size.
        cell_type: "simple_rnn", "lstm" or "gru", or a class of cells, of tf_keras or of Keras 3.

    Returns:
        A cell as `tf_keras.layers.RNN` takes it.

    Raises:
        ValueError: There is no such type of cell, or what the class makes is no cell.
    """
    cell_class = CELL_TYPES.get(cell_type, cell_type) if isinstance(cell_type, str) else cell_type
    if not callable(cell_class):
        raise ValueError(
            f"Invalid value for argument `cell_type`. Expected one of {sorted(CELL_TYPES)}, or a "
            f"class of cells. Received: {cell_type!r}."
        )
    cell = tf_keras_cell(cell_class(units=units))
    cache_variables(cell)
    if not hasattr(cell, "call") or not hasattr(cell, "state_size"):
        raise ValueError(
            "Invalid value for argument `cell_type`. Expected a class of cells, which have a "
            f"method `call` and an attribute `state_size`. Received: {cell_type!r}, which makes "
            f"{cell!r}."
        )
    return cell
