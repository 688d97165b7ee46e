"""Compares two answers: numbers within a tolerance, everything else exactly."""


def is_error(answer):
    """Whether an answer is the type of the error that was raised."""
    return isinstance(answer, dict) and set(answer) == {"error"}


def difference(expected, actual, tolerance=1e-5, path=""):
    """None if the answers agree, else where and how they differ, in one line.

    Errors agree if ours is of the expected type, whatever other types it is of.
    """
    if _is_number(expected) and _is_number(actual):
        if abs(expected - actual) <= tolerance * (1 + abs(expected)):
            return None
    elif is_error(expected) and is_error(actual):
        if expected["error"] in actual["error"].split():
            return None
    elif isinstance(expected, dict) and isinstance(actual, dict):
        if set(expected) != set(actual):
            return "{}: missing {}, unexpected {}".format(
                path or "keys",
                sorted(set(expected) - set(actual)),
                sorted(set(actual) - set(expected)),
            )
        pairs = [(expected[key], actual[key], path + "/" + key) for key in sorted(expected)]
        return _first_difference(pairs, tolerance)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        pairs = [
            (one, other, f"{path}[{index}]")
            for index, (one, other) in enumerate(zip(expected, actual))
        ]
        return _first_difference(pairs, tolerance)
    elif type(expected) is type(actual) and expected == actual:
        return None
    return "{}: expected {!r}, got {!r}".format(path or "value", expected, actual)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _first_difference(pairs, tolerance):
    found = (difference(one, other, tolerance, path) for one, other, path in pairs)
    return next((entry for entry in found if entry is not None), None)
