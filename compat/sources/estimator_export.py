"""`tensorflow_estimator.python.estimator.estimator_export`: marks what belongs to an API."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

_NAMES = "_estimator_api_names"
_NAMES_V1 = "_estimator_api_names_v1"
_CONSTANTS = "_estimator_api_constants"
_CONSTANTS_V1 = "_estimator_api_constants_v1"

_Exported = TypeVar("_Exported")


class estimator_export:
    """A decorator that notes under which names a class or a function is public.

    Args:
        *args: The names, such as "estimator.Estimator", in TF2.
        v1: List of the names in TF1; None: the same.
    """

    def __init__(self, *args: str, v1: Sequence[str] | None = None) -> None:
        self._names = args
        self._names_v1 = args if v1 is None else v1

    def __call__(self, func: _Exported) -> _Exported:
        """Notes the names on a class or a function, which it returns."""
        setattr(func, _NAMES, self._names)
        setattr(func, _NAMES_V1, self._names_v1)
        return func

    def export_constant(self, module_name: str, name: str) -> None:
        """Notes the names of a constant on its module.

        Args:
            module_name: Name of the module.
            name: Name of the constant.
        """
        module = vars(sys.modules[module_name])
        module.setdefault(_CONSTANTS, []).append((self._names, name))
        module.setdefault(_CONSTANTS_V1, []).append((self._names_v1, name))
