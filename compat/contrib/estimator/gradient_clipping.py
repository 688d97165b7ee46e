"""An optimizer that clips gradients: `tf.contrib.estimator.clip_gradients_by_norm`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf

GradsAndVars: TypeAlias = Sequence[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]]


def clip_gradients_by_norm(
    optimizer: tf.compat.v1.train.Optimizer, clip_norm: float | tf.Tensor
) -> tf.compat.v1.train.Optimizer:
    """An optimizer that scales all gradients down together when their global norm is too large.

    Args:
        optimizer: A `tf.compat.v1.train.Optimizer`.
        clip_norm: The largest global norm, a number or scalar Tensor greater than 0.

    Returns:
        A `tf.compat.v1.train.Optimizer`. Its variables are those of `optimizer`.

    Raises:
        ValueError: `optimizer` is of another kind.
    """
    if not isinstance(optimizer, tf.compat.v1.train.Optimizer):
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected an optimizer of tf.compat.v1.train "
            "(for a Keras optimizer, set its argument `global_clipnorm` instead). Received: "
            f"{optimizer!r} of type {type(optimizer).__name__}."
        )

    def clip(grads_and_vars):
        gradients, variables = zip(*grads_and_vars, strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, clip_norm)
        return list(zip(clipped, variables, strict=True))

    return _TransformGradients(optimizer, clip, name="ClipByNorm" + optimizer.get_name())


class _TransformGradients(tf.compat.v1.train.Optimizer):
    """An optimizer that changes gradients before another one applies them.

    Args:
        optimizer: The other optimizer.
        transform_grads_fn: Function from a list of pairs (gradient, variable) to such a list.
        name: Name of the optimizer; by default that of the other one.
    """

    def __init__(
        self,
        optimizer: tf.compat.v1.train.Optimizer,
        transform_grads_fn: Callable[[GradsAndVars], GradsAndVars],
        name: str | None = None,
    ) -> None:
        super().__init__(use_locking=False, name=name or optimizer.get_name())
        self._optimizer = optimizer
        self._transform_grads_fn = transform_grads_fn

    def compute_gradients(self, *args: Any, **kwargs: Any) -> GradsAndVars:
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: GradsAndVars,
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        pairs = self._transform_grads_fn(grads_and_vars)
        return self._optimizer.apply_gradients(pairs, global_step, name)

    def get_slot(self, *args: Any, **kwargs: Any) -> tf.Variable | None:
        return self._optimizer.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._optimizer.get_slot_names(*args, **kwargs)

    def variables(self) -> list[tf.Variable]:
        return self._optimizer.variables()
