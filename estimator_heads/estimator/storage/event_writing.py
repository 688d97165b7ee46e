"""Writes the results of an evaluation to event files, for TensorBoard and for exporters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError


def open_writer(folder: str) -> tf.compat.v1.summary.FileWriter:
    """The writer of a folder's event file, which is open even if it has failed before.

    A writer whose disk was full closes, and then takes summaries without writing them.
    """
    writer = tf.compat.v1.summary.FileWriterCache.get(folder)
    writer.reopen()
    return writer


class OpenWriterHook(tf.compat.v1.train.SessionRunHook):
    """Opens the event file of a folder again, for other hooks.

    Args:
        folder: Path of the folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def begin(self) -> None:
        open_writer(self._folder)


def write_evaluation(
    output_dir: str, results: Mapping[str, Any], checkpoint_path: str | None
) -> None:
    """Writes the results of an evaluation and the path of its checkpoint.

    Where nothing can be written, e.g. on a full disk, it says so in the log: the results may be
    those of hours, and the caller has them all the same.

    Args:
        output_dir: Folder of the event file.
        results: Dict from metric name to a Python or NumPy number, an array, or a serialized
            `Summary` (bytes); with the entry "global_step".
        checkpoint_path: Path of the evaluated checkpoint, or None.
    """
    step = results[tf.compat.v1.GraphKeys.GLOBAL_STEP]
    summaries = [_logged_results(results, step)]
    if checkpoint_path:
        summaries.append(_logged_path(checkpoint_path, step))
    _write(output_dir, summaries, step)


def write_results(output_dir: str, results: Mapping[str, Any], step: int) -> None:
    """Writes the results of an evaluation, as `write_evaluation` does.

    Args:
        output_dir: As for `write_evaluation`.
        results: As for `write_evaluation`; "global_step" is left out, and may be missing.
        step: The global step.
    """
    _write(output_dir, [_logged_results(results, step)], step)


def write_checkpoint_path(output_dir: str, checkpoint_path: str, step: int) -> None:
    """Writes the path of an evaluated checkpoint, as `write_evaluation` does.

    Args:
        output_dir: As for `write_evaluation`.
        checkpoint_path: Path of the checkpoint.
        step: The global step.
    """
    _write(output_dir, [_logged_path(checkpoint_path, step)], step)


def as_text(results: Mapping[str, Any]) -> str:
    """The results of an evaluation as a line of text, without serialized summaries."""
    return ", ".join(  # str() rounds a np.float32 to what it holds; format() alone does not.
        f"{key} = {value!s}"
        for key, value in sorted(results.items())
        if not isinstance(value, bytes)
    )


def _write(output_dir, summaries, step):
    try:
        writer = open_writer(output_dir)
        for summary in summaries:
            writer.add_summary(summary, step)
        writer.flush()
    except (tf.errors.OpError, RuntimeError) as error:
        tf.compat.v1.logging.error(
            "The evaluation of global step %d could not be saved in an event file, because %s "
            "cannot be written to: %s. The results are still returned.",
            step,
            output_dir,
            error,
        )


def _logged_results(results, step):
    tf.compat.v1.logging.info("Saving dict for global step %d: %s", step, as_text(results))
    summary = tf.compat.v1.Summary()
    for tag, value in results.items():
        if tag != tf.compat.v1.GraphKeys.GLOBAL_STEP and value is not None:
            _add_value(summary, tag, value)
    return summary


def _logged_path(checkpoint_path, step):
    tf.compat.v1.logging.info(
        "Saving 'checkpoint_path' summary for global step %d: %s", step, checkpoint_path
    )
    summary = tf.compat.v1.Summary()
    summary.value.add(
        tag="checkpoint_path", tensor=tf.make_tensor_proto(checkpoint_path, dtype=tf.string)
    )
    return summary


def _add_value(summary, tag, value):
    if isinstance(value, (float, int, np.floating, np.integer)):
        summary.value.add(tag=tag, simple_value=float(value))
    elif isinstance(value, bytes):
        _add_summaries(summary, tag, value)
    elif isinstance(value, np.ndarray):
        summary.value.add(tag=tag, node_name=tag, tensor=tf.make_tensor_proto(value))
    else:
        tf.compat.v1.logging.warning(
            "Metric %s is left out of the event file. Expected a number, an array or a serialized "
            "Summary. Received: %r.",
            tag,
            value,
        )


def _add_summaries(summary, tag, serialized):
    """Adds the values of a serialized Summary, such as an image's, as <tag>/0, <tag>/1, ..."""
    try:
        values = tf.compat.v1.Summary.FromString(serialized).value
    except DecodeError:
        tf.compat.v1.logging.warning(
            "Metric %s is left out of the event file: its bytes are not a serialized Summary.", tag
        )
        return
    for index, value in enumerate(values):
        value.tag = f"{tag}/{index}"
    summary.value.extend(values)
