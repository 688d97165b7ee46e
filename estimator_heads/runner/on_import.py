"""Does something right after the process has imported TensorFlow.

Not before: a program may set TF_CPP_MIN_LOG_LEVEL, CUDA_VISIBLE_DEVICES or TF_USE_LEGACY_KERAS and
then import TensorFlow, which reads them on import; or it may never import it.
"""

import importlib
import importlib.abc
import importlib.util
import sys


def after_import_of_tensorflow(action):
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
    def __init__(self, action):
        self.action = action

    def call_off(self):
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in ("tensorflow", "tensorflow_estimator"):
            return None
        self.call_off()
        if fullname == "tensorflow_estimator":  # TensorFlow makes it come true.
            sys.meta_path.insert(0, self)
            importlib.import_module("tensorflow")
            return importlib.util.find_spec(fullname)
        spec = importlib.util.find_spec(fullname)
        if spec is not None:
            spec.loader = _LoaderWithAction(spec.loader, self.action)
        return spec


class _LoaderWithAction(importlib.abc.Loader):
    def __init__(self, loader, action):
        self.loader = loader
        self.action = action

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.action()
