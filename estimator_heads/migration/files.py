"""The Python files and notebooks of a code base."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

SUFFIXES = (".py", ".ipynb")
# Folders of other people's code, and of copies. An environment is known by its pyvenv.cfg.
_LEFT_OUT = {"__pycache__", "node_modules", "site-packages", "dist-packages"}


def find_files(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """The files to check, each once.

    Args:
        paths: Files, which are taken whatever they are called, and folders. Below folders, hidden
            ones, environments and `_LEFT_OUT` are left out; links to folders are not followed.

    Returns:
        A list of str, sorted. Folders that cannot be read are among them.

    Raises:
        FileNotFoundError: A path does not exist.
    """
    found: dict[str, str] = {}  # From what a file is, through all links, to what it is called.
    for path in paths:
        path = os.fspath(path)
        if not os.path.lexists(path):
            raise FileNotFoundError(f"{path} does not exist")
        for file in _below(path) if os.path.isdir(path) else [path]:
            known = found.get(os.path.realpath(file), file)
            found[os.path.realpath(file)] = min(known, file, key=lambda name: (len(name), name))
    return sorted(found.values())


def relative(path: str) -> str:
    """A path as it is shown: below the working folder without it."""
    try:
        below = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if below.startswith(os.pardir) else below


def _below(folder: str) -> Iterator[str]:
    unreadable: list[str] = []

    def on_error(error: OSError) -> None:
        unreadable.append(os.path.normpath(error.filename))

    for above, folders, files in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if _is_taken(above, name)]
        for name in files:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield os.path.normpath(os.path.join(above, name))
    yield from unreadable


def _is_taken(above: str, name: str) -> bool:
    if name.startswith(".") or name in _LEFT_OUT:
        return False
    return not os.path.exists(os.path.join(above, name, "pyvenv.cfg"))
