"""Reads the metrics that evaluations wrote to event files."""

from __future__ import annotations

import os
from collections.abc import Iterator

import tensorflow as tf

from estimator_heads import plain_paths
from estimator_heads.types import Path

EVENT_FILES = "events.out.tfevents.*"


def read_eval_metrics(eval_dir: Path) -> dict[int, dict[str, float]]:
    """The metrics of all evaluations in a folder, such as `Estimator.eval_dir()`.

    Reproduces `read_eval_metrics` of the original's module `early_stopping`.

    Args:
        eval_dir: Folder of event files; it need not exist yet.

    Returns:
        Dict from global step, ascending, to a dict from metric name to float. If a step was
        evaluated again, the later value of a metric counts.
    """
    metrics: dict[int, dict[str, float]] = {}
    for step, values in evaluations(eval_dir, EVENT_FILES):
        metrics.setdefault(step, {}).update(values)
    return dict(sorted(metrics.items()))


def evaluations(folder: Path, pattern: str) -> Iterator[tuple[int, dict[str, float]]]:
    """Yields what event files recorded, oldest file first.

    Args:
        folder: Path of a folder.
        pattern: Glob pattern, relative to it, of the event files. The damaged rest of a file is
            skipped with a warning.

    Yields:
        Tuples of the global step and a dict from tag to float, for each summary of scalars.
    """
    for event in events(folder, pattern):
        values = {
            value.tag: value.simple_value
            for value in event.summary.value
            if value.HasField("simple_value")
        }
        if values:
            yield event.step, values


def events(folder: Path, pattern: str) -> Iterator[tf.compat.v1.Event]:
    """Yields the `Event`s of event files, oldest file first; arguments as for `evaluations`."""
    for path in sorted(plain_paths.files_like(os.path.join(folder, ""), pattern)):
        yield from _events(path)


def _events(path):
    try:
        yield from tf.compat.v1.train.summary_iterator(path)
    except tf.errors.DataLossError as error:
        tf.compat.v1.logging.warning(
            "The event file %s is damaged; the rest of it is skipped: %s",
            os.path.basename(path),
            error,
        )
