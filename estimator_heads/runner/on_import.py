"""Does something right after the process has imported TensorFlow.

Not before: a program may set TF_CPP_MIN_LOG_LEVEL, CUDA_VISIBLE_DEVICES or TF_USE_LEGACY_KERAS and
then import TensorFlow, which reads them on import; or it may never import it.
"""

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Sequence


def after_import_of_tensorflow(action: Callable[[], None]) -> Callable[[], None]:
    """Calls `action()` now if TensorFlow is imported, and otherwise as soon as it is.

    Returns:
        A function that calls it off.
    """
    finder = _TensorFlowFinder(action)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None and not getattr(tensorflow.__spec__, "_initializing", False):
        action()
    else:
        sys.meta_path.insert(0, finder)
    return finder.call_off


class _TensorFlowFinder(importlib.abc.MetaPathFinder):
    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action

    def call_off(self) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname == "tensorflow_estimator":
            return importlib.machinery.ModuleSpec(fullname, _LoaderAfterTensorFlow())
        if fullname != "tensorflow":
            return None
        for finder in sys.meta_path:
            if finder is not self and (spec := finder.find_spec(fullname, path, target)):
                if spec.loader is not None:  # not a mere folder
                    spec.loader = _LoaderWithAction(spec.loader, self)
                return spec
        return None


class _LoaderWithAction(importlib.abc.Loader):
    """Loads TensorFlow as its own loader does, leaves no trace in it, and does the action."""

    def __init__(self, loader: importlib.abc.Loader, finder: _TensorFlowFinder) -> None:
        self.loader = loader
        self.finder = finder

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        self.finder.call_off()
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.finder.action()


class _LoaderAfterTensorFlow(importlib.abc.Loader):
    """Imports TensorFlow first, for the action makes a legacy package appear."""

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        importlib.import_module("tensorflow")

    def exec_module(self, module: types.ModuleType) -> None:
        del sys.modules[module.__name__]  # is not the one; Python looks here again afterwards
        importlib.import_module(module.__name__)
