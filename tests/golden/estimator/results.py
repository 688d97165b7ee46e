"""Results of the programs as JSON can hold them, and what an Estimator leaves in its folders."""

import os
import re

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def plain(value):
    """A result as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": value.tolist()}
    if isinstance(value, np.generic):
        return {"dtype": str(value.dtype), "shape": [], "values": value.tolist()}
    if isinstance(value, bytes):
        return value.decode()
    return value


def files(folder):
    """The files of a folder, with the time and the host in the names of event files left out."""
    found = []
    for directory, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(directory, name), folder)
            found.append(re.sub(r"tfevents\.[^/]*", "tfevents.*", path))
    return sorted(found)


def checkpoint_state(folder):
    """The lines of the file "checkpoint"; training may not have written one."""
    path = os.path.join(folder, "checkpoint")
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return [line.strip() for line in file if "timestamp" not in line]


def events(folder, steps=False):
    """The kinds and tags in the event files of a folder, or [step, kind, tag] of each value.

    Summaries of training read the global step beside the operation that advances it, so their steps
    vary by one.
    """
    found = []
    for name in sorted(os.listdir(folder)):
        if "tfevents" not in name:
            continue
        v1.summary.FileWriterCache.get(folder).flush()
        for event in v1.train.summary_iterator(os.path.join(folder, name)):
            kind = event.WhichOneof("what")
            if kind == "summary":
                found.extend(
                    [event.step, value.WhichOneof("value"), value.tag]
                    for value in event.summary.value
                )
            elif kind != "file_version":
                found.append([event.step, kind, ""])
    return sorted(found if steps else map(list, {tuple(event[1:]) for event in found}))
