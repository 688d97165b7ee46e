"""Recurrent cells of tf_keras inside a while loop."""

from __future__ import annotations

from typing import Any


def cache_variables(cell: Any) -> None:
    """Makes a cell read its variables once a run, rather than at each step of the sequence.

    The argument `enable_caching_device` of tf_keras's cells is undocumented, and classes of users'
    own, derived from them, need not take it. Other cells are left as they are.

    Args:
        cell: A recurrent cell that has not been built.
    """
    if hasattr(cell, "_enable_caching_device"):
        cell._enable_caching_device = True
