"""Programs that only mention a class that is outside for good: in annotations, and in `isinstance`.

No object can be of such a class, so the program needs none of it:

    def train(model: Union[tf.estimator.DNNClassifier, tf.estimator.BoostedTreesClassifier]):
        if isinstance(model, tf.estimator.BoostedTreesClassifier):

There, and nowhere else, the attribute is an absent class, of which nothing is an instance.
`hasattr` does not lie: it is no attribute access of the program's source, and finds nothing.
"""

from __future__ import annotations

import ast
import functools
import linecache
import sys
from typing import Any, NoReturn

from estimator_heads.compat.install.callers import ATTRIBUTE, running_operation
from estimator_heads.compat.names.errors import LegacyNameError
from estimator_heads.compat.names.mentions import mentions


def is_mention(name: str) -> bool:
    """Whether the caller of the function that calls this one only mentions an attribute.

    Args:
        name: That of the attribute.

    Returns:
        True if its source says so: the running operation is an attribute access, and all those of
        this name in this line are in an annotation, or in the classes of an `isinstance` or
        `issubclass`. False where there is no source.
    """
    frame = sys._getframe(2)
    if running_operation(frame) not in ATTRIBUTE:
        return False
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    attributes = _attributes("".join(lines)).get(name, ())
    here = [mentioned for first, last, mentioned in attributes if first <= frame.f_lineno <= last]
    return bool(here) and all(here)


def absent(error: LegacyNameError) -> type:
    """A class that is not there.

    Args:
        error: The error that says why; calling the class, or deriving from it, raises it.

    Returns:
        A class without instances and subclasses; its attributes are such classes too.
    """
    return type.__new__(_Absent, error.legacy_name, (), {"_error": error})


class _Absent(type):
    def __new__(
        cls, name: str, bases: tuple[Any, ...], namespace: dict[str, Any], **kwargs: Any
    ) -> _Absent:
        raise bases[0]._error

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(f"{cls.__name__} has no attribute {name!r}")
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise cls._error

    def __instancecheck__(cls, instance):
        return False

    def __subclasscheck__(cls, subclass):
        return False

    def __repr__(cls):
        return f"<absent class {cls.__name__}>"


@functools.lru_cache(maxsize=8)
def _attributes(source):
    """From each name of an attribute to [first line, last line, whether it is only mentioned]."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    mentioned = {id(node) for part in mentions(tree) for node in ast.walk(part)}
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            entry = node.lineno, node.end_lineno or node.lineno, id(node) in mentioned
            found.setdefault(node.attr, []).append(entry)
    return found
