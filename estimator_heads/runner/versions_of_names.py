"""Which version of TensorFlow has a name: 1, 2, or both.

TensorFlow is not imported for this: the program may set up its environment before it does. Which
names each API has is read from the files of the installed TensorFlow, tf_keras and Keras 3.
"""

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


def version_of(name: str) -> int | None:
    """The only major version of TensorFlow whose API has `tf.<name>`.

    Args:
        name: Dotted; attributes of the object that it leads to may follow.

    Returns:
        1, 2, or None if both have it, or neither.
    """
    return decided(name)[0]


@functools.cache
def decided(name: str) -> tuple[int | None, str]:
    """The version of a name, and as much of the name as tells it.

    >>> decided("layers.dense.__name__")
    (1, 'layers')
    >>> decided("data.Dataset")
    (None, '')
    """
    module = ""
    for part in name.split("."):
        if module == "" and part in _UNDECIDED:
            break
        in_tf1, in_tf2 = part in tf1_names(module), part in tf2_names(module)
        known = f"{module}.{part}".lstrip(".")
        if in_tf1 != in_tf2:
            return (1 if in_tf1 else 2), known
        if not in_tf1 and part != "estimator":
            break
        module = known
    return None, ""


@functools.cache
def tf1_names(module: str) -> set[str]:
    """What TF1's API has in the module `tf.<module>`; empty if it has no such module."""
    folder = package_folder("tensorflow") / "_api" / "v2" / "compat" / "v1"
    return names_in(folder.joinpath(*module.split("."))) | _MORE_OF_TF1.get(module, set())


@functools.cache
def tf2_names(module: str) -> set[str]:
    """What TF2's API has in the module `tf.<module>`; empty if it has no such module."""
    if not module:
        return names_in(package_folder("tensorflow")) | {*_KERAS_PARTS}
    parts = module.split(".")
    names = names_in(package_folder("tensorflow").joinpath("_api", "v2", *parts))
    if parts[0] in _KERAS_PARTS:
        names |= names_in(package_folder("tf_keras").joinpath("api", "_v2", "keras", *parts))
        names |= names_in(package_folder("keras").joinpath("_tf_keras", "keras", *parts))
    return names


@functools.cache
def package_folder(package: str) -> Path:
    """Where an installed package stands; it is not imported."""
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0] if folders else "")


def names_in(folder: Path) -> set[str]:
    """What the imports of the generated `__init__.py` in a folder of an API bind."""
    try:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
    except OSError:
        return set()
    found = re.findall(r"^from [\w.]+ import (?:\(\s*)?(\w+)(?: as (\w+))?", text, re.MULTILINE)
    return {new_name or name for name, new_name in found}
