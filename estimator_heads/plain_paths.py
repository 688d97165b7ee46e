"""Paths in which no character has a meaning of its own.

TensorFlow looks for the files of a checkpoint by patterns, also within its operations. In a folder
of the name `run[1]` it finds none of them, and in `run*` those of `run2` as well. Here such a
folder gets a link with a plain name, and TensorFlow the path through that link.
"""

from __future__ import annotations

import functools
import multiprocessing.util
import os
import shutil
import tempfile
from typing import overload

import tensorflow as tf

# On Windows a backslash separates folders.
_PATTERN_CHARACTERS = frozenset("*?[" if os.sep == "\\" else "*?[\\")


def is_plain(path: str) -> bool:
    """Whether a path, taken for a pattern, matches itself and nothing else."""
    return not _PATTERN_CHARACTERS.intersection(path)


@overload
def plain(path: str) -> str: ...


@overload
def plain(path: None) -> None: ...


def plain(path: str | None) -> str | None:
    """The path of the same file or files in a plain folder.

    Args:
        path: Path of a file, or of files that begin alike, such as those of a checkpoint; of a
            folder, with a slash in the end. None is fine.

    Returns:
        `path` itself if its folder is plain, or on no disk of this machine.
    """
    if not path:
        return path
    folder, name = os.path.split(path.removeprefix("file://"))
    if is_plain(folder) or not os.path.isdir(folder):
        return path
    folder = os.path.realpath(folder)
    link = _link_to(folder, os.getpid())
    if not os.path.isdir(link):  # Somebody has cleaned up the folder of temporary files.
        _link_to.cache_clear()
        link = _link_to(folder, os.getpid())
    return os.path.join(link, name)


def files_like(path: str, pattern: str) -> list[str]:
    """The files whose paths are `path` with something behind it that matches a pattern.

    Args:
        path: What the paths begin with; of a folder, with a slash in the end.
        pattern: Glob pattern of the rest.

    Returns:
        A list of paths, in a plain folder.
    """
    return tf.io.gfile.glob(_pattern_of(plain(path)) + pattern)


def _pattern_of(path):
    return "".join(f"\\{c}" if c in _PATTERN_CHARACTERS else c for c in path)


@functools.cache
def _link_to(folder, process):
    parent = next(filter(is_plain, (tempfile.gettempdir(), "/tmp")))
    folder_of_link = tempfile.mkdtemp(dir=parent)
    link = os.path.join(folder_of_link, "linked")
    os.symlink(folder, link, target_is_directory=True)
    # Unlike atexit, it is run by processes of multiprocessing too, and never by a fork.
    remove = functools.partial(shutil.rmtree, ignore_errors=True)
    multiprocessing.util.Finalize(None, remove, (folder_of_link,), exitpriority=0)
    return link
