"""Checks a code base: reads its files, follows its programs, and judges what they use."""

from __future__ import annotations

import concurrent.futures
import contextlib
import functools
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from estimator_heads.migration.files import find_files, relative
from estimator_heads.migration.judgement import Judgement, judge
from estimator_heads.migration.names_used import Use
from estimator_heads.migration.reading import FileReading, read_file
from estimator_heads.migration.report import Finding, Place, Report, Verdict
from estimator_heads.migration.rules import Level
from estimator_heads.migration.units import Follower, Reached, Unit, UnitKind, find_units

# So many files are worth a second process.
_FILES_FOR_PROCESSES = 150


def check(
    paths: Iterable[str | os.PathLike[str]], progress: Callable[..., Iterable[Any]] | None = None
) -> Report:
    """Checks files and folders.

    Args:
        paths: A list of their paths. The modules that programs import from elsewhere below their
            own folders are checked too.
        progress: A function `(iterable, total, description)`, which returns the iterable.

    Returns:
        A `Report`.

    Raises:
        FileNotFoundError: A path does not exist.
    """
    progress = progress or (lambda iterable, **_: iterable)
    files = find_files(paths)
    with _processes(len(files)) as run:
        read = progress(run(read_file, files), total=len(files), desc="reading")
        readings = {reading.real_path: reading for reading in read}

    def reading_of(file: str) -> FileReading:
        if file not in readings:  # it is imported, and in none of the paths
            readings[file] = read_file(relative(file))
        return readings[file]

    units = find_units([*readings.values()])
    followed = progress(map(Follower(reading_of), units), total=len(units), desc="following")
    reached = [*zip(units, followed, strict=True)]
    for file in {file for _, result in reached for file in result.files}:
        reading_of(file)
    return _report(readings, reached)


@contextlib.contextmanager
def _processes(number_of_files: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A function like `map`, over several processes if there is enough to do."""
    workers = min(os.cpu_count() or 1, 1 + number_of_files // _FILES_FOR_PROCESSES)
    with _without_collector():
        if workers == 1:
            yield map
            return
        # The process may have started threads by now, which a fork would not have.
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(workers, context, gc.disable) as pool:
            yield functools.partial(pool.map, chunksize=8)


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Trees are large and hold no cycles: looking for some takes most of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _report(readings: Mapping[str, FileReading], reached: Iterable[tuple[Unit, Reached]]) -> Report:
    findings: dict[tuple[Place, str, str], Finding] = {}
    verdicts = []
    in_units = {file for _, result in reached for file in result.files}
    others = [_by_itself(reading) for file, reading in readings.items() if file not in in_units]
    for unit, result in [*reached, *others]:
        found = [item for file in result.files for item in _in_file(readings[file], result)]
        stopping = [item for item in found if item.level is Level.STOPS]
        stops = tuple(sorted(stopping, key=lambda item: (not item.at_import, _order(item))))
        if stops or (found and unit.kind is not UnitKind.FILE):
            is_keras2 = any(_needs_keras2(item) for item in found)
            verdicts.append(Verdict(unit, result, is_keras2, stops))
        for item in found:
            _take(findings, item)
    in_order = sorted(findings.values(), key=_order)
    return Report(len(readings), tuple(in_order), tuple(sorted(verdicts, key=_order_of_verdicts)))


def _by_itself(reading: FileReading) -> tuple[Unit, Reached]:
    """A file that nothing is known to start: it is for another version, or cannot be parsed."""
    files = ((reading.real_path, reading.package),)
    unit = Unit(UnitKind.FILE, relative(reading.path), files, (reading.folder,))
    return unit, Reached(frozenset([reading.real_path]), frozenset(), False, False, "")


def _needs_keras2(finding: Finding) -> bool:
    return finding.rule == "keras2-name" and finding.level is Level.DOUBTFUL


def _in_file(reading: FileReading, result: Reached) -> Iterator[Finding]:
    """The `Finding`s of a unit in a file that it reaches."""
    for problem in reading.problems:
        place = _place(reading, problem.line)
        yield Finding(place, problem.rule, Level.STOPS, "", problem.message, True)
    for use in reading.uses:
        found = judge(use.path, result.sees_tf1)
        if found is None or (use.imported and len(found.path) <= len(use.imported)):
            continue
        place = _place(reading, use.line, use.column + 1, use.end_line, use.end_column + 1)
        level, message = found.level, found.message
        if level is not Level.FINE:
            level, message = _in_context(use, found, result.runs(reading.real_path, use.part))
        yield Finding(place, found.rule, level, found.name, message, at_import=use.part == 0)


def _in_context(use: Use, found: Judgement, runs: bool) -> tuple[Level, str]:
    if use.guarded:
        return Level.FINE, f"{found.message} (the program does without it here)"
    if use.is_mention and found.rule == "legacy-outside":
        return Level.FINE, f"{found.message} (only mentioned here)"
    if not runs:
        level = Level.DOUBTFUL if found.level is Level.STOPS else Level.FINE
        return level, f"{found.message} (nothing that was checked runs this)"
    return found.level, found.message


def _place(
    reading: FileReading, line: int, column: int = 0, end_line: int = 0, end_column: int = 0
) -> Place:
    if reading.cells is None or not line:
        return Place(relative(reading.path), 0, line, column, end_line, end_column)
    cell, line_of_cell = reading.cells[line - 1]
    moved_end = end_line and end_line - line + line_of_cell
    return Place(relative(reading.path), cell, line_of_cell, column, moved_end, end_column)


def _take(findings: dict[tuple[Place, str, str], Finding], finding: Finding) -> None:
    """Notes a finding; where several units meet it, the one to which it matters most."""
    key = finding.place, finding.name, finding.rule.partition("-")[0]
    known, ranks = findings.get(key), [*Level]
    if known is None or ranks.index(finding.level) < ranks.index(known.level):
        findings[key] = finding


def _order(finding: Finding) -> tuple[Place, str, str]:
    return finding.place, finding.name, finding.rule


def _order_of_verdicts(verdict: Verdict) -> tuple[str, str]:
    return verdict.unit.kind.value, verdict.unit.name
