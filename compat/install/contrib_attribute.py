"""`tf.contrib` as an attribute of TensorFlow 2: for those who use it, not for those who ask for it.

Libraries that run on both versions tell them apart by `hasattr(tf, "contrib")`. After `install()`
they still run on TensorFlow 2, and must be told so, while the `tf.contrib.layers` of a program, and
of an old library, is served.
"""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable
from typing import Any

from estimator_heads.compat.install.callers import ATTRIBUTE, running_operation

_USES = ATTRIBUTE | {"IMPORT_FROM"}  # `tf.contrib`, `from tensorflow import contrib`
_INSTALLED = re.compile(r"[\\/](site|dist)-packages[\\/]")


def with_contrib(
    contrib: types.ModuleType, otherwise: Callable[[str], Any] | None = None
) -> Callable[[str], Any]:
    """A `__getattr__` for the module `tensorflow`, which Python asks for what is not there.

    Args:
        contrib: The module to be found as `contrib`.
        otherwise: The `__getattr__` that the module has already, or None.

    Returns:
        A function of the name of an attribute.
    """

    def __getattr__(name):
        if name == "contrib" and not _is_probe(sys._getframe(1)):
            return contrib
        if otherwise is not None:
            return otherwise(name)
        raise AttributeError(f"module 'tensorflow' has no attribute {name!r}")

    return __getattr__


def _is_probe(frame):
    """Whether an installed library is calling `hasattr` or `getattr` in this frame."""
    installed = _INSTALLED.search(frame.f_code.co_filename)
    return bool(installed) and running_operation(frame) not in _USES
