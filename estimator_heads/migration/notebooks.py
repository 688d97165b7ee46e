"""The code in a notebook, without what only IPython understands."""

from __future__ import annotations

import json
import re
from typing import Any

# Magics of a whole cell that leave it Python; others are for another language, or write a file.
_PYTHON_CELLS = re.compile(r"%%(?:time|timeit|capture|prun|python3?)\b")
_COMMAND = re.compile(r"(\s*)(?:[%!]|\?+\s*[\w.]|[\w.]+\?+\s*$)")
_TIMED = re.compile(r"(\s*)%(?:time|timeit|prun)\s+(?!-)(.+)")
_ASSIGNED = re.compile(r"(\s*[\w.,\s]+=\s*)[%!]")


class NotANotebook(ValueError):
    """A file is not what Jupyter writes."""


def code_cells(data: bytes) -> list[tuple[int, str]]:
    """The code of each cell.

    Args:
        data: The bytes of a `.ipynb` file.

    Returns:
        A list of (number of the cell from 1, source). Lines of magics and shell commands are
        `pass`; what is not Python is empty.

    Raises:
        NotANotebook: It cannot be read as a notebook.
    """
    cells = cells_with_code(content_of(data))
    return [(number, python_of(source_of(cell))) for number, cell in cells]


def content_of(data: bytes) -> dict[str, Any]:
    """What is in the JSON of a notebook. Raises NotANotebook if there is none."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotANotebook(f"it is not JSON ({error})") from None
    return content if isinstance(content, dict) else {}


def cells_with_code(content: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The cells of code, each with its number. Raises NotANotebook if there are no cells at all."""
    cells = content.get("cells")
    if cells is None and isinstance(content.get("worksheets"), list):  # before format 4
        sheets = [sheet for sheet in content["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        raise NotANotebook("it has no cells")
    return [
        (number, cell)
        for number, cell in enumerate(cells, 1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def source_of(cell: dict[str, Any]) -> str:
    """The text of a cell."""
    source = cell.get("source", cell.get("input", ""))
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str))


def set_source(cell: dict[str, Any], text: str) -> None:
    """Gives a cell another text, in the form that it has: a string, or a list of lines."""
    key = "source" if "source" in cell else "input"
    cell[key] = text.splitlines(keepends=True) if isinstance(cell[key], list) else text


def python_of(text: str) -> str:
    """The Python in the text of a cell, each line where it was."""
    first = text.lstrip().partition("\n")[0]
    if first.startswith("%%") and not _PYTHON_CELLS.match(first):
        return ""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        is_command = _COMMAND.match(line) and not _is_operator(line, lines)
        if goes_on:  # a command, by a backslash at the end of the line before
            goes_on, line = line.endswith("\\"), ""
        elif timed := _TIMED.match(line):
            line = timed[1] + timed[2]
        elif is_command:
            goes_on, line = line.endswith("\\"), line[: len(line) - len(line.lstrip())] + "pass"
        elif assigned := _ASSIGNED.match(line):
            goes_on, line = line.endswith("\\"), f"{assigned[1]}None"
        lines.append(line)
    return "\n".join(lines)


def _is_operator(line: str, before: list[str]) -> bool:
    """Whether a `%` at the start of a line is the operator, of an expression of several lines."""
    if not line.lstrip().startswith("%") or not before:
        return False
    text = "\n".join(before)
    return before[-1].endswith("\\") or any(
        text.count(left) > text.count(right) for left, right in ("()", "[]", "{}")
    )
