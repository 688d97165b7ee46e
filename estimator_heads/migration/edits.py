"""Edits that replace legacy names by explicit imports of estimator-heads.

    tf.estimator.RegressionHead()              estimator_heads.RegressionHead()
    from tensorflow.contrib.layers import a    from estimator_heads.compat.contrib.layers import a

Only names with a public counterpart are replaced, so that the program means the same afterwards.
"""

from __future__ import annotations

import ast
import difflib
import io
import os
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import libcst

from estimator_heads.migration import git
from estimator_heads.migration.exports import Exports
from estimator_heads.migration.files import find_files, relative
from estimator_heads.migration.names_used import Use, names_used
from estimator_heads.migration.notebook_edits import NotebookSource, NotEditable
from estimator_heads.migration.report import Report
from estimator_heads.migration.rewriting import bound_names, rewrite
from estimator_heads.migration.serving import ServedName, served_name
from estimator_heads.migration.sources import read_source, tree_of
from estimator_heads.runner.module_parts import Place, parts_of


class RefusedEdit(Exception):
    """Files are not written, as their content could not be brought back."""


@dataclass(frozen=True)
class Edit:
    """What is to be done in a file.

    Attributes:
        path: That of the file.
        before, after: Its bytes.
        notes: A line for each legacy name that stays, and what else is to be known.
    """

    path: str
    before: bytes
    after: bytes
    notes: tuple[str, ...] = ()

    @property
    def is_elsewhere(self) -> bool:
        """Whether the file is not below the working folder, from which no patch reaches it."""
        return os.path.isabs(self._path_in_diff)

    @property
    def _path_in_diff(self) -> str:
        return relative(os.path.abspath(self.path))

    @property
    def diff(self) -> str:
        """A patch for `git apply` or `patch -p1`; empty if nothing changes.

        It is to be applied in the working folder, or in / if the file is not below that.
        Bytes that are not UTF-8 are surrogates in it, see `bytes.decode`.
        """
        before, after = map(_lines, (self.before, self.after))
        path = self._path_in_diff.replace(os.sep, "/").lstrip("/")
        lines = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")
        no_end = "\n\\ No newline at end of file\n"
        return "".join(line if line.endswith("\n") else line + no_end for line in lines)


def edits_of(paths: Iterable[str | os.PathLike[str]], report: Report) -> list[Edit]:
    """The edits of the files in some paths.

    Args:
        paths: As for `check`.
        report: Its `Report`, which tells what `tensorflow` is in each file.

    Returns:
        A list of `Edit`, of the files that have legacy names.
    """
    versions: dict[str, set[bool]] = {}
    for verdict in report.verdicts:
        for file in verdict.reached.files:
            versions.setdefault(file, set()).add(verdict.reached.sees_tf1)
    files = find_files(paths)
    exports = Exports(files)
    legacy = {item.place.path for item in report.findings if item.rule.startswith("legacy-")}
    edits = (
        edit_of(path, versions.get(os.path.realpath(path), {False}), exports)
        for path in files
        if relative(path) in legacy
    )
    return [edit for edit in edits if edit is not None]


def edit_of(path: str, versions: Collection[bool], exports: Exports | None = None) -> Edit | None:
    """The `Edit` of a file, or None if it has no legacy name that is served.

    Args:
        path: That of the file.
        versions: Whether `tensorflow` is TF1's API in it; both where programs differ in that.
        exports: The `Exports` of the code base, whose imports stay; None if no file takes any.
    """
    source = read_source(path)
    sees_tf1 = True in versions
    if source.tree is None:
        return None
    uses = [use for use, _ in _served(source.tree, source.text, sees_tf1)]
    if not uses:
        return None
    with open(path, "rb") as file:
        before = file.read()
    shown = relative(path)

    def left(why_not: str) -> Edit:
        return Edit(shown, before, before, (f"{shown}: is left as it is: {why_not}",))

    if why_not := _why_not(source.tree, versions):
        return left(why_not)
    try:
        code, notebook = before, None
        if path.endswith(".ipynb"):
            notebook = NotebookSource(before)
            tree, code = tree_of(notebook.text), notebook.text.encode()
            uses = [use for use, _ in _served(tree, notebook.text, sees_tf1)]
        after = rewrite(
            code, uses, sees_tf1, lambda name: bool(exports and exports.has(path, name))
        )
    except NotEditable as error:
        return left(str(error))
    except (libcst.ParserSyntaxError, RecursionError):  # Python can parse more than libcst.
        return left("libcst cannot parse it")
    text = after.decode(tokenize.detect_encoding(io.BytesIO(after).readline)[0])
    notes = [
        f"{shown}:{notebook.place(line, text) if notebook else line}: {note}"
        for line, note in _notes(text, sees_tf1)
    ]
    if notebook:
        after = notebook.with_text(text)
    if sees_tf1 and after != before:
        how = "start it with %estimator_heads --tf1" if notebook else "run it with --tf1"
        notes.append(f"{shown}: is TensorFlow 1 source; {how} from now on")
    return Edit(shown, before, after, tuple(notes))


def write_edits(edits: Iterable[Edit]) -> list[str]:
    """Writes the files that change.

    Args:
        edits: A list of `Edit`.

    Returns:
        The paths of the files that were written.

    Raises:
        RefusedEdit: Git does not have one of them as it is. None is written then.
    """
    changed = [edit for edit in edits if edit.before != edit.after]
    unsafe = [edit.path for edit in changed if not git.is_committed(edit.path)]
    if unsafe:
        raise RefusedEdit(
            "nothing was written, as git does not have these files as they are now (commit them, "
            f"or use --diff): {', '.join(unsafe)}"
        )
    for edit in changed:
        with open(edit.path, "wb") as file:
            file.write(edit.after)
    return [edit.path for edit in changed]


def _notes(text: str, sees_tf1: bool) -> Iterator[tuple[int, str]]:
    """What is left, and why, each with its line."""
    lines = text.split("\n")
    for use, found in _served(tree_of(text), text, sees_tf1):
        yield use.line, f"`{found.name}` is left: {_reason(use, found, lines)}"


def _served(tree: ast.Module, text: str, sees_tf1: bool) -> Iterator[tuple[Use, ServedName]]:
    """Each use of a legacy name that is served, with its `ServedName`."""
    places: dict[int, Place] = {}
    parts_of(tree, places=places)
    for use in names_used(tree, text, places):
        found = served_name(use.path, sees_tf1)
        if found is not None and len(found.path) > len(use.imported):
            yield use, found


def _why_not(tree: ast.Module, versions: Collection[bool]) -> str:
    if len(versions) > 1:
        return "it is TensorFlow 1 source in some of the programs that import it only"
    if "estimator_heads" in bound_names(tree):
        return "`estimator_heads` is something else in it"
    return ""


def _reason(use: Use, found: ServedName, lines: list[str]) -> str:
    if use.guarded:
        return "the program asks for it, or does without it"
    if use.form == "star":
        return "`import *` brings it"
    if found.target is None:
        return "the module is still used" if found.is_module else "it has no public import"
    if use.form == "import":
        if any("#" in line for line in lines[use.line - 1 : use.end_line - 1]):
            return "its import has comments inside, and would become several"
        return "more stands in the line of its import"
    return "it is not written as one name in one line"


def _lines(data: bytes) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode(errors="surrogateescape"))
