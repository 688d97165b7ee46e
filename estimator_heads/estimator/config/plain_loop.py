"""The setting that turns off what makes sessions and steps faster than the originals'."""

from __future__ import annotations

import os

_VARIABLE = "ESTIMATOR_HEADS_PLAIN_LOOP"


def is_on() -> bool:
    """Whether sessions are to be as in the originals, and each step a `MonitoredSession.run`."""
    return os.environ.get(_VARIABLE, "") not in ("", "0")
