"""Says what to do where a name is missing that only TensorFlow 1 has: `tf.Session`.

The error stays what it was, an AttributeError or an ImportError; its message goes on.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
import types
from typing import Any

from estimator_heads.compat.install.callers import running_operation

# Below `tensorflow`, the modules of which TF1 has more names, ...
_TENSORFLOW = (
    "data",
    "data.experimental",
    "debugging",
    "distribute",
    "dtypes",
    "errors",
    "experimental",
    "feature_column",
    "graph_util",
    "image",
    "io",
    "linalg",
    "lite",
    "lite.experimental",
    "nn",
    "profiler",
    "ragged",
    "random",
    "saved_model",
    "saved_model.experimental",
    "sets",
    "sparse",
    "summary",
    "test",
    "tpu",
    "tpu.experimental",
    "train",
    "train.experimental",
)
# ... and those that are modules of Keras now, whichever Keras is switched on.
_KERAS = ("initializers", "losses", "metrics")

# From the name of a module to that of the same module below `tf.compat.v1`.
MODULES = {
    "tensorflow": "",
    **{f"tensorflow.{name}": name for name in _TENSORFLOW},
    **{f"tensorflow._api.v2.{name}": name for name in _TENSORFLOW},
    **{f"keras._tf_keras.keras.{name}": name for name in _KERAS},
    **{f"tf_keras.api._v2.keras.{name}": name for name in _KERAS},
}

# What the legacy names of estimator-heads answer for.
_SERVED = ("contrib", "estimator")

_WAY_OUT = (
    "Only TensorFlow 1 has `tf.{path}`; TensorFlow 2 has `tf.compat.v1.{path}`. To make `import "
    "tensorflow` mean TensorFlow 1 for TensorFlow 1 source, use `estimator-heads run --tf1`, "
    "`%estimator_heads --tf1` in IPython, or `pytest -p estimator_heads.pytest_plugin --tf1`; for "
    "an installed package add `--tf1-package NAME`. `estimator_heads.install()` alone does not do "
    "this"  # Python may go on with ". Did you mean: ..."
)

_HERE = os.path.join(os.path.dirname(__file__), "")


class Hints:
    """What one installation has made the modules of `MODULES` say."""

    def __init__(self) -> None:
        # Of modules, their `__getattr__` before or None, and ours.
        self._undo: list[tuple[types.ModuleType, Any, Any]] = []

    def put(self) -> None:
        """Makes the loaded ones say it. Call it again when more have been loaded.

        A `__getattr__` that a module has already is asked first.
        """
        for name, v1_path in MODULES.items():
            module = sys.modules.get(name)
            if not isinstance(module, types.ModuleType):
                continue
            if all(module is not had[0] for had in self._undo):
                before = vars(module).get("__getattr__")
                # mypy takes it for a method of all modules.
                module.__getattr__ = _hint_for(module, v1_path, before)  # type: ignore[method-assign]
                self._undo.append((module, before, module.__getattr__))

    def take_off(self) -> None:
        """Undoes `put()`, where nobody has changed it again since."""
        while self._undo:
            module, before, hint = self._undo.pop()
            if vars(module).get("__getattr__") is not hint:
                continue
            if before is None:
                del module.__getattr__
            else:
                module.__getattr__ = before  # type: ignore[method-assign]


def _hint_for(module, v1_path, before):
    """A `__getattr__` for a module; `before` is the one that it had, or None."""

    def __getattr__(name):
        message = f"module {module.__name__!r} has no attribute {name!r}"
        if before is not None:
            try:
                return before(name)
            except AttributeError as error:
                if type(error) is not AttributeError:  # It says what to use instead.
                    raise
                message = str(error)
        if not _only_in_tf1(name, v1_path):
            raise AttributeError(message, name=name, obj=module)
        way_out = _WAY_OUT.format(path=f"{v1_path}.{name}".lstrip("."))
        # `from module import name` would make an error of its own of an AttributeError.
        if _is_import(sys._getframe(1)):
            file = getattr(module, "__file__", None)
            message = f"cannot import name {name!r} from {module.__name__!r} ({file}). {way_out}"
            raise ImportError(message, name=module.__name__, path=file) from None
        raise AttributeError(f"{message}. {way_out}", name=name, obj=module) from None

    return __getattr__


def _is_import(frame):
    """Whether `from module import name` asks."""
    while frame.f_code.co_filename.startswith(_HERE):  # a `__getattr__` that asks ours
        frame = frame.f_back
    return running_operation(frame) == "IMPORT_FROM"


def _only_in_tf1(name, v1_path):
    if name.startswith("_") or name in _SERVED:
        return False
    v1 = importlib.import_module("tensorflow").compat.v1
    parts = filter(None, v1_path.split("."))
    return hasattr(functools.reduce(getattr, parts, v1), name)
