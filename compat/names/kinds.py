"""The three answers to "what becomes of this legacy name?": `Served`, `Later`, `Outside`.

The tables of names map legacy names to these. They hold text only, so that reading them imports
nothing.
"""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Served:
    """The name is there; it is what stands at `target`.

    >>> Served("estimator_heads.heads:*").named("MultiHead")
    Served(target='estimator_heads.heads:MultiHead')
    >>> Served("math:pi").load()
    3.141592653589793

    Args:
        target: "module:object", where object may be dotted. A `*` stands for the legacy name, so
            that one entry serves many names. "module" alone is the module itself.
    """

    target: str

    def named(self, name: str) -> Served:
        """This entry for the legacy name `name`."""
        return Served(self.target.replace("*", name))

    def load(self) -> Any:
        """Imports the module of `target` and returns the object."""
        module, _, path = self.target.partition(":")
        parts = path.split(".") if path else []
        return functools.reduce(getattr, parts, importlib.import_module(module))


@dataclass(frozen=True)
class Later:
    """The name is to be served, but is not yet.

    Args:
        reason: What is missing, to follow "... is not served yet: ".
        instead: What serves meanwhile, to follow "Use "; empty if nothing does.
    """

    reason: str
    instead: str = ""

    def named(self, name: str) -> Later:
        """This entry for the legacy name `name`."""
        return Later(self.reason, self.instead.replace("*", name))


@dataclass(frozen=True)
class Outside:
    """The project will not serve the name.

    Args:
        reason: Why, to follow "... is not served: ".
        instead: What to use, to follow "Use ". A `*` stands for the legacy name.
    """

    reason: str
    instead: str

    def named(self, name: str) -> Outside:
        """This entry for the legacy name `name`."""
        return Outside(self.reason, self.instead.replace("*", name))


Entry = Served | Later | Outside
