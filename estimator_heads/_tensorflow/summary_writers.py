"""The writers of `tf.summary` in a graph, which a session must initialize."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "to initialize the summary writers of a host_call"


def initializers() -> list[tf.Operation]:
    """The operations that initialize the writers of the default graph.

    The public `tf.compat.v1.summary.initialize` needs a default session, and does not tell them.

    Returns:
        A list of operations, whose first inputs are the writers.
    """
    module = private_module("tensorflow.python.ops.summary_ops_v2", _PURPOSE)
    check_attributes(module, ["summary_writer_initializer_op"], _PURPOSE)
    return list(module.summary_writer_initializer_op())
