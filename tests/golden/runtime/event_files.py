"""Event files as evaluations leave them."""

import os

import tensorflow as tf

v1 = tf.compat.v1


def write_evaluations(folder, evaluations):
    """Writes one event file.

    Args:
        folder: Where to write it.
        evaluations: List of [global step, dict from metric name to float].
    """
    os.makedirs(folder, exist_ok=True)
    files = len(os.listdir(folder))
    # The names of event files differ by the second; this one must not end in the same file.
    path = os.path.join(folder, f"events.out.tfevents.{files:010d}.host")
    with v1.io.TFRecordWriter(path) as writer:
        for step, metrics in evaluations:
            event = v1.Event(step=step, wall_time=step)
            for name, value in metrics.items():
                event.summary.value.add(tag=name, simple_value=value)
            writer.write(event.SerializeToString())
