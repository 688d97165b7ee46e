"""`tf.contrib` as an attribute of TensorFlow 2: for those who use it, not for those who ask for it.

Libraries that run on both versions tell them apart by `hasattr(tf, "contrib")`. After `install()`
they still run on TensorFlow 2, and must be told so, while the `tf.contrib.layers` of a program, and
of an old library, is served.
"""

import opcode
import re
import sys

# `tf.contrib`, also in 3.10 and 3.11 as `tf.contrib()`, and `from tensorflow import contrib`.
_USES = frozenset(
    opcode.opmap[name]
    for name in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM")
    if name in opcode.opmap
)
_INSTALLED = re.compile(r"[\\/](site|dist)-packages[\\/]")


def with_contrib(contrib, otherwise=None):
    """A `__getattr__` for the module `tensorflow`, which Python asks for what is not there.

    Args:
        contrib: the module to be found as `contrib`.
        otherwise: the `__getattr__` that the module has already, or None.

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
    if not _INSTALLED.search(frame.f_code.co_filename):
        return False
    code, position = frame.f_code.co_code, frame.f_lasti
    while code[position] == opcode.EXTENDED_ARG:  # 3.10 is there while the next one runs
        position += 2
    return code[position] not in _USES
