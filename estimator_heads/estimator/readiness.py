"""What tells, when a session has been created, whether all variables have values."""

from __future__ import annotations

import tensorflow as tf

v1 = tf.compat.v1
_CHECKS = (v1.GraphKeys.READY_FOR_LOCAL_INIT_OP, v1.GraphKeys.READY_OP)
_OF_RESOURCES = (v1.GraphKeys.RESOURCES, v1.GraphKeys.LOCAL_RESOURCES)


class ReadinessHook(tf.compat.v1.train.SessionRunHook):
    """Adds the checks of a `Scaffold` to the graph, with fewer operations than its own.

    TensorFlow asks twice for the names of variables without a value: for the global ones before
    local ones are initialized, and for all of them afterwards. Building that, and preparing the
    session for each of the two, takes a tenth of the time of a short call. What they return is the
    same. It stays TensorFlow's where the `Scaffold` has a check of its own, for resources other
    than variables, and on a cluster.

    This has to be the last hook, since others may make variables in `begin`.

    Args:
        scaffold: The `Scaffold`; None for the default one.
        master: Address of the session's master; "" if that is this process.
    """

    def __init__(self, scaffold: tf.compat.v1.train.Scaffold | None, master: str = "") -> None:
        self._scaffold = scaffold
        self._master = master

    def begin(self) -> None:
        shared, own = v1.global_variables(), v1.local_variables()
        if not shared or not self._is_left_to_default():
            return
        variables = [*shared, *own]
        with tf.name_scope("report_uninitialized_variables"):
            names = [variable.op.name for variable in variables]
            initialized = [_is_initialized(variable) for variable in variables]
            count = len(shared)
            before = after = _names_of_missing(names[:count], initialized[:count])
            if own:
                after = _names_of_missing(names, initialized)
        v1.add_to_collection(v1.GraphKeys.READY_FOR_LOCAL_INIT_OP, before)
        v1.add_to_collection(v1.GraphKeys.READY_OP, after)

    def _is_left_to_default(self):
        """Whether this is one process, and all that its session has to have are variables."""
        own = [getattr(self._scaffold, check, None) for check in _CHECKS]
        collections = map(v1.get_collection, [*_CHECKS, *_OF_RESOURCES])
        return not self._master and all(check is None for check in own) and not any(collections)


def _is_initialized(variable):
    """Whether a variable has a value; those of one device are created with an operation for it."""
    if not tf.distribute.has_strategy() and hasattr(variable, "handle"):
        consumers = variable.handle.consumers()  # in no particular order
        answers = [op.outputs[0] for op in consumers if op.type == "VarIsInitializedOp"]
        if answers:
            return min(answers, key=lambda answer: answer.name)
    return v1.is_variable_initialized(variable)


def _names_of_missing(names, initialized):
    with tf.device("/cpu:0"):
        missing = tf.logical_not(tf.stack(initialized))
        return tf.gather(tf.constant(names), tf.squeeze(tf.where(missing), axis=1))
