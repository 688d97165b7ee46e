"""Cells around another cell, whose inputs or outputs they transform."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.rnn.legacy_cells import RNNCell, check_cell
from estimator_heads.types import Initializer, Reuse

v1 = tf.compat.v1


class _Wrapper(RNNCell):
    def __init__(self, cell: RNNCell, reuse: Reuse) -> None:
        super().__init__(_reuse=reuse)
        check_cell(cell)
        self._cell = cell

    @property
    def state_size(self) -> Any:
        """That of the cell inside."""
        return self._cell.state_size

    @property
    def output_size(self) -> Any:
        """That of the cell inside."""
        return self._cell.output_size

    def zero_state(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> Any:
        """That of the cell inside."""
        with v1.name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


class EmbeddingWrapper(_Wrapper):
    """A cell whose input are ids, which are embedded first.

    Args:
        cell: The cell inside.
        embedding_classes: Number of ids.
        embedding_size: Size of the embedding.
        initializer: Of the embedding; None: that of the variable scope, or values in [-√3, √3].
        reuse: Whether to reuse variables.

    Raises:
        TypeError: If `cell` is not one.
        ValueError: If a size is not positive.
    """

    def __init__(
        self,
        cell: RNNCell,
        embedding_classes: int,
        embedding_size: int,
        initializer: Initializer | None = None,
        reuse: Reuse = None,
    ) -> None:
        super().__init__(cell, reuse)
        _check_positive("embedding_classes", embedding_classes)
        _check_positive("embedding_size", embedding_size)
        self._shape = [embedding_classes, embedding_size]
        self._initializer = initializer

    def call(self, inputs: tf.Tensor, state: Any) -> tuple[tf.Tensor, Any]:
        """One step of the cell inside, on the embedding of the ids."""
        initializer = (
            self._initializer
            or v1.get_variable_scope().initializer
            or v1.random_uniform_initializer(-math.sqrt(3), math.sqrt(3))
        )
        dtype = state[0].dtype if isinstance(state, tuple) else state.dtype
        with tf.device("/cpu:0"):
            embedding = v1.get_variable(
                "embedding", self._shape, initializer=initializer, dtype=dtype
            )
            embedded = v1.nn.embedding_lookup(embedding, tf.reshape(inputs, [-1]))
            return self._cell(embedded, state)


class _ProjectionWrapper(_Wrapper):
    def __init__(
        self,
        cell: RNNCell,
        size: int,
        activation: Callable[[tf.Tensor], tf.Tensor] | None,
        reuse: Reuse,
    ) -> None:
        super().__init__(cell, reuse)
        self._size = size
        self._activation = activation

    def _project(self, inputs):
        """A linear layer, and the activation."""
        kernel = v1.get_variable(
            "kernel", [inputs.shape.as_list()[-1], self._size], dtype=inputs.dtype
        )
        bias = v1.get_variable(
            "bias", [self._size], dtype=inputs.dtype, initializer=v1.zeros_initializer()
        )
        projected = tf.nn.bias_add(tf.matmul(inputs, kernel), bias)
        return self._activation(projected) if self._activation else projected


class InputProjectionWrapper(_ProjectionWrapper):
    """A cell whose input goes through a linear layer first.

    Args:
        cell: The cell inside.
        num_proj: Size of what the cell inside gets.
        activation: Function of what the layer gives; None for none.
        input_size: Ignored.
        reuse: Whether to reuse variables.

    Raises:
        TypeError: If `cell` is not one.
    """

    def __init__(
        self,
        cell: RNNCell,
        num_proj: int,
        activation: Callable[[tf.Tensor], tf.Tensor] | None = None,
        input_size: int | None = None,
        reuse: Reuse = None,
    ) -> None:
        super().__init__(cell, num_proj, activation, reuse)

    def call(self, inputs: tf.Tensor, state: Any) -> tuple[tf.Tensor, Any]:
        """One step of the cell inside, on the projected inputs."""
        return self._cell(self._project(inputs), state)


class OutputProjectionWrapper(_ProjectionWrapper):
    """A cell whose output goes through a linear layer.

    Args:
        cell: The cell inside.
        output_size: Size of the output.
        activation: Function of what the layer gives; None for none.
        reuse: Whether to reuse variables.

    Raises:
        TypeError: If `cell` is not one.
        ValueError: If `output_size` is not positive.
    """

    def __init__(
        self,
        cell: RNNCell,
        output_size: int,
        activation: Callable[[tf.Tensor], tf.Tensor] | None = None,
        reuse: Reuse = None,
    ) -> None:
        super().__init__(cell, output_size, activation, reuse)
        _check_positive("output_size", output_size)

    @property
    def output_size(self) -> int:
        """Size of the projected output."""
        return self._size

    def call(self, inputs: tf.Tensor, state: Any) -> tuple[tf.Tensor, Any]:
        """One step of the cell inside, with its output projected."""
        output, new_state = self._cell(inputs, state)
        return self._project(output), new_state


def _check_positive(argument, value):
    if value < 1:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a positive number. Received: "
            f"{argument}={value!r}."
        )
