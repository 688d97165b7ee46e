"""The setting that turns off what makes steps faster than `MonitoredSession.run`."""

import os

_VARIABLE = "ESTIMATOR_HEADS_PLAIN_LOOP"


def is_plain():
    """Whether each step is to go through `MonitoredSession.run`, as in the originals."""
    return os.environ.get(_VARIABLE, "") not in ("", "0")
