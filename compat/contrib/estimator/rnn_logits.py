"""The recurrent network of `tf.contrib.estimator`: cells, their input, and logits."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads._tensorflow import sequence_columns
from estimator_heads.canned import arguments
from estimator_heads.canned.rnn.arguments import USE_DEFAULT, check_rnn_cell_arguments
from estimator_heads.compat.contrib.layers.column_ops.sequence import sequence_input_layer
from estimator_heads.compat.tf1.layers import SERVED

_CLASS_NAMES = {"basic_rnn": "BasicRNNCell", "lstm": "BasicLSTMCell", "gru": "GRUCell"}


_CELL_TYPES: dict[str, type]

if not TYPE_CHECKING:  # or type checkers would believe that any name is there

    def __getattr__(name):
        if name != "_CELL_TYPES":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return {known: getattr(_cells(), class_name) for known, class_name in _CLASS_NAMES.items()}


def _single_rnn_cell(num_units, cell_type):
    """A cell of TF1.

    Args:
        num_units: Its size.
        cell_type: "basic_rnn", "lstm" or "gru", or a class derived from TF1's `RNNCell`.

    Returns:
        A `tf.nn.rnn_cell.RNNCell`.

    Raises:
        ValueError: There is no such type of cell.
    """
    cells = _cells()
    cell_class = cell_type
    if isinstance(cell_type, str) and cell_type in _CLASS_NAMES:
        cell_class = getattr(cells, _CLASS_NAMES[cell_type])
    if not (isinstance(cell_class, type) and issubclass(cell_class, cells.RNNCell)):
        raise ValueError(
            f"Invalid value for argument `cell_type`. Expected one of {sorted(_CLASS_NAMES)}, or a "
            f"class derived from tf.compat.v1.nn.rnn_cell.RNNCell. Received: {cell_type!r}."
        )
    return cell_class(num_units=num_units)


def _make_rnn_cell_fn(num_units, cell_type="basic_rnn"):
    """A function that makes cells of one type.

    Args:
        num_units: Sizes of the cells, the input's side first.
        cell_type: "basic_rnn", "lstm" or "gru", or a class derived from TF1's `RNNCell`.

    Returns:
        Function of `mode` that returns a cell, a `MultiRNNCell` if there are several sizes.
    """

    def rnn_cell_fn(mode):
        del mode
        cells = [_single_rnn_cell(size, cell_type) for size in num_units]
        return cells[0] if len(cells) == 1 else _cells().MultiRNNCell(cells)

    return rnn_cell_fn


def _assert_rnn_cell_fn(rnn_cell_fn, num_units, cell_type):
    """The function that makes cells, of three arguments that may exclude each other.

    Args:
        rnn_cell_fn: Function of `mode` that returns a cell, or None.
        num_units: Sizes of the cells.
        cell_type: As for `_make_rnn_cell_fn`; `USE_DEFAULT` if it was not given.

    Returns:
        Function of `mode` that returns a cell.

    Raises:
        TypeError: `num_units` is not iterable.
        ValueError: There are both a function and another of the arguments, or a size is not an
            integer > 0.
    """
    check_rnn_cell_arguments(rnn_cell_fn, num_units, cell_type, units_name="num_units")
    if rnn_cell_fn:
        return rnn_cell_fn
    sizes = arguments.checked_hidden_units(num_units, "num_units")
    return _make_rnn_cell_fn(sizes, "basic_rnn" if cell_type is USE_DEFAULT else cell_type)


def _concatenate_context_input(sequence_input, context_input):
    """Sequences that have the context at each step, behind their own values.

    Args:
        sequence_input: float32 Tensor of shape [batch_size, length, D0].
        context_input: float32 Tensor of shape [batch_size, D1].

    Returns:
        float32 Tensor of shape [batch_size, length, D0 + D1].
    """
    return sequence_columns.concatenate_context_input(context_input, sequence_input)


def _select_last_activations(activations, sequence_lengths):
    """What a network puts out at the last step of each sequence.

    Args:
        activations: Tensor of shape [batch_size, length, D].
        sequence_lengths: int64 Tensor of shape [batch_size], or None if none is padded.

    Returns:
        Tensor of shape [batch_size, D].
    """
    with tf.compat.v1.name_scope("select_last_activations", values=[activations, sequence_lengths]):
        shape = tf.shape(activations, out_type=tf.int64)
        if sequence_lengths is None:
            sequence_lengths = shape[1]
        rows = tf.range(shape[0]) * shape[1] + tf.cast(sequence_lengths, tf.int64) - 1
        last = tf.gather(tf.reshape(activations, [shape[0] * shape[1], shape[2]]), rows)
        last.set_shape([activations.shape[0], activations.shape[2]])
        return last


def _rnn_logit_fn_builder(
    output_units,
    rnn_cell_fn,
    sequence_feature_columns,
    context_feature_columns,
    input_layer_partitioner,
    return_sequences=False,
):
    """A function from features to the logits of a recurrent network.

    Args:
        output_units: Dimension of the logits.
        rnn_cell_fn: Function of `mode` that returns a cell.
        sequence_feature_columns: Columns of sequences.
        context_feature_columns: Dense columns whose values each step has in addition.
        input_layer_partitioner: Partitioner of the variables of columns, or None.
        return_sequences: Whether there are logits of each step, instead of the last.

    Returns:
        Function of `features` and `mode` that returns the logits, and the bool Tensor of shape
        [batch_size, length] that is False for padding.

    Raises:
        ValueError: `output_units` is not an integer.
    """
    arguments.check_units(output_units)

    def rnn_logit_fn(features, mode):
        with tf.compat.v1.variable_scope(
            "sequence_input_layer",
            values=tuple(features.values()),
            partitioner=input_layer_partitioner,
        ):
            sequence_input, sequence_length = sequence_input_layer(
                features, sequence_feature_columns
            )
            tf.compat.v1.summary.histogram("sequence_length", sequence_length)
            if context_feature_columns:
                context_input = tf.compat.v1.feature_column.input_layer(
                    features, context_feature_columns
                )
                sequence_input = _concatenate_context_input(sequence_input, context_input)
        cell = rnn_cell_fn(mode)
        with _weights_by_the_seed_of_the_graph():
            outputs, _ = tf.compat.v1.nn.dynamic_rnn(
                cell=cell,
                inputs=sequence_input,
                sequence_length=sequence_length,
                dtype=tf.float32,
            )
        if not return_sequences:
            outputs = _select_last_activations(outputs, sequence_length)
        with tf.compat.v1.variable_scope("logits", values=(outputs,)):
            logits = importlib.import_module(SERVED["layers"]).dense(
                outputs,
                units=output_units,
                kernel_initializer=tf.compat.v1.glorot_uniform_initializer(),
            )
        return logits, tf.sequence_mask(sequence_length)

    return rnn_logit_fn


def _weights_by_the_seed_of_the_graph():
    """Inside, cells draw their weights as in TF1; by themselves, those of tf_keras ignore seeds."""
    return tf.compat.v1.variable_scope(
        tf.compat.v1.get_variable_scope(),
        initializer=tf.compat.v1.glorot_uniform_initializer(),
        auxiliary_name_scope=False,
    )


def _cells():
    return importlib.import_module(SERVED["nn.rnn_cell"])
