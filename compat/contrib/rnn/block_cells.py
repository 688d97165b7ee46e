"""`LSTMBlockCell` and `GRUBlockCell`, in ordinary operations.

TensorFlow still has the operations of their names, but no gradients of them.
"""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.compat.contrib.rnn.legacy_cells import LayerRNNCell, LSTMStateTuple
from estimator_heads.types import Reuse

v1 = tf.compat.v1


class LSTMBlockCell(LayerRNNCell):
    """An LSTM whose state is limited to `cell_clip`, and which may look at it ("peepholes").

    Args:
        num_units: Its size.
        forget_bias: Is added to the bias of the forget gate.
        cell_clip: The limit; None for none.
        use_peephole: Whether gates see the state.
        dtype: Of the variables; None: that of the inputs.
        reuse: Whether to reuse variables.
        name: Of the layer.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        dtype: tf.DType | str | None = None,
        reuse: Reuse = None,
        name: str | None = "lstm_cell",
    ) -> None:
        super().__init__(_reuse=reuse, dtype=dtype, name=name)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = cell_clip
        self._use_peephole = use_peephole

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state and of the output."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Size of the output."""
        return self._num_units

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Makes the variables."""
        rows = _depth(inputs_shape) + self._num_units
        zeros = v1.zeros_initializer()
        self._kernel = self.add_weight("kernel", [rows, self._num_units * 4])
        self._bias = self.add_weight("bias", [self._num_units * 4], initializer=zeros)
        self._peepholes = [0.0, 0.0, 0.0]
        if self._use_peephole:
            names = ("w_i_diag", "w_f_diag", "w_o_diag")
            self._peepholes = [self.add_weight(name, [self._num_units]) for name in names]
        self.built = True

    def call(
        self, inputs: tf.Tensor, state: tuple[tf.Tensor, tf.Tensor]
    ) -> tuple[tf.Tensor, LSTMStateTuple]:
        """One step: the output, and the new state."""
        if len(state) != 2:
            raise ValueError(
                "Invalid value for argument `state`. Expected an LSTMStateTuple. Received: "
                f"state={state!r}."
            )
        cell, output = state
        sums = tf.matmul(tf.concat([inputs, output], 1), self._kernel) + self._bias
        new, candidate, forget, out = tf.split(sums, 4, axis=1)
        of_new, of_forget, of_out = self._peepholes
        forget = tf.sigmoid(forget + self._forget_bias + cell * of_forget)
        cell = tf.sigmoid(new + cell * of_new) * tf.tanh(candidate) + forget * cell
        if self._cell_clip is not None and self._cell_clip > 0:
            cell = tf.clip_by_value(cell, -self._cell_clip, self._cell_clip)
        output = tf.sigmoid(out + cell * of_out) * tf.tanh(cell)
        return output, LSTMStateTuple(cell, output)


class GRUBlockCell(LayerRNNCell):
    """A gated recurrent unit.

    Args:
        num_units: Its size.
        cell_size: The older name of it.
        reuse: Whether to reuse variables.
        name: Of the layer.

    Raises:
        ValueError: Unless just one of `num_units` and `cell_size` is given.
    """

    _GATES = ("w_ru", "b_ru")
    _CANDIDATE = ("w_c", "b_c")

    def __init__(
        self,
        num_units: int | None = None,
        cell_size: int | None = None,
        reuse: Reuse = None,
        name: str | None = "gru_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name)
        sizes = [size for size in (num_units, cell_size) if size is not None]
        if len(sizes) != 1:
            raise ValueError(
                "Exactly one of `num_units` and `cell_size`, which are the same, must be given. "
                f"Received: num_units={num_units!r}, cell_size={cell_size!r}."
            )
        self._cell_size = sizes[0]

    @property
    def state_size(self) -> int:
        """Size of the state."""
        return self._cell_size

    @property
    def output_size(self) -> int:
        """Size of the output, which is the state."""
        return self._cell_size

    def build(self, input_shape: tf.TensorShape) -> None:
        """Makes the variables."""
        size = self._cell_size
        rows = _depth(input_shape) + size

        def layer(names, columns, bias):
            initializer = v1.constant_initializer(bias)
            return [
                self.add_weight(names[0], [rows, columns]),
                self.add_weight(names[1], [columns], initializer=initializer),
            ]

        self._gates = layer(self._GATES, 2 * size, 1.0)
        self._candidate = layer(self._CANDIDATE, size, 0.0)
        self.built = True

    def call(self, inputs: tf.Tensor, h_prev: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """One step: the output, which is the new state, twice."""
        kernel, bias = self._gates
        gates = tf.sigmoid(tf.matmul(tf.concat([inputs, h_prev], 1), kernel) + bias)
        reset, update = tf.split(gates, 2, axis=1)
        kernel, bias = self._candidate
        candidate = tf.tanh(tf.matmul(tf.concat([inputs, h_prev * reset], 1), kernel) + bias)
        new = update * h_prev + (1 - update) * candidate
        return new, new


class GRUBlockCellV2(GRUBlockCell):
    """A `GRUBlockCell` whose variables are called as those of `GRUCell`.

    Args:
        num_units: Its size.
        cell_size: The older name of it.
        reuse: Whether to reuse variables.
        name: Of the layer.
    """

    _GATES = ("gates/kernel", "gates/bias")
    _CANDIDATE = ("candidate/kernel", "candidate/bias")


def _depth(shape):
    depth = tf.TensorShape(shape).as_list()[-1]
    if depth is None:
        raise ValueError(
            "The last dimension of the inputs of a cell must be known. Received inputs of shape "
            f"{shape}."
        )
    return depth
