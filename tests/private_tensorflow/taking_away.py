"""Takes private names away, as a TensorFlow without them would not have them."""

import importlib
import sys


def take_away(patches, path):
    """Takes away a module, or a name of a module or of a class.

    Args:
        patches: The `pytest.MonkeyPatch` that puts it back.
        path: Its full name.
    """
    owner, _, name = path.rpartition(".")
    try:
        owner = importlib.import_module(owner)
    except ImportError:
        module, _, class_name = owner.rpartition(".")
        owner = getattr(importlib.import_module(module), class_name)
    if _is_module(path):
        patches.setitem(sys.modules, path, None)
    else:
        patches.delattr(owner, name)


def _is_module(path):
    try:
        importlib.import_module(path)  # Not every one comes with TensorFlow's import.
    except ImportError:
        return False
    return True
