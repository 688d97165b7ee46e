"""Whether XLA compiles what is being made, which TensorFlow tells nobody."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "to find out whether XLA compiles a function"


def is_by_xla() -> bool:
    """Whether XLA compiles the function that is being traced, as `jit_compile=True` asks for.

    XLA leaves out assertions, and has no strings.
    """
    flow = private_module("tensorflow.python.ops.control_flow_util", _PURPOSE)
    check_attributes(flow, ["GraphOrParentsInXlaContext"], _PURPOSE)
    return flow.GraphOrParentsInXlaContext(tf.compat.v1.get_default_graph())
