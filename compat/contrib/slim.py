"""tf_slim, the package that much of `tf.contrib` became, made whole on TensorFlow 2.16 and later.

tf_slim 1.1 looks for some things where TensorFlow had them in 2020, in private modules. They have
public names elsewhere, or are carried by tf_keras. They are handed to the modules of tf_slim when
this module is imported; nothing of TensorFlow changes.

Everything else in tf_slim is an attribute here: `slim.fully_connected`, `slim.arg_scope`, ...
"""

from __future__ import annotations

import sys
import types
from typing import Any

import tensorflow as tf
import tf_slim

from estimator_heads.compat.tf1.layers import SERVED, LazyModule

tf1 = tf.compat.v1

_OPS = {"IndexedSlices": tf.IndexedSlices, "Tensor": tf.Tensor}

# From the name that modules of tf_slim have for a private module of TensorFlow to what they look
# for in it, and no longer find there.
_MOVED = {
    "array_ops": {"stack": tf.stack, "unstack": tf.unstack},
    "control_flow_ops": {
        "Assert": tf1.Assert,
        "case": tf1.case,
        "cond": tf1.cond,
        "while_loop": tf1.while_loop,
    },
    "framework_ops": _OPS,
    "ops": _OPS,
    "variable_scope": {"variable": tf1.Variable},
}


class _Completed(types.ModuleType):
    """A module of TensorFlow with the names that tf_slim looks for in it.

    Args:
        module: The module.
        moved: Dict of the names.
    """

    def __init__(self, module: types.ModuleType, moved: dict[str, Any]) -> None:
        super().__init__(module.__name__, module.__doc__)
        self.__dict__.update(moved, _module=module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def _complete() -> None:
    """Gives the modules of tf_slim what they miss."""
    for path, module in list(sys.modules.items()):
        if path.startswith("tf_slim."):
            for name in _MOVED.keys() & vars(module).keys():
                setattr(module, name, _Completed(getattr(module, name), _MOVED[name]))
    layers: Any = sys.modules["tf_slim.layers.layers"]
    layers.normalization_layers = LazyModule("tf_keras_legacy_layers", SERVED["layers"])
    # TF 1.15 registered it where it defined the layer; tf_slim forgot.
    tf.RegisterGradient("GDNLowerBound")(layers.GDN._lower_bound_grad)


_complete()


def __getattr__(name: str) -> Any:
    return getattr(tf_slim, name)
