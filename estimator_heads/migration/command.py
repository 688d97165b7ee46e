"""`estimator-heads check`: its arguments, and its exit status."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import sys
from collections.abc import Iterable
from typing import Any

HELP = """\
Reads Python files and notebooks, without importing them, and says of each legacy name what becomes
of it, and of each program, notebook, test suite and package how it runs unedited, or what stops it.
"""
EPILOG = """\
Exit status: 0 if nothing stops any of it, 1 if something does (or cannot be read), 2 if the command
cannot be carried out. With --diff and --write it is 0 if the edits could be made.
"""
FORMATS = ("text", "json", "sarif", "markdown")

# What each package of the extra `check` is for.
_NEEDED = {"text": ("rich",), "edits": ("libcst",)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the command to an argparse parser."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument("--format", choices=FORMATS, default="text", help="of the report")
    edits = parser.add_mutually_exclusive_group()
    edits.add_argument(
        "--diff",
        action="store_true",
        help="print, as a patch, the edits that replace tf.estimator and tf.contrib by imports of "
        "estimator_heads",
    )
    edits.add_argument(
        "--write", action="store_true", help="make these edits, in files that git has as they are"
    )


def run(options: argparse.Namespace) -> int:
    """Carries out the command.

    Args:
        options: What the parser has made of the arguments.

    Returns:
        The exit status.
    """
    wants_edits = options.diff or options.write
    needed = _NEEDED.get("edits" if wants_edits else options.format, ())
    if missing := [name for name in needed if importlib.util.find_spec(name) is None]:
        return _cannot(f"{', '.join(missing)} is missing; pip install 'estimator-heads[check]'")
    try:
        return _edit(options) if wants_edits else _report(options)
    except FileNotFoundError as error:
        return _cannot(error)
    except BrokenPipeError:  # `| head` has seen enough
        sys.stderr.close()
        return 1


def _report(options: argparse.Namespace) -> int:
    from estimator_heads.migration.checking import check

    report = check(options.paths, _progress)
    writer = importlib.import_module(f"estimator_heads.migration.formats.as_{options.format}")
    writer.write(report, sys.stdout)
    return 0 if report.runs else 1


def _edit(options: argparse.Namespace) -> int:
    from estimator_heads.migration.checking import check
    from estimator_heads.migration.edits import RefusedEdit, edits_of, write_edits

    edits = edits_of(options.paths, check(options.paths, _progress))
    for edit in edits:
        if options.diff:
            # As bytes: a patch has the encodings of the files.
            sys.stdout.buffer.write(edit.diff.encode(errors="surrogateescape"))
            if edit.diff and edit.is_elsewhere:
                where = "is not below the working folder: apply its patch with patch -p1 -d /"
                print(f"{edit.path}: {where}", file=sys.stderr)
        for note in edit.notes:
            print(note, file=sys.stderr)
    if options.write:
        try:
            written = write_edits(edits)
        except (RefusedEdit, OSError) as error:
            return _cannot(error)
        for path in written:
            print(f"{path}: edited", file=sys.stderr)
    return 0


def _cannot(message: object) -> int:
    print(f"estimator-heads check: {message}", file=sys.stderr)
    return 2


def _progress(iterable: Iterable[Any], total: int, desc: str) -> Iterable[Any]:
    """A progress bar on a terminal, where there is tqdm."""
    with contextlib.suppress(ImportError):
        from tqdm import tqdm

        is_seen = total > 50 and sys.stderr.isatty()
        return tqdm(iterable, total=total, desc=desc, leave=False, disable=not is_seen)
    return iterable
