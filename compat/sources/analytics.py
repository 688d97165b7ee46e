"""`tensorflow_estimator.python.estimator.tools.analytics`: outside Google it did nothing."""


def track_usage(tool_id, tags):
    """Does nothing.

    Args:
        tool_id: Any value.
        tags: Any value.
    """


def track_numerical_issues(exc_info):
    """Does nothing.

    Args:
        exc_info: Any value.
    """
