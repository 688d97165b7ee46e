"""The optimizer of a canned estimator: from its name, an instance, or a function that makes it."""

from __future__ import annotations

import contextlib
import inspect
import sys
from collections.abc import Callable

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads._tensorflow import graphs
from estimator_heads.types import Optimizer, OptimizerOrName

# Those that Keras calls by another name.
_KERAS_NAMES = {"RMSProp": "RMSprop"}
_CLIPPING = ("clipnorm", "clipvalue", "global_clipnorm")
_OPTIONS_WITHOUT_LEGACY = (
    "gradient_accumulation_steps",
    "loss_scale_factor",
    "use_ema",
    "weight_decay",
)
NAMES = ("Adagrad", "Adam", "Ftrl", "RMSProp", "SGD")


def get_optimizer_instance_v2(
    opt: OptimizerOrName, learning_rate: float | None = None
) -> Optimizer:
    """The optimizer that the argument `optimizer` of a canned estimator of TF2 stands for.

    Args:
        opt: One of "Adagrad", "Adam", "Ftrl", "RMSProp" and "SGD", an optimizer, or a function
            without arguments that returns one. A name stands for the optimizer in
            `tf_keras.optimizers.legacy`, which the checkpoints of TF2's estimators were written by.
        learning_rate: That of an optimizer that is given by name; if None, the optimizer's default.

    Returns:
        An optimizer that `estimator_heads.optimizers.create_train_op` takes.

    Raises:
        ValueError: The name is unknown, or `opt` is no optimizer.

    Reproduces `tensorflow_estimator.python.estimator.canned.optimizers` of TF 2.15.
    """
    if isinstance(opt, str):
        optimizer_class = class_of_name(opt)
        return optimizer_class(learning_rate) if learning_rate else optimizer_class()
    return given_optimizer(opt)


def class_of_name(name: str) -> type[Optimizer]:
    """The class in `tf_keras.optimizers.legacy` that a name stands for.

    Args:
        name: One of `NAMES`.

    Returns:
        The class.

    Raises:
        ValueError: The name is unknown.
    """
    check_name(name)
    import tf_keras

    return getattr(tf_keras.optimizers.legacy, _KERAS_NAMES.get(name, name))


def given_optimizer(opt: Optimizer | Callable[[], Optimizer]) -> Optimizer:
    """An optimizer for the graph at hand, of the one that a canned estimator was given.

    Args:
        opt: An optimizer, or a function without arguments that returns one. An optimizer of Keras
            keeps its variables where it was made or used first, so another one with the same
            options takes its place: where it can be, one of `tf_keras.optimizers.legacy`, as in
            TF 2.15, and otherwise one of the same class.

    Returns:
        An optimizer that `estimator_heads.optimizers.create_train_op` takes.

    Raises:
        ValueError: `opt` is no optimizer.
    """
    if callable(opt):
        opt = opt()
        optimizers.check_optimizer(opt)
        return opt
    optimizers.check_optimizer(opt)
    if _is_legacy(opt):
        return type(opt).from_config(_config(opt)) if opt.variables() else opt
    if optimizers.is_of_keras(opt):
        return legacy_optimizer_of(opt) or type(opt).from_config(_config(opt))
    return opt


def _config(optimizer):
    with contextlib.nullcontext() if tf.executing_eagerly() else graphs.eager_mode():
        return optimizer.get_config()


def legacy_optimizer_of(optimizer: Optimizer) -> Optimizer | None:
    """The optimizer of `tf_keras.optimizers.legacy` that is like one of Keras 3, or a new one.

    Args:
        optimizer: An optimizer of Keras 3 or of `tf_keras.optimizers`.

    Returns:
        A new optimizer with the same options, or None if there is none.
    """
    import tf_keras

    config = _config(optimizer)
    legacy_class = getattr(tf_keras.optimizers.legacy, type(optimizer).__name__, None)
    if legacy_class is None or any(config.get(name) for name in _OPTIONS_WITHOUT_LEGACY):
        return None
    learning_rate = config.get("learning_rate")
    if isinstance(learning_rate, dict):
        schedule_class = getattr(
            tf_keras.optimizers.schedules, learning_rate.get("class_name", ""), None
        )
        if schedule_class is None:
            return None
        config = {**config, "learning_rate": schedule_class.from_config(learning_rate["config"])}
    known = {*inspect.signature(legacy_class).parameters, *_CLIPPING}
    return legacy_class(
        **{
            name: value
            for name, value in config.items()
            if name in known and name != "name" and value is not None
        }
    )


def _is_legacy(optimizer):
    tf_keras = sys.modules.get("tf_keras")
    return tf_keras and isinstance(optimizer, tf_keras.optimizers.legacy.Optimizer)


def check_name(name: str) -> None:
    """Raises ValueError unless `name` is that of an optimizer.

    Args:
        name: A string.
    """
    if name not in NAMES:
        raise ValueError(
            f"Invalid value for argument `optimizer`. Expected one of {NAMES}, an optimizer, or a "
            f"function that returns one. Received: {name!r}."
        )


def count_by_global_step(optimizer: Optimizer) -> None:
    """Makes the global step the optimizer's count of iterations, where it can be.

    It then stands in checkpoints once, and learning rate schedules follow it.

    Args:
        optimizer: Any optimizer. Those of Keras 3 and of `tf_keras.optimizers` keep a count of
            their own, and those of `tf.compat.v1.train` have none.
    """
    if _is_legacy(optimizer):
        optimizer.iterations = tf.compat.v1.train.get_or_create_global_step()
