"""`tf.compat.v1.layers`, `.nn.rnn_cell` and `.keras`, whichever Keras is switched on.

With Keras 3, TensorFlow refuses the first two and answers the third with Keras 3. tf_keras still
carries the originals. They are bound in their old places, and tf_keras is imported on first use.
"""

from __future__ import annotations

import functools
import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

# Below any `compat.v1` module: the module that serves the name. TensorFlow itself binds these with
# TF_USE_LEGACY_KERAS=1.
SERVED = {
    "layers": "tf_keras.api._v1.keras.__internal__.legacy.layers",
    "nn.rnn_cell": "tf_keras.api._v1.keras.__internal__.legacy.rnn_cell",
    "keras": "tf_keras.api._v1.keras",
}

_served: dict[str, LazyModule] = {}
_undo: list[tuple[Callable[[str, Any], None], str, Any]] = []


class LazyModule(types.ModuleType):
    """A module that is imported when something is asked of it.

    Args:
        name: Its dotted name for users.
        target: The dotted name of the module to import.
    """

    def __init__(self, name: str, target: str) -> None:
        super().__init__(name)
        self.__dict__["_target"] = target

    def __getattr__(self, attribute):
        return getattr(importlib.import_module(self._target), attribute)

    def __dir__(self):
        return dir(importlib.import_module(self._target))

    def __repr__(self):
        return f"<module {self.__name__!r} served by {self._target!r}>"


def install_v1_layers() -> None:
    """Binds the names of `SERVED` below every `compat.v1` that TensorFlow has loaded.

    Call it again after an import of `tensorflow.compat.v1`, which makes a new module of it and
    binds TensorFlow's own `nn.rnn_cell` once more. What is bound already is left as it is.
    """
    for dotted, target in SERVED.items():
        served = _served.setdefault(dotted, LazyModule(f"tensorflow.compat.v1.{dotted}", target))
        parent, _, name = dotted.rpartition(".")
        for alias in _loaded(".compat.v1"):
            imported = f"{alias}.{dotted}"
            before = sys.modules.get(imported)
            if before is not served:
                _undo.append((sys.modules.__setitem__, imported, before))
                sys.modules[imported] = served
        for alias in _loaded(f".compat.v1.{parent}".rstrip(".")):
            # The old value from vars(): TensorFlow's lazy Keras loader must stay unloaded. The new
            # one by setattr(): TensorFlow's modules cache their attributes.
            module = sys.modules[alias]
            if name not in vars(module):  # another thread is importing it
                continue
            before = vars(module)[name]
            if before is not served:
                _undo.append((functools.partial(setattr, module), name, before))
                setattr(module, name, served)


def uninstall_v1_layers() -> None:
    """Puts back what `install_v1_layers()` found, and forgets what was imported through it."""
    imported = tuple(f"{alias}.{dotted}." for alias in _loaded(".compat.v1") for dotted in SERVED)
    for name in list(sys.modules) if _undo else ():
        if name.startswith(imported):
            del sys.modules[name]
    while _undo:
        put_back, name, before = _undo.pop()
        if before is None:
            sys.modules.pop(name, None)
        else:
            put_back(name, before)
    for dotted in _served:
        _restore_copies(dotted)
    _served.clear()


def _restore_copies(dotted):
    """Modules imported meanwhile, e.g. `tensorflow.compat.v1.nn`, took over what they found."""
    parent, _, name = dotted.rpartition(".")
    modules = [sys.modules[alias] for alias in _loaded(f".compat.v1.{parent}".rstrip("."))]
    values = [vars(module)[name] for module in modules]
    originals = [value for value in values if value is not _served[dotted]]
    for module, value in zip(modules, values, strict=True):
        if value is _served[dotted]:
            setattr(module, name, originals[0])


def _loaded(ending):
    """The names of TensorFlow's loaded modules that end so: one module may have several."""
    return [
        name
        for name in list(sys.modules)  # other threads may be importing
        if name.startswith("tensorflow.") and name.endswith(ending)
    ]
