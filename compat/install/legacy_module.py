"""The modules that stand where the legacy modules stood, and find what is in them when asked."""

from __future__ import annotations

import importlib.machinery
import threading
import types

from estimator_heads.compat.install.mentions import absent, is_mention
from estimator_heads.compat.install.written_path import written_path
from estimator_heads.compat.names import table
from estimator_heads.compat.names.errors import LegacyAttributeError, unserved
from estimator_heads.compat.names.kinds import Outside, Served

_modules: dict[str, LegacyModule] = {}
_lock = threading.Lock()


class LegacyModule(types.ModuleType):
    """A legacy module. Its names are looked up in the table, and loaded, when they are first used.

    Each has a `__path__`, as a package has: only then does `from module import name` ask the import
    hook for a missing name, whose error says why it is missing.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, f"Stands for the `{path}` of older TensorFlow.")
        self.__path__ = []
        self.__spec__ = importlib.machinery.ModuleSpec(path, None, is_package=True)

    def __getattr__(self, name):
        if name == "__all__":
            return self._served_names()
        if name.startswith("__"):  # Python and its tools ask modules for these in passing
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        path = f"{self.__name__}.{name}"
        found = table.find(path)
        if isinstance(found, table.Module):
            value = module_for(found)
        elif isinstance(found, Served):
            value = found.load()
        else:
            known = known_names(self.__name__)
            error = unserved(LegacyAttributeError, written_path(path), found, known)
            if isinstance(found, Outside) and is_mention(name):
                return absent(error)  # but not kept, so that the name is still missing elsewhere
            raise error
        self.__dict__[name] = value
        return value

    def __setattr__(self, name, value):
        # `import a.b` ends with setting `b` in `a`. In tf.contrib.framework, `arg_scope` stays the
        # function when the module `arg_scope` is imported, as it did in TF 1.15.
        if not (isinstance(value, LegacyModule) and isinstance(self._rows().get(name), Served)):
            super().__setattr__(name, value)

    def __dir__(self):
        served = (name for name, entry in self._rows().items() if isinstance(entry, Served))
        return sorted({*self.__dict__, *served, *table.Module(self.__name__).submodules})

    def __repr__(self):
        return f"<module {self.__name__!r} from estimator_heads>"

    def _rows(self):
        return table.TABLE.get(self.__name__, {})

    def _served_names(self):
        """What `from module import *` takes: public names, and modules that have rows."""
        served = [name for name, entry in self._rows().items() if isinstance(entry, Served)]
        submodules = table.Module(self.__name__).submodules
        served += [name for name in submodules if f"{self.__name__}.{name}" in table.TABLE]
        return sorted(name for name in served if not name.startswith("_"))


def module_for(found: table.Module) -> LegacyModule:
    """The one `LegacyModule` of a module in the table, whatever path it was asked for by."""
    with _lock:
        if found.path not in _modules:
            _modules[found.path] = LegacyModule(found.path)
        return _modules[found.path]


def forget_modules() -> None:
    """Drops all modules, with what programs have set in them."""
    with _lock:
        _modules.clear()


def known_names(module_path: str) -> set[str]:
    """Names to suggest for a name that `module_path` lacks."""
    module = table.find_module(module_path)
    return {*module.rows, *module.submodules} - {table.ANY} if module else set()
