"""Errors as answers: the name of the type of what was raised."""

import tensorflow as tf

# Those that callers of the originals catch; an error of ours may be several of them at once.
CAUGHT = (tf.errors.InvalidArgumentError, KeyError, ValueError)


def attempt(function, *arguments):
    """The function's answer, or {"error": the name of the error's type}."""
    try:
        return function(*arguments)
    except Exception as error:  # Whatever the implementation raises is its answer.
        return failure(error)


def failure(error):
    """{"error": the name of the type}; with several names if it is an error of several types."""
    names = [kind.__name__ for kind in CAUGHT if isinstance(error, kind)]
    return {"error": " ".join(names) if len(names) > 1 else type(error).__name__}


def outcome(function, *arguments):
    """Of a mistake: the name of the error's type, or "none"."""
    try:
        function(*arguments)
    except Exception as error:
        return type(error).__name__
    return "none"
