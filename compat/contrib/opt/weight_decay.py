"""Optimizers that also let variables decay, apart from their gradients: `AdamWOptimizer` etc."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import tensorflow as tf

v1 = tf.compat.v1

_Number: TypeAlias = float | tf.Tensor | Callable[[], float | tf.Tensor]

if TYPE_CHECKING:
    _MixedInto: TypeAlias = tf.compat.v1.train.Optimizer
else:
    _MixedInto = object


class DecoupledWeightDecayExtension(_MixedInto):
    """For classes that derive from it and from an optimizer: variables decay before each step.

    A variable loses the part `weight_decay` of itself.

    Args:
        weight_decay: The decay: a number, a Tensor, or a function without arguments.
        **kwargs: Arguments of the optimizer.
    """

    def __init__(self, weight_decay: _Number, **kwargs: Any) -> None:
        self._weight_decay = weight_decay
        self._weight_decay_tensor: tf.Tensor | None = None
        self._decaying: set[Any] | None = None
        super().__init__(**kwargs)

    def minimize(
        self,
        loss: tf.Tensor | Callable[[], tf.Tensor],
        global_step: tf.Variable | None = None,
        var_list: Sequence[tf.Variable] | None = None,
        gate_gradients: int = v1.train.Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: tf.Tensor | None = None,
        decay_var_list: Iterable[tf.Variable] | None = None,
    ) -> tf.Operation:
        """As `tf.compat.v1.train.Optimizer.minimize`.

        Args:
            loss: The loss.
            global_step: A variable to increment.
            var_list: The variables; None: all that are trainable.
            gate_gradients: How much is computed in parallel.
            aggregation_method: How gradients are added up.
            colocate_gradients_with_ops: Whether gradients are on the device of their operations.
            name: Of the operation.
            grad_loss: Gradient of the loss.
            decay_var_list: The variables that decay; None: all that are trained.

        Returns:
            The operation.
        """
        gradients = self.compute_gradients(
            loss,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            grad_loss=grad_loss,
        )
        if all(gradient is None for gradient, _ in gradients):
            raise ValueError(
                "The loss has no gradient for any variable. Received the variables "
                f"{[variable.name for _, variable in gradients]} and loss={loss!r}."
            )
        return self.apply_gradients(
            gradients, global_step=global_step, name=name, decay_var_list=decay_var_list
        )

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
        decay_var_list: Iterable[tf.Variable] | None = None,
    ) -> tf.Operation:
        """As `tf.compat.v1.train.Optimizer.apply_gradients`.

        Args:
            grads_and_vars: List of (gradient, variable).
            global_step: A variable to increment.
            name: Of the operation.
            decay_var_list: The variables that decay; None: all.

        Returns:
            The operation.
        """
        self._decaying = {variable.ref() for variable in decay_var_list or ()}
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _prepare(self):
        decay = self._weight_decay() if callable(self._weight_decay) else self._weight_decay
        self._weight_decay_tensor = tf.convert_to_tensor(decay, name="weight_decay")
        super()._prepare()

    def _decay(self, var, grad, indices=None):
        """The operation that lets a variable decay, or some of its rows, after its gradient."""
        if self._decaying and var.ref() not in self._decaying:
            return tf.no_op()
        with tf.control_dependencies([grad]):
            decay = tf.cast(self._weight_decay_tensor, var.dtype.base_dtype)
            locking = self._use_locking
            if indices is None:
                return v1.assign_sub(var, decay * var, use_locking=locking)
            return v1.scatter_sub(var, indices, decay * tf.gather(var, indices), locking)

    def _apply_dense(self, grad, var):
        with tf.control_dependencies([self._decay(var, grad)]):
            return super()._apply_dense(grad, var)

    def _resource_apply_dense(self, grad, var):
        with tf.control_dependencies([self._decay(var, grad)]):
            return super()._resource_apply_dense(grad, var)

    def _apply_sparse(self, grad, var):
        with tf.control_dependencies([self._decay(var, grad.values, grad.indices)]):
            return super()._apply_sparse(grad, var)

    def _resource_apply_sparse(self, grad, var, indices):
        with tf.control_dependencies([self._decay(var, grad, indices)]):
            return super()._resource_apply_sparse(grad, var, indices)


def extend_with_decoupled_weight_decay(
    base_optimizer: type[tf.compat.v1.train.Optimizer],
) -> type[DecoupledWeightDecayExtension]:
    """A class of optimizers with weight decay.

    Args:
        base_optimizer: A class derived from `tf.compat.v1.train.Optimizer`.

    Returns:
        A class whose first argument is `weight_decay`; the others are those of the optimizer, by
        name.
    """

    base: Any = base_optimizer

    class OptimizerWithDecoupledWeightDecay(DecoupledWeightDecayExtension, base):
        """The optimizer, with weight decay."""

    return OptimizerWithDecoupledWeightDecay


class AdamWOptimizer(DecoupledWeightDecayExtension, tf.compat.v1.train.AdamOptimizer):
    """`tf.compat.v1.train.AdamOptimizer` with weight decay.

    Args:
        weight_decay: The decay.
        learning_rate: The learning rate.
        beta1: Decay of the first moment.
        beta2: Decay of the second moment.
        epsilon: Is added to the denominator.
        use_locking: Whether to lock variables.
        name: Of the optimizer.
    """

    def __init__(
        self,
        weight_decay: _Number,
        learning_rate: _Number = 0.001,
        beta1: _Number = 0.9,
        beta2: _Number = 0.999,
        epsilon: _Number = 1e-8,
        use_locking: bool = False,
        name: str = "AdamW",
    ) -> None:
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            use_locking=use_locking,
            name=name,
        )


class MomentumWOptimizer(DecoupledWeightDecayExtension, tf.compat.v1.train.MomentumOptimizer):
    """`tf.compat.v1.train.MomentumOptimizer` with weight decay.

    Args:
        weight_decay: The decay.
        learning_rate: The learning rate.
        momentum: The momentum.
        use_locking: Whether to lock variables.
        name: Of the optimizer.
        use_nesterov: Whether to use Nesterov's momentum.
    """

    def __init__(
        self,
        weight_decay: _Number,
        learning_rate: _Number,
        momentum: _Number,
        use_locking: bool = False,
        name: str = "MomentumW",
        use_nesterov: bool = False,
    ) -> None:
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            momentum=momentum,
            use_locking=use_locking,
            name=name,
            use_nesterov=use_nesterov,
        )
