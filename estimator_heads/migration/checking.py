"""Checks a code base: reads its files, follows its programs, and judges what they use."""

import concurrent.futures
import contextlib
import dataclasses
import functools
import gc
import multiprocessing
import os

from estimator_heads.migration.files import find_files
from estimator_heads.migration.judgement import judge
from estimator_heads.migration.reading import read_file
from estimator_heads.migration.report import Finding, Place, Report, Verdict, relative
from estimator_heads.migration.rules import Level
from estimator_heads.migration.units import Follower, Reached, Unit, UnitKind, find_units

# So many files are worth a second process.
_FILES_FOR_PROCESSES = 150


def check(paths, progress=None):
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

    def reading_of(file):
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
def _processes(number_of_files):
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
def _without_collector():
    """Trees are large and hold no cycles: looking for some takes most of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _report(readings, reached):
    findings, verdicts = {}, []
    for unit, result in reached:
        verdict = _verdict(unit, result, readings)
        found = {}
        for file in sorted(result.files):
            for finding, stops in _in_file(readings[file], result):
                found[_key(finding)] = finding, stops
        stopped_by = sorted((finding for finding, stops in found.values() if stops), key=_order)
        if found:
            verdicts.append(dataclasses.replace(verdict, stops=tuple(stopped_by)))
        for key, (finding, _) in found.items():
            _take(findings, key, finding)
    in_units = {file for _, result in reached for file in result.files}
    for file, reading in readings.items():
        if file in in_units:
            continue
        # Nothing is known to start it: it is for another version, or cannot be parsed.
        unit = Unit(UnitKind.FILE, relative(reading.path), ((file, ""),), (reading.folder,))
        result = Reached(frozenset([file]), frozenset(), False, False, "")
        found = [finding for finding, _ in _in_file(reading, result)]
        for finding in found:
            _take(findings, _key(finding), finding)
        if stops := tuple(finding for finding in found if finding.level is Level.STOPS):
            verdicts.append(Verdict(unit, result, False, stops))
    in_order = sorted(findings.values(), key=_order)
    return Report(len(readings), tuple(in_order), tuple(sorted(verdicts, key=_order_of_verdicts)))


def _verdict(unit, result, readings):
    names = (
        judge(use.path, result.sees_tf1)
        for file in result.files
        for use in readings[file].uses
        if not use.guarded and result.runs(file, use.part)
    )
    is_keras2 = any(found and found.rule == "keras2-name" for found in names)
    return Verdict(unit, result, is_keras2, ())


def _in_file(reading, result):
    """What a unit meets in a file: each `Finding`, and whether it stops the unit."""
    for problem in reading.problems:
        place = _place(reading, problem.line)
        yield Finding(place, problem.rule, Level.STOPS, "", problem.message), True
    for use in reading.uses:
        found = judge(use.path, result.sees_tf1)
        if found is None or (use.imported and len(found.path) <= len(use.imported)):
            continue
        place = _place(reading, use.line, use.column + 1, use.end_line, use.end_column + 1)
        level, message = found.level, found.message
        if level is not Level.FINE:
            level, message = _in_context(use, found, result.runs(reading.real_path, use.part))
        finding = Finding(place, found.rule, level, found.name, message)
        yield finding, level is Level.STOPS


def _in_context(use, found, runs):
    if use.guarded:
        return Level.FINE, f"{found.message} (the program does without it here)"
    if use.is_mention and found.rule == "legacy-outside":
        return Level.FINE, f"{found.message} (only mentioned here)"
    if not runs and found.level is Level.STOPS:
        return Level.DOUBTFUL, f"{found.message} (nothing that was checked runs this)"
    return found.level, found.message


def _place(reading, line, column=0, end_line=0, end_column=0):
    if reading.cells is None or not line:
        return Place(relative(reading.path), 0, line, column, end_line, end_column)
    cell, line_of_cell = reading.cells[line - 1]
    moved_end = end_line and end_line - line + line_of_cell
    return Place(relative(reading.path), cell, line_of_cell, column, moved_end, end_column)


def _key(finding):
    return finding.place, finding.name, finding.rule.partition("-")[0]


def _take(findings, key, finding):
    """Notes a finding; where several units meet it, the one to which it matters most."""
    known = findings.get(key)
    ranks = [*Level]
    if known is None or ranks.index(finding.level) < ranks.index(known.level):
        findings[key] = finding


def _order(finding):
    return finding.place, finding.name, finding.rule


def _order_of_verdicts(verdict):
    return verdict.unit.kind.value, verdict.unit.name
