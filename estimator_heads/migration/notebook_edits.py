"""A notebook as one source that can be rewritten, and the notebook again with what came of it."""

from __future__ import annotations

import ast
import itertools
import json
import re
from typing import Any

from estimator_heads.migration import notebooks
from estimator_heads.migration.sources import Problem, parse

# Comments: where a cell begins; and that a line is one of the notebook which is no Python.
_CELL = re.compile(r"# notebook cell (\d+)$")
_WRITTEN = re.compile(r"(.*?) *# notebook line (\d+)$")
_MARK = re.compile(r"# notebook (?:cell|line) \d+$", re.MULTILINE)


class NotEditable(ValueError):
    """A notebook cannot be written again with nothing else changed."""


class NotebookSource:
    """The Python of a notebook, in one text with comments by which it can be put back.

    Args:
        data: The bytes of the `.ipynb` file.

    Attributes:
        text: The source.

    Raises:
        NotEditable: The JSON has a layout of its own, magics stand in the middle of other code, or
            the code has such comments already.
    """

    def __init__(self, data: bytes) -> None:
        self._content = notebooks.content_of(data)
        self._layout = _layout(data.decode(errors="replace"), self._content)
        self._cells: dict[int, dict[str, Any]] = {}  # Those in which there is Python.
        self._written: list[tuple[str, str]] = []  # Lines in the notebook, and what they are in it.
        lines, plain = [], []
        for number, cell in notebooks.cells_with_code(self._content):
            code = notebooks.source_of(cell)
            python = notebooks.python_of(code)
            if python.strip() and not isinstance(parse(python), Problem):
                if found := _MARK.search(code):
                    raise NotEditable(f"it has the comment `{found[0]}`")
                self._cells[number] = cell
                plain.append(python)
                lines.append(f"# notebook cell {number}")
                rows = zip(code.split("\n"), python.split("\n"), strict=True)
                lines += [self._marked(*row) for row in rows]
        self.text = "\n".join(lines)
        marked, expected = parse(self.text), parse("\n".join(plain))
        if isinstance(marked, Problem) or isinstance(expected, Problem):
            raise NotEditable("its cells together are no Python")
        if ast.dump(marked) != ast.dump(expected):
            raise NotEditable("its magics stand in the middle of other code")

    def place(self, line: int, text: str) -> str:
        """Where a line of `text` stands in the notebook: the cell, and the line in it."""
        before = text.split("\n")[:line]
        begins = max((i for i, each in enumerate(before) if _CELL.match(each)), default=0)
        return f"cell {before[begins].rpartition(' ')[2]}:{line - begins - 1}"

    def with_text(self, text: str) -> bytes:
        """The notebook with another source, in which the comments are still those of `text`."""
        lines: dict[int, list[str]] = {}
        number = next(iter(self._cells))  # Imports may come before the comment of the first cell.
        for line in text.split("\n"):
            if found := _CELL.match(line):
                number = int(found[1])
            else:
                lines.setdefault(number, []).append(self._restored(line))
        for number, cell in self._cells.items():
            code = "\n".join(lines.get(number, []))
            if code != notebooks.source_of(cell):
                notebooks.set_source(cell, code)
        return self._layout.text_of(self._content).encode()

    def _marked(self, line: str, python: str) -> str:
        if line == python:
            return line
        self._written.append((line, python))
        mark = f"# notebook line {len(self._written) - 1}"
        return f"{python}  {mark}" if python.strip() else mark

    def _restored(self, line: str) -> str:
        found = _WRITTEN.match(line)
        if not found:
            return line
        written, python = self._written[int(found[2])]
        if found[1] == python or not written.endswith(python.lstrip()):
            return written
        return written.removesuffix(python.lstrip()) + found[1].lstrip()  # What %time times.


class _Layout:
    """How a JSON text is written."""

    def __init__(self, end: str, **options: Any) -> None:
        self._end = end
        self._options = options

    def text_of(self, content: Any) -> str:
        return json.dumps(content, **self._options) + self._end


def _layout(text: str, content: Any) -> _Layout:
    indents = [None, *{found[1] for found in [re.match(r"\{\n([ \t]+)", text)] if found}]
    end = text[len(text.rstrip()) :]
    for indent, is_ascii in itertools.product(indents, (False, True)):
        for separators in ((",", ": "), (", ", ": "), (",", ":")):
            layout = _Layout(end, indent=indent, ensure_ascii=is_ascii, separators=separators)
            if layout.text_of(content) == text:
                return layout
    raise NotEditable("its JSON is not laid out as Jupyter writes it")
