"""The optimizer of a canned estimator: from its name, an instance, or a function that makes it."""

import sys

import tensorflow as tf

from estimator_heads import optimizers

# Those that Keras calls by another name.
_KERAS_NAMES = {"RMSProp": "RMSprop"}
NAMES = ("Adagrad", "Adam", "Ftrl", "RMSProp", "SGD")


def get_optimizer_instance_v2(opt, learning_rate=None):
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
        check_name(opt)
        import tf_keras

        optimizer_class = getattr(tf_keras.optimizers.legacy, _KERAS_NAMES.get(opt, opt))
        return optimizer_class(learning_rate) if learning_rate else optimizer_class()
    if callable(opt):
        opt = opt()
    optimizers.check_optimizer(opt)
    return opt


def check_name(name):
    """Raises ValueError unless `name` is that of an optimizer.

    Args:
        name: A string.
    """
    if name not in NAMES:
        raise ValueError(
            f"Invalid value for argument `optimizer`. Expected one of {NAMES}, an optimizer, or a "
            f"function that returns one. Received: {name!r}."
        )


def count_by_global_step(optimizer):
    """Makes the global step the optimizer's count of iterations, where it can be.

    It then stands in checkpoints once, and learning rate schedules follow it.

    Args:
        optimizer: Any optimizer. Those of Keras 3 and of `tf_keras.optimizers` keep a count of
            their own, and those of `tf.compat.v1.train` have none.
    """
    legacy = sys.modules.get("tf_keras")
    if legacy and isinstance(optimizer, legacy.optimizers.legacy.Optimizer):
        optimizer.iterations = tf.compat.v1.train.get_or_create_global_step()
