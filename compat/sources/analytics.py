"""`tensorflow_estimator.python.estimator.tools.analytics`: outside Google it did nothing."""

from __future__ import annotations


def track_usage(tool_id: object, tags: object) -> None:
    """Does nothing.

    Args:
        tool_id: Any value.
        tags: Any value.
    """


def track_numerical_issues(exc_info: object) -> None:
    """Does nothing.

    Args:
        exc_info: Any value.
    """
