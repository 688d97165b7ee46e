"""What serves a name that a program uses."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Served
from estimator_heads.migration.judgement import judge, meaning
from estimator_heads.migration.public_imports import public_import


@dataclass(frozen=True)
class ServedName:
    """A legacy name that is served.

    Attributes:
        path: Its dotted path, as of `Judgement`.
        name: As programs write it.
        is_module: Whether it is a module of the legacy tree.
        target: The public module and name that serve it, or None.
    """

    path: str
    name: str
    is_module: bool
    target: tuple[str, str] | None


@functools.cache
def served_name(path: str, sees_tf1: bool) -> ServedName | None:
    """The `ServedName` in a dotted path, or None.

    Args:
        path: As of `Use`.
        sees_tf1: Whether `tensorflow` is TF1's API there.
    """
    found = judge(path, sees_tf1)
    if found is None or found.rule != "legacy-served":
        return None
    entry = table.find(meaning(found.path, sees_tf1))
    is_module = isinstance(entry, table.Module)
    target = public_import(entry) if isinstance(entry, Served) else None
    return ServedName(found.path, found.name, is_module, target)
