"""The tensor by which hooks read the global step."""

from __future__ import annotations

import sys

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_TRAINING_UTIL = "tensorflow.python.training.training_util"


def read_on_replicas(strategy: tf.distribute.Strategy, global_step: tf.Variable) -> None:
    """Makes the tensor by which hooks read the global step of a strategy.

    They would otherwise make one in a way that needs a plain variable; where they look for it has
    no public name.
    """
    purpose = "for the global step of a strategy"
    training_util = private_module(_TRAINING_UTIL, purpose)
    check_attributes(training_util, ["GLOBAL_STEP_READ_KEY"], purpose)
    read = strategy.extended.read_var(global_step)
    tf.compat.v1.add_to_collection(training_util.GLOBAL_STEP_READ_KEY, read)


def read_without_condition(global_step: tf.Variable) -> None:
    """Makes the tensor by which hooks read the global step, unless there is one.

    Theirs has a condition, so that it can be computed before the variable has a value. Hooks do not
    do that, and two functions less in the graph save 3% of a short training.
    """
    training_util = sys.modules.get(_TRAINING_UTIL)
    key = getattr(training_util, "GLOBAL_STEP_READ_KEY", None)
    # With a strategy there is one, made by `read_on_replicas`.
    if not key or tf.compat.v1.get_collection(key) or not hasattr(global_step, "handle"):
        return
    with tf.name_scope(f"{global_step.op.name}/"):
        read = tf.identity(global_step, name="add")  # The name that theirs has.
    tf.compat.v1.add_to_collection(key, read)
