"""Paths in which no character has a meaning of its own.

TensorFlow looks for the files of a checkpoint by patterns, also within its operations. In a folder
of the name `run[1]` it finds none of them, and in `run*` those of `run2` as well. Here such a
folder gets a link with a plain name, and TensorFlow the path through that link.
"""

import atexit
import functools
import os
import shutil
import tempfile

# On Windows a backslash separates folders.
_PATTERN_CHARACTERS = frozenset("*?[" if os.sep == "\\" else "*?[\\")


def is_plain(path):
    """Whether a path, taken for a pattern, matches itself and nothing else."""
    return not _PATTERN_CHARACTERS.intersection(path)


def pattern_of(path):
    """A pattern that matches a path and nothing else, to be continued."""
    return "".join(f"\\{c}" if c in _PATTERN_CHARACTERS else c for c in path)


def plain(path):
    """The path of the same file or files in a plain folder.

    Args:
        path: Path of a file, or of files that begin alike, such as those of a checkpoint; of a
            folder, with a slash in the end. None is fine.

    Returns:
        `path` itself if its folder is plain, or on no disk of this machine.
    """
    if not path:
        return path
    folder, name = os.path.split(path)
    if is_plain(folder) or not os.path.isdir(folder):
        return path
    return os.path.join(_link_to(os.path.abspath(folder), os.getpid()), name)


@functools.cache
def _link_to(folder, process):
    """A link that is removed when the process ends, and not when one that it forked does."""
    parent = next(filter(is_plain, (tempfile.gettempdir(), "/tmp")))
    folder_of_link = tempfile.mkdtemp(dir=parent)
    link = os.path.join(folder_of_link, "linked")
    os.symlink(folder, link, target_is_directory=True)

    def remove():
        if os.getpid() == process:
            shutil.rmtree(folder_of_link, ignore_errors=True)

    atexit.register(remove)
    return link
