"""Recurrent networks that are called with a whole sequence rather than step by step."""

from __future__ import annotations

import abc
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.rnn.legacy_cells import LSTMStateTuple, RNNCell
from estimator_heads.compat.tf1.layers import SERVED, LazyModule
from estimator_heads.types import Reuse, Scope, TensorLike

v1 = tf.compat.v1
_Layer: Any = LazyModule("tf_keras_legacy_layers", SERVED["layers"]).Layer


class FusedRNNCell(abc.ABC):
    """What runs over a whole sequence when it is called."""

    @abc.abstractmethod
    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: Any = None,
        dtype: tf.DType | None = None,
        sequence_length: TensorLike | None = None,
        scope: Scope | None = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], Any]:
        """Runs over the sequence.

        Args:
            inputs: Tensor [time, batch, depth], or a list of Tensors [batch, depth].
            initial_state: State to start from; None for zeros.
            dtype: Of the state, if it is not given.
            sequence_length: Tensor [batch] of lengths; None: all are full.
            scope: Variable scope.

        Returns:
            Tuple of the outputs, in the form of the inputs, and the final state.
        """


class FusedRNNCellAdaptor(FusedRNNCell):
    """An ordinary cell as a `FusedRNNCell`.

    Args:
        cell: An `RNNCell`.
        use_dynamic_rnn: Whether to run it with `dynamic_rnn` rather than `static_rnn`.
    """

    def __init__(self, cell: RNNCell, use_dynamic_rnn: bool = False) -> None:
        self._cell = cell
        self._use_dynamic_rnn = use_dynamic_rnn

    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: Any = None,
        dtype: tf.DType | None = None,
        sequence_length: TensorLike | None = None,
        scope: Scope | None = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], Any]:
        is_list = isinstance(inputs, list)
        options = {
            "initial_state": initial_state,
            "dtype": dtype,
            "sequence_length": sequence_length,
            "scope": scope,
        }
        if self._use_dynamic_rnn:
            inputs = tf.stack(inputs) if is_list else inputs
            outputs, state = v1.nn.dynamic_rnn(self._cell, inputs, time_major=True, **options)
            return tf.unstack(outputs) if is_list else outputs, state
        inputs = inputs if is_list else tf.unstack(inputs)
        outputs, state = v1.nn.static_rnn(self._cell, inputs, **options)
        return outputs if is_list else tf.stack(outputs), state


class TimeReversedFusedRNN(FusedRNNCell):
    """A `FusedRNNCell` that runs from the end of sequences to their start.

    Args:
        cell: The `FusedRNNCell`.
    """

    def __init__(self, cell: FusedRNNCell) -> None:
        self._cell = cell

    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: Any = None,
        dtype: tf.DType | None = None,
        sequence_length: TensorLike | None = None,
        scope: Scope | None = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], Any]:
        outputs, state = self._cell(
            _reversed(inputs, sequence_length),
            initial_state=initial_state,
            dtype=dtype,
            sequence_length=sequence_length,
            scope=scope,
        )
        return _reversed(outputs, sequence_length), state


def _reversed(sequence, lengths):
    if isinstance(sequence, list):
        return sequence[::-1]
    if lengths is None:
        return tf.reverse(sequence, [0])
    return tf.reverse_sequence(sequence, lengths, seq_axis=0, batch_axis=1)


class LSTMBlockFusedCell(_Layer):
    """An LSTM that runs over a sequence in a single operation.

    Args:
        num_units: Its size.
        forget_bias: Is added to the bias of the forget gate.
        cell_clip: Limit of the state; None for none.
        use_peephole: Whether gates see the state.
        reuse: Whether to reuse variables.
        dtype: Of the variables; None: that of the inputs.
        name: Of the layer.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        reuse: Reuse = None,
        dtype: tf.DType | str | None = None,
        name: str | None = "lstm_fused_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole

    @property
    def num_units(self) -> int:
        """Its size."""
        return self._num_units

    def build(self, input_shape: tf.TensorShape | list[tf.TensorShape]) -> None:
        """Makes the variables; lists of inputs are stacked before."""
        shape = input_shape[0] if isinstance(input_shape, list) else input_shape
        rows = tf.TensorShape(shape).as_list()[-1] + self._num_units
        self._kernel = self.add_weight("kernel", [rows, self._num_units * 4])
        self._bias = self.add_weight(
            "bias", [self._num_units * 4], initializer=v1.zeros_initializer()
        )
        self._peepholes = None
        if self._use_peephole:
            names = ("w_i_diag", "w_f_diag", "w_o_diag")
            self._peepholes = [self.add_weight(name, [self._num_units]) for name in names]
        self.built = True

    def call(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: tuple[tf.Tensor, tf.Tensor] | None = None,
        dtype: tf.DType | None = None,
        sequence_length: TensorLike | None = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], LSTMStateTuple]:
        """Runs over the sequence; see `FusedRNNCell`.

        Raises:
            ValueError: If neither a state nor a dtype is given, or the state is not of two parts.
        """
        is_list = isinstance(inputs, list)
        inputs = tf.stack(inputs) if is_list else inputs
        steps, batch = tf.unstack(tf.shape(inputs)[:2])
        cell, output = self._initial_state(initial_state, batch, dtype)
        last = steps if sequence_length is None else tf.reduce_max(sequence_length)
        zeros = tf.zeros([self._num_units], cell.dtype)
        of_new, of_forget, of_out = self._peepholes or [zeros] * 3
        found = tf.raw_ops.BlockLSTM(
            seq_len_max=tf.cast(last, tf.int64),
            x=inputs,
            cs_prev=cell,
            h_prev=output,
            w=self._kernel,
            wci=of_new,
            wcf=of_forget,
            wco=of_out,
            b=self._bias,
            forget_bias=self._forget_bias,
            cell_clip=self._cell_clip,
            use_peephole=self._use_peephole,
        )
        cells, outputs = found.cs, found.h
        if sequence_length is None:
            final = LSTMStateTuple(cells[-1], outputs[-1])
        else:
            mask = tf.sequence_mask(sequence_length, steps, cell.dtype)
            outputs *= tf.transpose(mask)[:, :, None]
            final = LSTMStateTuple(
                _at(tf.concat([cell[None], cells], 0), sequence_length),
                _at(tf.concat([output[None], outputs], 0), sequence_length),
            )
        return tf.unstack(outputs) if is_list else outputs, final

    def _initial_state(self, state, batch, dtype):
        if state is None:
            if dtype is None:
                raise ValueError("Either `initial_state` or `dtype` must be given, not None.")
            zeros = tf.zeros([batch, self._num_units], dtype)
            return zeros, zeros
        if len(state) != 2:
            raise ValueError(
                "Invalid value for argument `initial_state`. Expected a tuple of two Tensors. "
                f"Received: initial_state={state!r}."
            )
        return state


def _at(sequence, positions):
    """Of [time, batch, depth], what stands at the position of each row."""
    positions = tf.cast(positions, tf.int32)
    rows = tf.range(tf.shape(positions)[0])
    return tf.gather_nd(sequence, tf.stack([positions, rows], axis=1))
