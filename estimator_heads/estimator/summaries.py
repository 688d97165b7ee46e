"""Writes the results of an evaluation to event files, for TensorBoard and for exporters."""

import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError


def write_evaluation(output_dir, results, checkpoint_path):
    """Writes the results of an evaluation and the path of its checkpoint.

    Args:
        output_dir: Folder of the event file.
        results: Dict from metric name to a Python or NumPy number, an array, or a serialized
            `Summary` (bytes); with the entry "global_step".
        checkpoint_path: Path of the evaluated checkpoint, or None.
    """
    step = results[tf.compat.v1.GraphKeys.GLOBAL_STEP]
    writer = tf.compat.v1.summary.FileWriterCache.get(output_dir)
    shown = ", ".join(f"{k} = {v}" for k, v in sorted(results.items()) if not isinstance(v, bytes))
    tf.compat.v1.logging.info("Saving dict for global step %d: %s", step, shown)
    summary = tf.compat.v1.Summary()
    for tag, value in results.items():
        if tag != tf.compat.v1.GraphKeys.GLOBAL_STEP and value is not None:
            _add_value(summary, tag, value)
    writer.add_summary(summary, step)
    if checkpoint_path:
        tf.compat.v1.logging.info(
            "Saving 'checkpoint_path' summary for global step %d: %s", step, checkpoint_path
        )
        path_summary = tf.compat.v1.Summary()
        path_summary.value.add(
            tag="checkpoint_path", tensor=tf.make_tensor_proto(checkpoint_path, dtype=tf.string)
        )
        writer.add_summary(path_summary, step)
    writer.flush()


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
            "Metric %s is left out of the event file: its bytes are no serialized Summary.", tag
        )
        return
    for index, value in enumerate(values):
        value.tag = f"{tag}/{index}"
    summary.value.extend(values)
