"""What the cases of inputs have in common."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain

v1 = tf.compat.v1

FEATURES = {
    "x": tf.io.FixedLenFeature([2], tf.float32),
    "words": tf.io.VarLenFeature(tf.string),
}


def answer(value):
    """A result as JSON can hold it; the bytes in arrays are text."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "OSU":
        texts = [text.decode() if isinstance(text, bytes) else text for text in value.ravel()]
        return {"shape": list(value.shape), "values": texts}
    if isinstance(value, dict):
        return {str(key): answer(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [answer(item) for item in value]
    return plain(value)


def batches(make, limit=20):
    """The values of the tensors that `make` returns, until they end or for `limit` times."""
    found = []
    with tf.Graph().as_default():
        tensors = make()
        with v1.train.MonitoredSession() as session:
            while len(found) < limit and not session.should_stop():
                found.append(answer(session.run(tensors)))
    return found


def shapes(make):
    """The static shapes and dtypes of the tensors."""
    with tf.Graph().as_default():
        return [
            [tensor.dtype.name, tensor.shape.as_list() if tensor.shape.ndims is not None else None]
            for tensor in tf.nest.flatten(make(), expand_composites=True)
        ]


def text_file(folder, name, lines):
    """Writes lines, and returns the path."""
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("".join(line + "\n" for line in lines))
    return path


def record_files(folder, sizes=(3, 2)):
    """Writes files of examples, and returns their pattern. Each example has a number of its own."""
    number = 0
    for index, size in enumerate(sizes):
        path = os.path.join(folder, f"part-{index}.tfrecord")
        with tf.io.TFRecordWriter(path) as writer:
            for _ in range(size):
                writer.write(_example(number))
                number += 1
    return os.path.join(folder, "part-*.tfrecord")


def _example(number):
    words = [b"word%d" % index for index in range(number)]
    feature = {
        "x": tf.train.Feature(float_list=tf.train.FloatList(value=[number, -number])),
        "words": tf.train.Feature(bytes_list=tf.train.BytesList(value=words)),
    }
    return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()


def without_folder(keys):
    """Keys of records, which are the path of the file and the place in it."""
    return [os.path.basename(key) for key in keys["values"]]
