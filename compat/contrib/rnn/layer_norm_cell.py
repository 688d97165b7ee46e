"""`LayerNormBasicLSTMCell`: an LSTM with layer normalization and recurrent dropout."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.rnn.legacy_cells import LSTMStateTuple, RNNCell
from estimator_heads.types import Reuse

v1 = tf.compat.v1


class LayerNormBasicLSTMCell(RNNCell):
    """An LSTM that normalizes its gates and its state, and drops part of the new state.

    Args:
        num_units: Its size.
        forget_bias: Is added to the bias of the forget gate.
        input_size: Ignored.
        activation: Function of the new state, and of the state for the output.
        layer_norm: Whether to normalize; otherwise it has a bias.
        norm_gain: First value of the factors.
        norm_shift: First value of the summands.
        dropout_keep_prob: Number or Tensor: which part of the new state is kept.
        dropout_prob_seed: Seed of what is dropped.
        reuse: Whether to reuse variables.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: int | None = None,
        activation: Callable[[tf.Tensor], tf.Tensor] = tf.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: float | tf.Tensor = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: Reuse = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift
        self._keep_prob = dropout_keep_prob
        self._seed = dropout_prob_seed

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state and of the output."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Size of the output."""
        return self._num_units

    def call(
        self, inputs: tf.Tensor, state: tuple[tf.Tensor, tf.Tensor]
    ) -> tuple[tf.Tensor, LSTMStateTuple]:
        """One step: the output, and the new state."""
        cell, output = state
        sums = self._linear(tf.concat([inputs, output], 1))
        names = ("input", "transform", "forget", "output")
        gates = [
            self._norm(gate, name)
            for gate, name in zip(tf.split(sums, 4, axis=1), names, strict=True)
        ]
        new, candidate, forget, out = gates
        candidate = self._activation(candidate)
        if not isinstance(self._keep_prob, float) or self._keep_prob < 1:
            candidate = v1.nn.dropout(candidate, self._keep_prob, seed=self._seed)
        cell = cell * tf.sigmoid(forget + self._forget_bias) + tf.sigmoid(new) * candidate
        cell = self._norm(cell, "state")
        output = self._activation(cell) * tf.sigmoid(out)
        return output, LSTMStateTuple(cell, output)

    def _linear(self, inputs):
        size = 4 * self._num_units
        kernel = v1.get_variable("kernel", [inputs.shape.as_list()[-1], size], dtype=inputs.dtype)
        sums = tf.matmul(inputs, kernel)
        if self._layer_norm:
            return sums
        return tf.nn.bias_add(sums, v1.get_variable("bias", [size], dtype=inputs.dtype))

    def _norm(self, inputs, scope):
        if not self._layer_norm:
            return inputs
        with v1.variable_scope(scope):
            for name, value in (("gamma", self._norm_gain), ("beta", self._norm_shift)):
                v1.get_variable(
                    name,
                    inputs.shape[-1:],
                    initializer=v1.constant_initializer(value),
                    dtype=inputs.dtype,
                )
        return slim.layer_norm(inputs, reuse=True, scope=scope)
