"""The import hook: `import tensorflow.contrib.learn` and all other imports of legacy modules."""

from __future__ import annotations

import functools
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Collection, Sequence

from estimator_heads.compat.install.legacy_module import known_names, module_for
from estimator_heads.compat.install.written_path import written_path
from estimator_heads.compat.names import table
from estimator_heads.compat.names.errors import LegacyImportError, unserved
from estimator_heads.compat.names.kinds import Served


class LegacyFinder(importlib.abc.MetaPathFinder):
    """Finds legacy modules, and tells when a module of TensorFlow has been imported.

    Args:
        watched: Names of modules of TensorFlow.
        on_import: Is called with the name of a watched module, after it was imported.

    Attributes:
        imported: What this finder put into `sys.modules`.
    """

    def __init__(self, watched: Collection[str], on_import: Callable[[str], None]) -> None:
        self.imported: dict[str, object] = {}
        self._watched = watched
        self._on_import = on_import

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of a legacy or watched module; None leaves others to the other finders.

        Raises:
            LegacyImportError: `fullname` is a legacy name that is not served.
        """
        if table.is_legacy(fullname):
            return importlib.machinery.ModuleSpec(fullname, _LegacyLoader(self, _loaded(fullname)))
        if fullname in self._watched:
            return self._watched_spec(fullname, path, target)
        return None

    def _watched_spec(self, fullname, path, target):
        others = (finder for finder in sys.meta_path if finder is not self)
        specs = (finder.find_spec(fullname, path, target) for finder in others)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _WatchingLoader(spec, self._on_import)
        return spec


def _loaded(fullname):
    """A function that returns what `sys.modules` is to have under `fullname`."""
    module = table.find_module(fullname)
    if module:
        return lambda: module_for(module)
    entry = table.find(fullname)
    if isinstance(entry, Served):
        return functools.partial(_load_module, fullname, entry)
    assert not isinstance(entry, table.Module)  # or find_module() had found it
    above = fullname.rpartition(".")[0]
    raise unserved(LegacyImportError, written_path(fullname), entry, known_names(above))


def _load_module(fullname, entry):
    loaded = entry.load()
    if isinstance(loaded, types.ModuleType):
        return loaded
    above, _, name = fullname.rpartition(".")
    message = f"`{fullname}` is not a module. Use `from {above} import {name}`."
    raise LegacyImportError(fullname, entry, message)


class _LegacyLoader(importlib.abc.Loader):
    """Puts a legacy module into `sys.modules`.

    Python first puts a module of its own there, and sets that one's attributes: what is served may
    be a module of TensorFlow, whose `__spec__` must stay as it is.
    """

    def __init__(self, finder: LegacyFinder, load: Callable[[], types.ModuleType]) -> None:
        self._finder = finder
        self._load = load

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return types.ModuleType(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        loaded = self._load()
        self._finder.imported[module.__name__] = sys.modules[module.__name__] = loaded


class _WatchingLoader(importlib.abc.Loader):
    """Loads a module as its own loader does, leaves no trace in it, and calls `on_import`."""

    def __init__(
        self, spec: importlib.machinery.ModuleSpec, on_import: Callable[[str], None]
    ) -> None:
        self._spec = spec
        assert spec.loader is not None
        self._loader = spec.loader
        self._on_import = on_import

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        self._spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._on_import(module.__name__)
