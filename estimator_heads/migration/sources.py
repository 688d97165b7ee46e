"""The source in a file, as a tree, or the reason why there is none."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import stat
import tokenize
import warnings
from dataclasses import dataclass, field

from estimator_heads.migration import notebooks

# No program is as large; Python would need minutes, and gigabytes, to parse more.
MOST_BYTES = 5_000_000

_PYTHON_2_ERRORS = (
    "Missing parentheses in call to",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer literals",
    "inconsistent use of tabs",
    "invalid decimal literal",  # 10L
    "invalid hexadecimal literal",
)
_PYTHON_2_LINES = re.compile(
    r"\s*print\s+[^\s=(.,\[]|\s*print\s*>>|\s*exec\s+[\"'\w]|\s*raise\s+[\w.]+\s*,"
    r"|\s*except\s+[\w.()\s,]+,\s*\w+\s*:|.*`[^`]+`|[^\"']*<>|.*\b[uU][rR][\"']"
    r"|.*\b0[0-7]+\b|.*\b(?:0[xX][\da-fA-F]+|\d+)[lL]\b|\s*def\s+\w+\(.*\(\w+\s*,"
)


@dataclass(frozen=True)
class Problem:
    """Why a file, or a cell of a notebook, cannot be checked.

    Attributes:
        rule: One of the rules of `rules.py`.
        message: What is wrong.
        line: Where, as in `Source.tree`; 0 for the whole file.
    """

    rule: str
    message: str
    line: int = 0


@dataclass
class Source:
    """What was read from a file.

    Attributes:
        text: Its source, or that of all cells; empty if there is none.
        tree: The `ast.Module`, or None.
        problems: A list of `Problem`.
        cells: Of a notebook, from each line of `text` to (cell, line in it), both counted from 1;
            otherwise None.
    """

    text: str = ""
    tree: ast.Module | None = None
    problems: list[Problem] = field(default_factory=list)
    cells: list[tuple[int, int]] | None = None


def read_source(path: str) -> Source:
    """Reads a file. Whatever is in it, nothing is raised.

    Args:
        path: That of a Python file or a notebook.

    Returns:
        A `Source`.
    """
    try:
        data = _read(path)
    except OSError as error:
        return Source(problems=[Problem("unreadable", f"cannot be read: {_reason(error)}")])
    if isinstance(data, Problem):
        return Source(problems=[data])
    if path.endswith(".ipynb"):
        return _notebook(data)
    text = _decode(data)
    if isinstance(text, Problem):
        return Source(problems=[text])
    tree = parse(text)
    return Source(text, problems=[tree]) if isinstance(tree, Problem) else Source(text, tree)


def parse(text: str) -> ast.Module | Problem:
    """The `ast.Module` of a source, or the `Problem` that there is none."""
    try:
        tree = tree_of(text)
        return _print_problem(tree, text) or tree
    except SyntaxError as error:
        return _syntax_problem(error, text.splitlines())
    except (RecursionError, MemoryError):
        return Problem("syntax-error", "is nested too deeply for Python to parse")
    except ValueError as error:
        return Problem("not-text", f"is no Python source: {error}")


def tree_of(text: str) -> ast.Module:
    """The `ast.Module` of a source that is right, without Python's warnings of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _print_problem(tree: ast.Module, text: str) -> Problem | None:
    """The `Problem` of `print >>file, x`, which Python 3 can parse but not run; or None."""
    for match in re.finditer(r"^[ \t]*print[ \t]*>>", text, re.MULTILINE):
        line = text.count("\n", 0, match.end()) + 1
        for node in ast.walk(tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift):
                if getattr(node.left, "id", "") == "print" and node.lineno == line:
                    return Problem("python2", f"is Python 2 source: `{match[0].strip()}`", line)
    return None


def _read(path: str) -> bytes | Problem:
    status = os.stat(path)
    if stat.S_ISDIR(status.st_mode):
        os.listdir(path)  # Only one that cannot be read is asked for: this raises the reason.
    if not stat.S_ISREG(status.st_mode):
        return Problem("unreadable", "cannot be read: it is not a regular file")
    if status.st_size > MOST_BYTES:
        size = f"{status.st_size / 1e6:.0f} MB"
        return Problem(
            "too-large", f"has {size}; files above {MOST_BYTES / 1e6:.0f} MB are not read"
        )
    with open(path, "rb") as file:
        return file.read()


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _decode(data: bytes) -> str | Problem:
    if b"\0" in data:
        return Problem("not-text", "is no Python source: it contains null bytes")
    encoding = "utf-8"
    try:
        with contextlib.suppress(SyntaxError):  # without a cookie, decoding says which line it is
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
        tokenize.detect_encoding(io.BytesIO(data).readline)
        return text
    except SyntaxError as error:
        return Problem("not-text", f"is no Python source: {error}")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem("not-text", f"is not encoded as {encoding}, which Python expects", line)


def _syntax_problem(error: SyntaxError, lines: list[str]) -> Problem:
    number = error.lineno or 0
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    message = error.msg or "invalid syntax"
    # Python 3.13 underlines another line of some of these; the line itself is asked as well.
    if message.startswith(_PYTHON_2_ERRORS) or _PYTHON_2_LINES.match(line):
        return Problem("python2", f"is Python 2 source: `{line.strip()[:60]}`", number)
    return Problem("syntax-error", f"is not valid Python: {message}", number)


def _notebook(data: bytes) -> Source:
    try:
        cells = notebooks.code_cells(data)
    except notebooks.NotANotebook as error:
        return Source(problems=[Problem("not-text", f"is no notebook: {error}")])
    source = Source()
    lines: list[str] = []
    places = source.cells = []
    for number, cell in cells:
        start, tree = len(lines), parse(cell)
        rows = cell.split("\n")
        if isinstance(tree, Problem):
            line = start + max(tree.line, 1)
            source.problems.append(Problem(tree.rule, tree.message, line))
            rows = [""] * len(rows)
        lines += rows
        places += [(number, line) for line in range(1, len(rows) + 1)]
    source.text = "\n".join(lines)
    tree = parse(source.text)
    if isinstance(tree, Problem):  # Each cell is right, but not all of them together.
        source.problems.append(tree)
    else:
        source.tree = tree
    return source
