"""`tf.contrib.training.parse_values`: hyperparameters from text such as "rate=0.1,units=[64]"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NAME = r"(?P<name>[a-zA-Z][\w\.]*)"
_INDEX = r"(?:\[\s*(?P<index>\d+)\s*\])?"
# A value begins with no space: spaces that two parts of the expression may match in turn take
# quadratic time when what follows does not fit.
_VALUE = r"(?:\[(?P<elements>[^\]]*)\]|(?P<value>(?:[^,\[\s][^,\[]*)?))"
_ASSIGNMENT = re.compile(rf"{_NAME}{_INDEX}\s*=\s*{_VALUE}(?:$|,\s*)")


def parse_values(
    values: str, type_map: Mapping[str, type], ignore_unknown: bool = False
) -> dict[str, Any]:
    """Reads hyperparameters from text, as `tf.contrib.training.parse_values` does.

    >>> parse_values("rate=0.5,units=[64,32]", {"rate": float, "units": int})
    {'rate': 0.5, 'units': [64, 32]}
    >>> parse_values("units[1]=16", {"units": int})
    {'units': {1: 16}}

    Args:
        values: Assignments with commas between them: `name=value`, `name=[value,value]` or
            `name[index]=value`. Names begin with a letter and may have dots in them. A bool is
            true, True, false, False or an integer. Strings have no commas and brackets in them.
        type_map: Dict from the names to the types of their values, or of the elements of lists.
        ignore_unknown: Whether names that are not in `type_map` are left out of the result.

    Returns:
        A dict from each name to its value, to the list of its values, or for `name[index]=value` to
        a dict from indices to values.

    Raises:
        ValueError: The text has another form, a name is unknown or assigned twice, a value is not
            of its type, or a list is assigned to an index.
    """
    results: dict[str, Any] = {}
    position = 0
    while position < len(values):
        match = _ASSIGNMENT.match(values, position)
        if not match:
            raise ValueError(
                "Invalid value for argument `values`. Expected assignments such as name=1, "
                f"name=[1,2] or name[0]=1, separated by commas. Received: {values[position:]!r} in "
                f"{values!r}."
            )
        position = match.end()
        name = match["name"]
        if name in type_map:
            _add(results, match, type_map[name])
        elif not ignore_unknown:
            raise ValueError(
                f"Unknown hyperparameter `{name}` in {values!r}. "
                f"Expected one of {sorted(type_map)}."
            )
    return results


def _add(results, match, kind):
    """Puts what one assignment assigns into `results`."""
    name, index, elements = match["name"], match["index"], match["elements"]
    if elements is not None:
        if index is not None:
            raise ValueError(
                f"A list cannot be assigned to `{name}[{index}]`, which is one element. "
                f"Received: {match.string!r}."
            )
        value = [_parse(match, kind, text) for text in re.split("[ ,]", elements) if text]
    else:
        value = _parse(match, kind, match["value"])
    target, key = results, name
    if index is not None:
        target, key = results.setdefault(name, {}), int(index)
    if not isinstance(target, dict) or key in target:
        raise ValueError(f"`{name}` is assigned more than once in {match.string!r}.")
    target[key] = value


def _parse(match, kind, text):
    try:
        return _parse_bool(text) if kind is bool else kind(text)
    except ValueError as error:
        raise ValueError(
            f"Invalid value for hyperparameter `{match['name']}`. Expected a value of type "
            f"{kind.__name__}. Received: {text!r} in {match.string!r}."
        ) from error


def _parse_bool(text):
    return text in ("true", "True") or text not in ("false", "False") and bool(int(text))
