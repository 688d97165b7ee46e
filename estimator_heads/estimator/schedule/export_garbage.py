"""Which of many exports to keep: filters over timestamped folders, and the deletion of the others.

Reproduces the module `gc` of the original. A filter is a function from a list of `Path`s to the
list of those to keep, sorted; the functions below make such filters.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import tensorflow as tf

from estimator_heads import types


class Path(NamedTuple):
    """One export.

    Args:
        path: Path of the folder or file.
        export_version: An integer, greater for newer exports, or None if it has none.
    """

    path: str
    export_version: int | None


Filter: TypeAlias = Callable[[Iterable[Path]], list[Path]]


def largest_export_versions(n: int) -> Filter:
    """A filter that keeps the `n` exports with the largest versions.

    >>> exports = [Path(f"/exports/{version}", version) for version in (9, 10, 11)]
    >>> [path.export_version for path in largest_export_versions(2)(exports)]
    [10, 11]
    """

    def keep(paths):
        numbered = sorted(_versioned(paths), key=_version)
        return sorted(numbered[-n:] if n > 0 else [])

    return keep


def one_of_every_n_export_versions(n: int) -> Filter:
    """A filter that keeps the largest version of each interval [0, n], (n, 2n], (2n, 3n], ...

    >>> exports = [Path(f"/exports/{version}", version) for version in range(1, 8)]
    >>> [path.export_version for path in one_of_every_n_export_versions(3)(exports)]
    [3, 6, 7]
    """

    def keep(paths):
        largest = {}
        for path in sorted(_versioned(paths), key=_version):
            largest[max(0, math.floor((path.export_version - 1) / n))] = path
        return sorted(largest.values())

    return keep


def mod_export_version(n: int) -> Filter:
    """A filter that keeps the exports whose version is a multiple of `n`."""

    def keep(paths):
        return sorted(path for path in _versioned(paths) if path.export_version % n == 0)

    return keep


def union(first: Filter, second: Filter) -> Filter:
    """A filter that keeps what one of two filters keeps."""

    def keep(paths):
        return sorted({*first(paths), *second(paths)})

    return keep


def negation(keep: Filter) -> Filter:
    """A filter that keeps what another one does not, e.g. to list what to delete."""

    def keep_others(paths):
        return sorted(set(paths) - set(keep(paths)))

    return keep_others


def get_paths(base_dir: types.Path, parser: Callable[[Path], Path | None]) -> list[Path]:
    """Lists the exports in a folder.

    Args:
        base_dir: The folder.
        parser: Function of a `Path` without version that returns the `Path` with its version, or
            None for what is no export.

    Returns:
        A sorted list of `Path`s.

    Raises:
        tf.errors.NotFoundError: If there is no such folder.
    """
    folder = tf.compat.as_str_any(tf.compat.path_to_str(base_dir))
    # In object stores the names of folders end with a slash.
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(folder)]
    parsed = (parser(Path(os.path.join(folder, name), None)) for name in names)
    return sorted(path for path in parsed if path)


def timestamped_exports(base_dir: str) -> list[Path]:
    """The exports that `export_saved_model` wrote to a folder.

    Args:
        base_dir: The folder; it need not exist.

    Returns:
        A list of `Path`s, oldest first. Everything else in the folder is left out: a file, an
        unfinished export, a link to one, a name that is no time in seconds.
    """
    if not tf.io.gfile.isdir(base_dir):
        return []
    return sorted(get_paths(base_dir, _timestamped), key=_version)


def delete_old_exports(base_dir: str, exports_to_keep: int | None) -> None:
    """Deletes all but the newest timestamped exports in a folder, and nothing else.

    Args:
        base_dir: The folder.
        exports_to_keep: How many to keep; None keeps all.
    """
    if exports_to_keep is None:
        return
    for export in timestamped_exports(base_dir)[:-exports_to_keep]:
        try:
            tf.io.gfile.rmtree(export.path)
        except tf.errors.OpError as error:  # E.g. another process was faster, or may not.
            tf.compat.v1.logging.warning("Cannot delete %s: %s", export.path, error)


def _timestamped(path):
    name = os.path.basename(path.path)
    if not (len(name) == 10 and name.isdecimal() and tf.io.gfile.isdir(path.path)):
        return None
    if os.path.islink(path.path):  # What it leads to may be kept for a reason.
        return None
    return path._replace(export_version=int(name))


def _versioned(paths):
    return [path for path in paths if path.export_version is not None]


def _version(path):
    return path.export_version
