"""`replicate_model_fn` and `TowerOptimizer` of `tf.contrib.estimator` (TF 1.15), on one device.

Several devices are the business of `tf.distribute` by now; here the whole batch goes to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.compat.contrib.estimator.gradient_clipping import GradsAndVars
from estimator_heads.types import ModelFn

_USED = "replicate_model_fn_graph_states"  # The original's collection.


def replicate_model_fn(
    model_fn: ModelFn,
    loss_reduction: str = tf.compat.v1.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
    devices: Sequence[str] | None = None,
) -> ModelFn:
    """A model_fn that runs on a device.

    Args:
        model_fn: The model_fn.
        loss_reduction: How the losses of several devices were combined; any but NONE.
        devices: List of names of devices. With several, the first has all the work, with a warning:
            the losses of equal parts of a batch, reduced together, are the loss of the batch.
            None: TensorFlow chooses.

    Returns:
        A model_fn for `Estimator`.

    Raises:
        ValueError: If `loss_reduction` is NONE.
    """
    if loss_reduction == tf.compat.v1.losses.Reduction.NONE:
        raise ValueError(
            "Invalid value for argument `loss_reduction`. Expected a reduction to a scalar, such "
            f"as SUM. Received: loss_reduction={loss_reduction!r}."
        )
    if devices and len(devices) > 1:
        tf.compat.v1.logging.warning(
            "replicate_model_fn runs the model on %s only. To train on all of %s, set "
            "RunConfig(train_distribute=tf.distribute.MirroredStrategy()).",
            devices[0],
            devices,
        )
    accepted = fn_args(model_fn)

    def model_fn_on_device(features, labels, mode, params=None, config=None):
        given = {"mode": mode, "params": params, "config": config}
        kwargs = {name: value for name, value in given.items() if name in accepted}
        if labels is not None or "labels" in accepted:
            kwargs["labels"] = labels
        with tf.compat.v1.device(devices[0] if devices else None):
            return model_fn(features=features, **kwargs)

    return model_fn_on_device


class TowerOptimizer(tf.compat.v1.train.Optimizer):
    """An optimizer for a model_fn of `replicate_model_fn`. On one device, it is what it wraps.

    Args:
        optimizer_or_optimizer_fn: A `tf.compat.v1.train.Optimizer`, or a function without arguments
            that returns one, which is called at the first use.
    """

    def __init__(
        self,
        optimizer_or_optimizer_fn: tf.compat.v1.train.Optimizer
        | Callable[[], tf.compat.v1.train.Optimizer],
    ) -> None:
        super().__init__(use_locking=False, name="TowerOptimizer")
        self._optimizer_or_optimizer_fn = optimizer_or_optimizer_fn

    @staticmethod
    def has_been_used() -> bool:
        """Whether the default graph has gradients of a `TowerOptimizer`."""
        return bool(tf.compat.v1.get_collection(_USED))

    def get_name(self) -> str:
        """Name of the wrapped optimizer."""
        return self._optimizer().get_name()

    def get_slot(self, *args: Any, **kwargs: Any) -> tf.Variable | None:
        """A slot of the wrapped optimizer."""
        return self._optimizer().get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Names of the slots of the wrapped optimizer."""
        return self._optimizer().get_slot_names(*args, **kwargs)

    def variables(self, *args: Any, **kwargs: Any) -> list[tf.Variable]:
        """Variables of the wrapped optimizer."""
        return self._optimizer().variables(*args, **kwargs)

    def compute_gradients(self, loss: tf.Tensor, *args: Any, **kwargs: Any) -> GradsAndVars:
        """Gradients, as the wrapped optimizer computes them."""
        return self._optimizer().compute_gradients(loss, *args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: GradsAndVars,
        global_step: tf.Variable | None = None,
        **kwargs: Any,
    ) -> tf.Operation:
        """Applies gradients, as the wrapped optimizer does."""
        return self._optimizer().apply_gradients(grads_and_vars, global_step, **kwargs)

    def _optimizer(self):
        if callable(self._optimizer_or_optimizer_fn):
            self._optimizer_or_optimizer_fn = self._optimizer_or_optimizer_fn()
        if not self.has_been_used():
            tf.compat.v1.add_to_collection(_USED, True)
        return self._optimizer_or_optimizer_fn
