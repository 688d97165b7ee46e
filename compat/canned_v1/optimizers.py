"""The optimizer of a canned estimator of TF1."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.canned.optimizers import check_name, given_optimizer
from estimator_heads.types import Optimizer, OptimizerOrName

# Those that TF1 calls by another name.
_TF1_NAMES = {"SGD": "GradientDescent"}


def get_optimizer_instance(opt: OptimizerOrName, learning_rate: float | None = None) -> Optimizer:
    """The optimizer that the argument `optimizer` of a canned estimator of TF1 stands for.

    Args:
        opt: One of "Adagrad", "Adam", "Ftrl", "RMSProp" and "SGD", an optimizer, or a function
            without arguments that returns one. A name stands for one in `tf.compat.v1.train`.
        learning_rate: That of an optimizer given by name, which needs one.

    Returns:
        An optimizer that `estimator_heads.optimizers.create_train_op` takes.

    Raises:
        ValueError: The name is unknown, the learning rate is missing, or `opt` is no optimizer.

    Reproduces `tensorflow_estimator.python.estimator.canned.optimizers` of TF 1.15.
    """
    if isinstance(opt, str):
        check_name(opt)
        if not learning_rate:
            raise ValueError(
                f"Missing argument `learning_rate`. Expected a number > 0 for the optimizer {opt!r}"
                f" given by name. Received: {learning_rate!r}."
            )
        optimizer_class = getattr(tf.compat.v1.train, f"{_TF1_NAMES.get(opt, opt)}Optimizer")
        return optimizer_class(learning_rate=learning_rate)
    return given_optimizer(opt)
