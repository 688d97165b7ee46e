"""The setting that turns off what makes steps faster than `MonitoredSession.run`."""

from __future__ import annotations

import os

_VARIABLE = "ESTIMATOR_HEADS_PLAIN_LOOP"


def is_plain() -> bool:
    """Whether each step is to go through `MonitoredSession.run`, as in the originals."""
    return os.environ.get(_VARIABLE, "") not in ("", "0")
