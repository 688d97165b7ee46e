"""The error for a private name that this TensorFlow does not have."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import tensorflow as tf

_TENSORFLOW = f"TensorFlow {tf.__version__}"
_SUPPORTED = (
    "TensorFlow 2.16 to 2.21 are supported: install one of these, or a newer estimator-heads."
)


def missing(
    name: str, purpose: str, library: str = _TENSORFLOW, way_out: str = _SUPPORTED
) -> RuntimeError:
    """The error that says which name is missing, what it is needed for, and what to do.

    Args:
        name: The private name.
        purpose: What estimator-heads needs it for, as the end of a sentence.
        library: Whose name it is, with the version.
        way_out: What the user can do.

    Returns:
        A RuntimeError to raise.
    """
    return RuntimeError(
        f"{library} does not have `{name}`, which estimator-heads needs {purpose}. {way_out}"
    )


def private_module(name: str, purpose: str) -> ModuleType:
    """Imports a private module of TensorFlow.

    Args:
        name: Its full name.
        purpose: What estimator-heads needs it for, as the end of a sentence.

    Returns:
        The module.

    Raises:
        RuntimeError: If there is no such module.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise missing(name, purpose) from error


def check_attributes(value: Any, names: Iterable[str], purpose: str) -> None:
    """Checks that a module, a class or an object has private attributes.

    Args:
        value: The module, class or object.
        names: List of the names.
        purpose: What estimator-heads needs them for, as the end of a sentence.

    Raises:
        RuntimeError: If it lacks one of them.
    """
    for name in names:
        if not hasattr(value, name):
            owner = value if hasattr(value, "__name__") else type(value)
            raise missing(f"{owner.__name__}.{name}", purpose)
