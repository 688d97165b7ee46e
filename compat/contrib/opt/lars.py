"""`LARSOptimizer`: momentum with a rate of its own for each layer, for large batches."""

from __future__ import annotations

from collections.abc import Collection

import tensorflow as tf

v1 = tf.compat.v1


class LARSOptimizer(tf.compat.v1.train.MomentumOptimizer):
    """Momentum, whose rate is scaled for each variable by the ratio of its norm to the gradient's.

    Sparse gradients are applied without that, and without weight decay.

    Args:
        learning_rate: The rate before scaling.
        momentum: Momentum, >= 0.
        weight_decay: Part of the variable to add to its gradient, >= 0.
        eeta: Factor of the ratio.
        epsilon: Is added to its denominator.
        name: Of the optimizer.
        skip_list: Parts of names; variables whose name has one are not scaled and do not decay.
        use_nesterov: Whether to use Nesterov's momentum.

    Raises:
        ValueError: If `momentum` or `weight_decay` is negative.
    """

    def __init__(
        self,
        learning_rate: float | tf.Tensor,
        momentum: float = 0.9,
        weight_decay: float = 0.0001,
        eeta: float = 0.001,
        epsilon: float = 0.0,
        name: str = "LARSOptimizer",
        skip_list: Collection[str] | None = None,
        use_nesterov: bool = False,
    ) -> None:
        for argument, value in (("momentum", momentum), ("weight_decay", weight_decay)):
            if value < 0:
                raise ValueError(
                    f"Invalid value for argument `{argument}`. Expected a number >= 0. Received: "
                    f"{argument}={value!r}."
                )
        super().__init__(learning_rate, momentum, name=name, use_nesterov=use_nesterov)
        self._rate = learning_rate
        self._decay = weight_decay
        self._eeta = eeta
        self._added = epsilon
        self._skip_list = skip_list or ()

    def compute_lr(self, grad: tf.Tensor, var: tf.Variable) -> tuple[float | tf.Tensor, tf.Tensor]:
        """The rate for a variable, and its gradient with weight decay.

        Args:
            grad: Its gradient.
            var: The variable.

        Returns:
            Tuple of the two.
        """
        if any(part in var.name for part in self._skip_list):
            return self._rate, grad
        norm, grad_norm = tf.norm(var), tf.norm(grad)
        scaled = self._eeta * norm / (grad_norm + self._decay * norm + self._added)
        ratio = tf.where((norm > 0) & (grad_norm > 0), scaled, tf.ones_like(scaled))
        return self._rate * ratio, grad + self._decay * var

    def _apply_dense(self, grad, var):
        return self._resource_apply_dense(grad, var)

    def _resource_apply_dense(self, grad, var):
        rate, grad = self.compute_lr(grad, var)
        step = rate * grad
        momentum = tf.cast(self._momentum_tensor, var.dtype.base_dtype)
        accumulated = v1.assign(
            slot := self.get_slot(var, "momentum"), momentum * slot + step, use_locking=False
        )
        if self._use_nesterov:
            step += momentum * accumulated
        else:
            step = tf.identity(accumulated)
        return tf.group(v1.assign_sub(var, step), accumulated)
