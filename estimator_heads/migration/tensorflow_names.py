"""What the installed TensorFlow and Keras have, read from their files: they are not imported."""

from __future__ import annotations

import ast
import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from estimator_heads.runner.versions_of_names import (
    decided,
    names_in,
    package_folder,
    tf1_names,
    tf2_names,
)

# Folders of TensorFlow that are no part of its API.
PRIVATE = ("python", "core", "compiler", "dtensor", "tools", "examples", "stream_executor")
# Modules of TF1 that get more names on import, where its files do not show them.
_FILLED_ON_IMPORT = ("app", "layers", "nn.rnn_cell")
# Keras 3 has these names, for an error that they are of Keras 2.
_REFUSED_BY_KERAS3 = "optimizers.legacy."
_IMPORTED = re.compile(r"^from ([\w.]+) import (\w+)(?: as (\w+))?", re.MULTILINE)


def offered_instead(name: str) -> str:
    """The public name by which TensorFlow 2 has what `tf.<name>` was in TF1.

    >>> offered_instead("FixedLenFeature")
    'tf.io.FixedLenFeature'
    >>> offered_instead("placeholder")
    'tf.compat.v1.placeholder'
    """
    module, _, last = name.rpartition(".")
    source = _sources_of("compat", "v1", *filter(None, module.split("."))).get(last)
    public = _public_names().get(source) if source else None
    return f"tf.{public or f'compat.v1.{name}'}"


def missing(name: str, is_tf1: bool = False) -> str:
    """As much of `tf.<name>` as tells that it is in neither API; empty if it may be there.

    >>> missing("mul"), missing("nn.seq2seq.rnn_decoder"), missing("nn.softmax")
    ('mul', 'nn.seq2seq', '')

    Args:
        name: Dotted; attributes of the object that it leads to may follow.
        is_tf1: Whether TF1's API is asked only.
    """
    module = ""
    for part in name.split("."):
        known = tf1_names(module) if is_tf1 else tf1_names(module) | tf2_names(module)
        is_undecided = part.startswith("_") or module in _FILLED_ON_IMPORT
        if not known or is_undecided or (not module and part in (*PRIVATE, "keras")):
            return ""
        path = f"{module}.{part}".lstrip(".")
        if part not in known:
            file = package_folder("tensorflow").joinpath(*path.split("."))
            return "" if file.is_dir() or file.with_suffix(".py").is_file() else path
        module = path
    return ""


def missing_in_private(path: str) -> str | None:
    """What is not there, or not any more, of a dotted path into the inside of TensorFlow.

    Args:
        path: e.g. "tensorflow.python.training.tracking.base".

    Returns:
        The path up to the first part that is missing; None if there is nothing wrong.
    """
    parts = path.split(".")
    folder = package_folder("tensorflow")
    for end in range(1, len(parts)):
        name, so_far = parts[end], ".".join(parts[: end + 1])
        if (folder / name).is_dir():
            folder = folder / name
        elif _is_file(folder, name):
            below = parts[end + 1 : end + 2]
            names = _names_of_module(folder / f"{name}.py")
            missing = below and names is not None and below[0] not in names
            return f"{so_far}.{below[0]}" if missing else None
        else:
            names = _names_of_module(folder / "__init__.py")
            return so_far if names is not None and name not in names else None
    return None


def new_place(path: str) -> str | None:
    """Where a module that is missing is now, if one of its name, and only one, is in TensorFlow.

    >>> new_place("tensorflow.python.training.tracking.base_delegate")
    'tensorflow.python.trackable.base_delegate'
    """
    found = _private_modules().get(path.rpartition(".")[2], ())
    return found[0] if len(found) == 1 else None


def only_in_keras2(name: str) -> bool:
    """Whether Keras 2, that is tf_keras, has `tf.keras.<name>`, and Keras 3 has not."""
    keras2 = package_folder("tf_keras") / "api" / "_v2" / "keras"
    keras3 = package_folder("keras") / "_tf_keras" / "keras"
    if f"{name}.".startswith(_REFUSED_BY_KERAS3):
        return True
    for part in name.split("."):
        if part.startswith("_"):
            return False
        in_keras2 = part in _api_names(keras2) or (keras2 / part).is_dir()
        in_keras3 = part in _api_names(keras3) or (keras3 / part).is_dir()
        if in_keras2 != in_keras3 or not in_keras2:
            return in_keras2
        keras2, keras3 = keras2 / part, keras3 / part
        if not keras2.is_dir():
            return False
    return False


@functools.cache
def _api_names(folder: Path) -> set[str]:
    return names_in(folder)


@functools.cache
def _sources_of(*folders: str) -> dict[str, tuple[str, str]]:
    """Of a module of the API, from each name to what it is in the inside of TensorFlow."""
    folder = package_folder("tensorflow").joinpath("_api", "v2", *folders)
    try:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
    except OSError:
        return {}
    return {new or old: (module, old) for module, old, new in _IMPORTED.findall(text)}


@functools.cache
def _public_names() -> dict[tuple[str, str], str]:
    """From what things are in the inside of TensorFlow to their shortest names in TF2's API."""
    top = package_folder("tensorflow") / "_api" / "v2"
    found: dict[tuple[str, str], str] = {}
    for above, folders, _ in os.walk(top):
        folders[:] = [name for name in folders if name not in ("compat", "__pycache__")]
        parts = os.path.relpath(above, top).split(os.sep)
        for name, source in _sources_of(*(part for part in parts if part != ".")).items():
            path = ".".join([*(part for part in parts if part != "."), name])
            known = found.get(source, path)
            found[source] = min(known, path, key=lambda path: (path.count("."), len(path), path))
    for name, source in _top_level_sources().items():
        found[source] = name
    return found


def _top_level_sources() -> dict[str, tuple[str, str]]:
    folder = package_folder("tensorflow")
    try:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
    except OSError:
        return {}
    found = _IMPORTED.findall(text)
    return {new or old: (module, old) for module, old, new in found if not module.startswith("_")}


def _is_file(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").exists() or any(folder.glob(f"{name}.*so"))


@functools.cache
def _names_of_module(file: Path) -> set[str] | None:
    """What a module binds; None if that cannot be told, as with `import *`, or without a source."""
    try:
        source = file.read_bytes()
        if file.stem.endswith("_pb2") or b"globals()" in source:  # It makes names when it is run.
            return None
        tree = ast.parse(source)
    except (OSError, SyntaxError, ValueError):
        return None
    names: set[str] = set()
    for node in _outside_functions(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return None if {"*", "__getattr__"} & names else names


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """What a module runs in TensorFlow 2 when it is imported, and the functions and classes."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and ast.unparse(node.test) == "tf2.enabled()":
            waiting += node.body
        elif not isinstance(node, ast.FunctionDef | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


@functools.cache
def _private_modules() -> dict[str, list[str]]:
    """From the names of modules to the paths that they have below `tensorflow.python`."""
    top = package_folder("tensorflow") / "python"
    found: dict[str, list[str]] = {}
    for above, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        package = ".".join(["tensorflow.python", *os.path.relpath(above, top).split(os.sep)])
        package = package.removesuffix("..")
        for name in (*folders, *(file[:-3] for file in files if file.endswith(".py"))):
            found.setdefault(name, []).append(f"{package}.{name}")
    return found


def only_in_tf1(name: str) -> str:
    """As much of `tf.<name>` as tells that only TF1's API has it; empty otherwise."""
    version, known = decided(name)
    return known if version == 1 else ""
