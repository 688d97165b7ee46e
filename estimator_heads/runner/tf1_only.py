"""The rule that tells TF1 programs by their source.

A program can only be TF1 if its own modules use a name of `tensorflow` that only TF1 has, and none
that only TF2 has. What counts:

- the module says `import tensorflow` (under any name) or `from tensorflow import ...`, and gives
  that name no second meaning, such as `import tensorflow.compat.v1 as tf` or `tf = tf.compat.v1`;
- names used as they stand: not below an `if` that asks for the version or `hasattr`, and not in a
  `try` that catches import or attribute errors, where the program provides for TF2 itself.

TensorFlow is not imported for this: the program may set up its environment before it does. Which
names each API has is read from the files of the installed TensorFlow, tf_keras and Keras 3.
"""

import ast
import functools
import importlib.util
import re
from pathlib import Path

# Names that TensorFlow sets on import, where its files do not show them: the parts of Keras among
# TF2's names, ...
_KERAS_PARTS = ("losses", "metrics", "optimizers", "initializers")
# ... and TF1's flags. `contrib` and `estimator.inputs` are in the files of neither.
_MORE_OF_TF1 = {"": {"contrib", "flags"}, "estimator": {"inputs"}}

# Keras serves all of `tf.keras` in both.
_UNDECIDED = ("keras", "compat", "python", "__version__")

_ASKS_FOR_VERSION = re.compile(
    r"hasattr|getattr|version|\bis_?tf|\btf_?[12]\b|tf[12]\b|_v[12]\b", re.I
)
_CATCHES_MISSING_NAMES = {"ImportError", "ModuleNotFoundError", "AttributeError", "Exception"}


def only_tf1(trees, aliases=()):
    """Whether a program can only be TF1.

    Args:
        trees: the `ast.Module`s of its own modules.
        aliases: names that they have for `tensorflow` without importing it.

    Returns:
        A bool.

    >>> only_tf1([ast.parse("import tensorflow as tf; tf.Session()")])
    True
    >>> only_tf1([ast.parse("import tensorflow.compat.v1 as tf; tf.Session()")])
    False
    """
    names = {name for tree in trees for name in tensorflow_names(tree, aliases)}
    versions = {version_of(name) for name in names}
    return 1 in versions and 2 not in versions


def version_of(name):
    """The only major version of TensorFlow whose API has `tf.<name>`.

    Args:
        name: dotted; attributes of the object that it leads to may follow.

    Returns:
        1, 2, or None if both have it, or neither.
    """
    module = ""
    for part in name.split("."):
        if module == "" and part in _UNDECIDED:
            return None
        in_tf1, in_tf2 = part in _tf1_names(module), part in _tf2_names(module)
        if in_tf1 != in_tf2:
            return 1 if in_tf1 else 2
        if not in_tf1 and part != "estimator":
            return None
        module = f"{module}.{part}".lstrip(".")
    return None


@functools.cache
def _tf1_names(module):
    folder = _package_folder("tensorflow") / "_api" / "v2" / "compat" / "v1"
    return _names_in(folder.joinpath(*module.split("."))) | _MORE_OF_TF1.get(module, set())


@functools.cache
def _tf2_names(module):
    if not module:
        return _names_in(_package_folder("tensorflow")) | {*_KERAS_PARTS}
    parts = module.split(".")
    names = _names_in(_package_folder("tensorflow").joinpath("_api", "v2", *parts))
    if parts[0] in _KERAS_PARTS:
        names |= _names_in(_package_folder("tf_keras").joinpath("api", "_v2", "keras", *parts))
        names |= _names_in(_package_folder("keras").joinpath("_tf_keras", "keras", *parts))
    return names


def _package_folder(package):
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0] if spec else "")


def _names_in(folder):
    """What the imports of the generated `__init__.py` in a folder bind."""
    try:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
    except OSError:
        return set()
    found = re.findall(r"^from [\w.]+ import (\w+)(?: as (\w+))?", text, re.MULTILINE)
    return {new_name or name for name, new_name in found}


def tensorflow_names(tree, aliases=()):
    """The dotted names below `tensorflow` that a module uses as they stand.

    Args:
        tree: its `ast.Module`.
        aliases: names that it has for `tensorflow` without importing it.

    Returns:
        A set of str, such as {"Session", "train.AdamOptimizer"}.
    """
    search = _NamesOfTensorFlow()
    search.visit(tree)
    aliases = {*aliases, *search.aliases} - search.rebound
    return search.imported | {
        name.partition(".")[2] for name in search.used if name.partition(".")[0] in aliases
    }


class _NamesOfTensorFlow(ast.NodeVisitor):
    """Collects, but does not go where the program provides for a missing name."""

    def __init__(self):
        self.aliases, self.rebound, self.imported, self.used = set(), set(), set(), set()
        self.guarded = False

    def visit_Import(self, node):
        for alias in node.names:
            self._bind(alias.asname or alias.name.partition(".")[0], alias.name, alias.asname)

    def visit_ImportFrom(self, node):
        top, _, below = (node.module or "").partition(".")
        for alias in node.names:
            self.rebound.add(alias.asname or alias.name)
            if top == "tensorflow" and not node.level and not self.guarded:
                self.imported.add(f"{below}.{alias.name}".lstrip("."))

    def _bind(self, bound, name, renamed):
        top, _, below = name.partition(".")
        if top != "tensorflow" or (below and renamed):
            self.rebound.add(bound)
        else:
            self.aliases.add(bound)
        if top == "tensorflow" and below and not self.guarded:
            self.imported.add(below)

    def visit_Attribute(self, node):
        parts, base = [node.attr], node.value
        while isinstance(base, ast.Attribute):
            parts.append(base.attr)
            base = base.value
        if isinstance(base, ast.Name):
            if not self.guarded:
                self.used.add(".".join([base.id, *reversed(parts)]))
        self.visit(base)

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.rebound.add(node.id)

    def visit_If(self, node):
        self._visit(node, guarded=bool(_ASKS_FOR_VERSION.search(ast.unparse(node.test))))

    visit_IfExp = visit_If

    def visit_Try(self, node):
        caught = {name for handler in node.handlers for name in _caught(handler)}
        self._visit(node, guarded=bool(caught & _CATCHES_MISSING_NAMES))

    def _visit(self, node, guarded):
        before, self.guarded = self.guarded, self.guarded or guarded
        self.generic_visit(node)
        self.guarded = before


def _caught(handler):
    if handler.type is None:
        return {"Exception"}
    return {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
