"""Layers of bidirectional recurrent networks, and helpers for batches of sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.types import Scope, TensorLike

if TYPE_CHECKING:
    from estimator_heads.compat.contrib.rnn.legacy_cells import RNNCell

v1 = tf.compat.v1


def stack_bidirectional_dynamic_rnn(
    cells_fw: list[RNNCell],
    cells_bw: list[RNNCell],
    inputs: tf.Tensor,
    initial_states_fw: list[Any] | None = None,
    initial_states_bw: list[Any] | None = None,
    dtype: tf.DType | None = None,
    sequence_length: TensorLike | None = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: Scope | None = None,
    swap_memory: bool = False,
) -> tuple[tf.Tensor, tuple[Any, ...], tuple[Any, ...]]:
    """Layers of `bidirectional_dynamic_rnn`, each of which sees both directions of the one before.

    Args:
        cells_fw: List of the forward cell of each layer.
        cells_bw: List of the backward cell of each layer.
        inputs: Tensor [batch, time, depth], or [time, batch, depth] if `time_major`.
        initial_states_fw: List of the initial states of `cells_fw`; None for zeros.
        initial_states_bw: List of the initial states of `cells_bw`; None for zeros.
        dtype: Of states that are not given.
        sequence_length: Tensor [batch] of lengths; None: all are full.
        parallel_iterations: How many steps may run in parallel.
        time_major: Which of the shapes inputs and outputs have.
        scope: Variable scope; None: "stack_bidirectional_rnn".
        swap_memory: Whether tensors may be swapped from the GPU to the host.

    Returns:
        Tuple of the outputs [batch, time, both depths], the final states of the forward cells, and
        those of the backward cells; both are tuples with one for each layer.

    Raises:
        ValueError: If the lists are empty, no lists, or differ in length.
    """
    outputs = inputs
    states = []
    with v1.variable_scope(scope or "stack_bidirectional_rnn"):
        for layer, cells, initial in _layers(
            cells_fw, cells_bw, initial_states_fw, initial_states_bw
        ):
            with v1.variable_scope(f"cell_{layer}"):
                both, final = v1.nn.bidirectional_dynamic_rnn(
                    *cells,
                    outputs,
                    initial_state_fw=initial[0],
                    initial_state_bw=initial[1],
                    sequence_length=sequence_length,
                    parallel_iterations=parallel_iterations,
                    dtype=dtype,
                    swap_memory=swap_memory,
                    time_major=time_major,
                )
                outputs = tf.concat(both, 2)
            states.append(final)
    forward, backward = zip(*states, strict=True)
    return outputs, forward, backward


def stack_bidirectional_rnn(
    cells_fw: list[RNNCell],
    cells_bw: list[RNNCell],
    inputs: list[tf.Tensor],
    initial_states_fw: list[Any] | None = None,
    initial_states_bw: list[Any] | None = None,
    dtype: tf.DType | None = None,
    sequence_length: TensorLike | None = None,
    scope: Scope | None = None,
) -> tuple[list[tf.Tensor], tuple[Any, ...], tuple[Any, ...]]:
    """Layers of `static_bidirectional_rnn`, each of which sees both directions of the one before.

    Args:
        cells_fw: List of the forward cell of each layer.
        cells_bw: List of the backward cell of each layer.
        inputs: List of Tensors [batch, depth], one for each step.
        initial_states_fw: List of the initial states of `cells_fw`; None for zeros.
        initial_states_bw: List of the initial states of `cells_bw`; None for zeros.
        dtype: Of states that are not given.
        sequence_length: Tensor [batch] of lengths; None: all are full.
        scope: Variable scope; None: "stack_bidirectional_rnn".

    Returns:
        Tuple of a list of outputs [batch, both depths], the final states of the forward cells, and
        those of the backward cells; both are tuples with one for each layer.

    Raises:
        ValueError: If the lists are empty, no lists, or differ in length.
    """
    outputs = inputs
    states = []
    with v1.variable_scope(scope or "stack_bidirectional_rnn"):
        for layer, cells, initial in _layers(
            cells_fw, cells_bw, initial_states_fw, initial_states_bw
        ):
            with v1.variable_scope(f"cell_{layer}") as cell_scope:
                outputs, *final = v1.nn.static_bidirectional_rnn(
                    *cells,
                    outputs,
                    initial_state_fw=initial[0],
                    initial_state_bw=initial[1],
                    dtype=dtype,
                    sequence_length=sequence_length,
                    scope=cell_scope,
                )
            states.append(final)
    forward, backward = zip(*states, strict=True)
    return outputs, forward, backward


def transpose_batch_time(x: tf.Tensor) -> tf.Tensor:
    """Exchanges the first two dimensions of a tensor.

    Args:
        x: Tensor [batch, time, ...] or [time, batch, ...]; of rank 0 or 1, or of unknown rank,
            where it is only known to be as it is.

    Returns:
        The Tensor with the dimensions exchanged.
    """
    rank = x.shape.rank
    if rank is not None and rank < 2:
        return x
    others = tf.range(2, tf.rank(x))
    exchanged = tf.transpose(x, tf.concat([[1, 0], others], axis=0))
    if rank is not None:
        batch, time, *rest = x.shape.as_list()
        exchanged.set_shape([time, batch, *rest])
    return exchanged


def best_effort_input_batch_size(flat_input: Sequence[tf.Tensor]) -> int | tf.Tensor:
    """The size of the batch: a number if one of the inputs tells, otherwise a Tensor.

    Args:
        flat_input: List of Tensors [time, batch, ...].

    Raises:
        ValueError: If one of them has less than two dimensions.
    """
    for tensor in flat_input:
        if tensor.shape.rank is None:
            continue
        if tensor.shape.rank < 2:
            raise ValueError(
                "Invalid value for argument `flat_input`. Expected Tensors [time, batch, ...]. "
                f"Received: {tensor!r}."
            )
        size = tensor.shape.as_list()[1]
        if size is not None:
            return size
    return tf.shape(flat_input[0])[1]


def _layers(cells_fw, cells_bw, states_fw, states_bw):
    """Yields the number, both cells and both initial states of each layer."""
    for argument, cells in (("cells_fw", cells_fw), ("cells_bw", cells_bw)):
        if not cells or not isinstance(cells, list):
            raise ValueError(
                f"Invalid value for argument `{argument}`. Expected a list of cells, one for each "
                f"layer. Received: {argument}={cells!r}."
            )
    if len(cells_fw) != len(cells_bw):
        raise ValueError(
            "`cells_fw` and `cells_bw` must have as many layers. Received: "
            f"{len(cells_fw)} and {len(cells_bw)} cells."
        )
    for argument, states in (("initial_states_fw", states_fw), ("initial_states_bw", states_bw)):
        if states is not None and (not isinstance(states, list) or len(states) != len(cells_fw)):
            raise ValueError(
                f"Invalid value for argument `{argument}`. Expected a list of {len(cells_fw)} "
                f"states, one for each layer. Received: {argument}={states!r}."
            )
    none = [None] * len(cells_fw)
    cells = zip(cells_fw, cells_bw, strict=True)
    states = zip(states_fw or none, states_bw or none, strict=True)
    for layer, (both_cells, both_states) in enumerate(zip(cells, states, strict=True)):
        yield layer, both_cells, both_states
