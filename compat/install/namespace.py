"""`install()` puts the legacy names on the tensorflow namespace; `uninstall()` takes them off."""

from __future__ import annotations

import importlib.machinery
import sys
import threading
import types
from dataclasses import MISSING  # stays the same object when this module is loaded anew
from typing import NamedTuple

import tensorflow as tf

from estimator_heads.compat.install.contrib_attribute import with_contrib
from estimator_heads.compat.install.finder import LegacyFinder
from estimator_heads.compat.install.legacy_module import LegacyModule, forget_modules, module_for
from estimator_heads.compat.install.tf1_only_names import MODULES, Hints
from estimator_heads.compat.names import table
from estimator_heads.compat.tf1.layers import install_v1_layers, uninstall_v1_layers

# What tf.keras is, from TensorFlow's lazy loader or from `import tensorflow.keras`.
_KERAS_MODULES = (
    "keras._tf_keras.keras",
    "tf_keras.api._v1.keras",
    "tf_keras.api._v2.keras",
    "tensorflow.keras",
)
# Packages whose modules may stand at legacy names when `install()` is called.
_EXPECTED = ("estimator_heads", "tensorflow_estimator")
# The attribute of tensorflow that holds the `_Installation`. Modules of estimator_heads may be
# loaded anew, in notebooks above all; tensorflow cannot be.
_HELD_AS = "__estimator_heads__"


def _attached_names():
    """From the name of a module of TensorFlow to the legacy modules that become attributes of it.

    `import tensorflow.compat.v1` makes a second module of what `tf.compat.v1` was before, which
    programs may still hold (it is called `tensorflow._api.v2.compat.v1`): both are served.
    """
    attached = {name: {"estimator": "tensorflow.keras.estimator"} for name in _KERAS_MODULES}
    attached["tf_keras.api._v1.keras"] = {"estimator": "tensorflow.compat.v1.keras.estimator"}
    tf2 = {"estimator": "tensorflow.estimator"}
    tf1 = {"estimator": "tensorflow.compat.v1.estimator", "contrib": "tensorflow.contrib"}
    for modules, legacy in ((table.TF2_MODULES, tf2), (table.TF1_MODULES, tf1)):
        for module in modules:
            attached[f"tensorflow{module}"] = legacy
            attached[f"tensorflow._api.v2{module}"] = legacy
    attached["tensorflow"] = {**tf2, "contrib": "tensorflow.contrib"}
    return attached


_ATTACHED = _attached_names()


class _Change(NamedTuple):
    """An attribute of a module that `install()` has set, or deleted where `value` is MISSING."""

    module: types.ModuleType
    attribute: str
    before: object
    value: object

    def stands(self) -> bool:
        """Whether nobody has changed it since."""
        return vars(self.module).get(self.attribute, MISSING) is self.value

    def do(self) -> None:
        """Sets the value."""
        _assign(self.module, self.attribute, self.value)

    def undo(self) -> None:
        """Sets what was there before, or nothing."""
        _assign(self.module, self.attribute, self.before)


def _assign(module, attribute, value):
    if value is MISSING:
        delattr(module, attribute)
    else:
        setattr(module, attribute, value)


class _Installation:
    """What `install()` changed, so that `uninstall()` can change it back."""

    def __init__(self) -> None:
        self.finder = LegacyFinder({*_ATTACHED, *MODULES}, self.after_import)
        self.displaced: dict[str, types.ModuleType] = {}  # what sys.modules had under legacy names
        self.changes: list[_Change] = []
        self.hints = Hints()

    def put(self) -> None:
        """Takes all legacy names, from whoever has them; what is in place already stays."""
        for name in self.strange_modules():
            self.displaced[name] = sys.modules.pop(name)
        if self.finder not in sys.meta_path:
            sys.meta_path.insert(0, self.finder)
        self.hints.put()  # before what is attached: with_contrib() has to see who asks
        for name in _ATTACHED:
            if name in sys.modules:
                self.attach(name)
        install_v1_layers()

    def after_import(self, name: str) -> None:
        """Attaches what belongs to the module called `name`, which has just been imported."""
        with _lock:  # safe inside an import: nothing is imported under this lock
            if _current() is self:
                self.hints.put()
                if name in _ATTACHED:
                    self.attach(name)
                install_v1_layers()

    def attach(self, name: str) -> None:
        """Sets the attributes of `_ATTACHED` on the module called `name`."""
        module = sys.modules[name]
        for attribute, path in _ATTACHED[name].items():
            legacy = module_for(table.Module(path))
            if (name, attribute) == ("tensorflow", "contrib"):
                self._attach_contrib(module, legacy)
            else:
                self._set(module, attribute, legacy)
        if name in ("tensorflow", "tensorflow.compat.v1") and not hasattr(module, "python"):
            # TensorFlow hides it, so `import tensorflow.python.estimator` would give no access.
            self._set(module, "python", sys.modules["tensorflow.python"])

    def take_off(self) -> None:
        """Restores what the changes changed, unless it has been changed again since."""
        uninstall_v1_layers()
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self.finder]
        for name, module in list(self.finder.imported.items()):
            if sys.modules.get(name) is module:
                del sys.modules[name]
            self._unset_in_parent(name, module)
        for change in reversed(self.changes):
            if change.stands():
                change.undo()
        self.hints.take_off()
        sys.modules.update(self.displaced)
        forget_modules()

    def strange_modules(self) -> list[str]:
        """Legacy names under which `sys.modules` has something that is not from here."""
        imported = self.finder.imported
        return [
            name
            for name, module in list(sys.modules.items())
            if table.is_legacy(name) and imported.get(name) is not module
        ]

    def _set(self, module, attribute, value):
        before = vars(module).get(attribute, MISSING)
        same = [c for c in self.changes if c.attribute == attribute and c.value is value]
        if before is value:
            if any(change.module is module for change in same):
                return
            # A copy of a module changed already, as tensorflow.keras is: it copied the change too.
            before = same[0].before if same else MISSING
        change = _Change(module, attribute, before, value)
        self.changes.append(change)
        change.do()

    def _attach_contrib(self, tensorflow, contrib):
        """Makes `tf.contrib` an attribute that libraries do not see when they ask for it."""
        # Imported already, lest Python sets the plain attribute when somebody imports it.
        self.finder.imported[contrib.__name__] = sys.modules[contrib.__name__] = contrib
        present = vars(tensorflow).get("contrib", MISSING)
        if present is contrib:
            delattr(tensorflow, "contrib")
        elif present is not MISSING:
            self._set(tensorflow, "contrib", MISSING)
        if not any(change.attribute == "__getattr__" for change in self.changes):
            others = vars(tensorflow).get("__getattr__")
            self._set(tensorflow, "__getattr__", with_contrib(contrib, others))

    def _unset_in_parent(self, name, value):
        """Takes off what Python sets when it imports a submodule: `tensorflow.python.estimator`."""
        above, _, attribute = name.rpartition(".")
        parent = sys.modules.get(above)
        if parent is None or any(c.module is parent and c.value is value for c in self.changes):
            return
        if vars(parent).get(attribute) is value:
            delattr(parent, attribute)


_lock = threading.RLock()
_told = False


def _current():
    """What `install()` changed in this process, whichever import of this module did it, or None."""
    return vars(tf).get(_HELD_AS)


def install(*, replace: bool = False) -> None:
    """Makes the legacy names importable, in this process.

    Afterwards `tf.estimator`, `tf.compat.v1.estimator`, `tf.contrib`, `tensorflow_estimator` and
    everything below them are available, for `import` and as attributes. Names that estimator-heads
    does not serve raise a `LegacyNameError` that says why and what to use instead. Nothing is
    imported before it is used. Calling it again changes nothing; any thread may call it.

    If the package tensorflow-estimator is installed, which no longer works with TensorFlow 2.16, it
    is replaced, and a log message says so once.

    >>> import estimator_heads, tensorflow as tf
    >>> estimator_heads.install()
    >>> tf.estimator.BinaryClassHead is estimator_heads.BinaryClassHead
    True
    >>> estimator_heads.uninstall()

    Args:
        replace: Whether to replace `tf.estimator` or `tf.contrib` modules that other code put
            there. `uninstall()` puts them back.

    Raises:
        RuntimeError: If other code put something at a legacy name, and `replace` is False.
    """
    with _lock:
        before = _current()
        # One from before this module was loaded anew makes way for our own.
        installation = before if isinstance(before, _Installation) else _Installation()
        if not replace:
            _refuse_strangers(before or installation)
        if before is None:
            _tell_of_real_estimator()
        elif before is not installation:
            before.take_off()
        installation.put()
        setattr(tf, _HELD_AS, installation)


def uninstall() -> None:
    """Undoes `install()`: restores tensorflow's modules, `sys.modules` and `sys.meta_path`.

    Without a previous `install()`, it does nothing. Objects that the program already has (heads,
    estimators, legacy modules) keep working.
    """
    with _lock:
        if (installation := _current()) is not None:
            installation.take_off()
            delattr(tf, _HELD_AS)


def is_installed() -> bool:
    """Whether the legacy names are there."""
    return _current() is not None


def _refuse_strangers(installation):
    """Raises an error if other code has put something of its own where legacy names belong."""
    held = {name: sys.modules[name] for name in installation.strange_modules()}
    for module, attached in _ATTACHED.items():
        if module in sys.modules and module not in _KERAS_MODULES:
            present = vars(sys.modules[module])
            held.update({f"{module}.{name}": present[name] for name in attached if name in present})
    ours = {id(change.value) for change in installation.changes}
    for path, value in held.items():
        name = getattr(value, "__name__", "")
        if id(value) in ours or isinstance(value, LegacyModule) or name.split(".")[0] in _EXPECTED:
            continue
        raise RuntimeError(
            f"install() found that other code has put something at `{path}`: {value!r}. Remove it "
            "first, or call install(replace=True) to replace it until uninstall()."
        )


def _tell_of_real_estimator():
    global _told
    name = "tensorflow_estimator"
    installed = name in sys.modules or importlib.machinery.PathFinder.find_spec(name)
    if installed and not _told:
        _told = True
        tf.compat.v1.logging.warning(
            "estimator-heads replaces the installed package tensorflow-estimator in this process. "
            "TensorFlow 2.16 and later cannot use that package; remove it with `pip uninstall "
            "tensorflow-estimator`."
        )
