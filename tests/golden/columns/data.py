"""The features that every case has, as tensors and as serialized examples. The batch is of 3."""

import os

import numpy as np
import tensorflow as tf

VOCABULARY = ("red", "green", "blue", "white")


class Sparse:
    """Rows of values, for a SparseTensor [3, most values of a row]."""

    def __init__(self, rows, dtype):
        self.rows = rows
        self.dtype = dtype

    def tensor(self):
        indices = [[i, j] for i, row in enumerate(self.rows) for j in range(len(row))]
        values = tf.constant([value for row in self.rows for value in row], self.dtype)
        return tf.SparseTensor(indices, values, [3, max(map(len, self.rows))])


class Steps:
    """Rows of steps of values, for a SparseTensor [3, most steps, most values]."""

    def __init__(self, rows, dtype):
        self.rows = rows
        self.dtype = dtype

    def tensor(self):
        found = [
            ([i, j, k], value)
            for i, steps in enumerate(self.rows)
            for j, values in enumerate(steps)
            for k, value in enumerate(values)
        ]
        size = max(len(values) for steps in self.rows for values in steps)
        return tf.SparseTensor(
            [index for index, _ in found],
            tf.constant([value for _, value in found], self.dtype),
            [3, max(map(len, self.rows)), size],
        )


class Dense:
    """Rows, for a Tensor. `rank` may hide the rank from the graph, `absent` a row from examples."""

    def __init__(self, rows, dtype, known=True, absent=None):
        self.rows = rows
        self.dtype = dtype
        self.known = known
        self.absent = absent

    def tensor(self):
        tensor = tf.constant(self.rows, self.dtype)
        if not self.known:
            return tf.compat.v1.placeholder_with_default(tensor, None)
        return tensor


FEATURES = {
    "word": Sparse([["red", "green"], [], ["blue", "zebra", "red"]], tf.string),
    "other": Sparse([["x"], ["y", "z"], ["x", "zebra", "blue"]], tf.string),
    "word_weights": Sparse([[0.5, 2.0], [], [1.5, 4.0, -3.0]], tf.float32),
    "word_counts": Sparse([[1, 2], [], [3, 0, 5]], tf.int64),
    "word_doubles": Sparse([[1.0, 2.0], [], [3.0, 0.5, 5.0]], tf.float64),
    "words": Dense([["red", ""], ["", ""], ["white", "zebra"]], tf.string),
    "words_weights": Dense([[0.25, 0.0], [0.0, 0.0], [1.5, 2.0]], tf.float32),
    "word_flat": Dense(["green", "", "zebra"], tf.string),
    "number": Sparse([[3], [], [7, 12, 3]], tf.int64),
    "number_weights": Sparse([[0.5], [], [2.0, 1.0, 4.0]], tf.float32),
    "number_small": Sparse([[3], [], [7, 12, 3]], tf.int32),
    "numbers": Dense([[3, -1], [-1, -1], [12, 0]], tf.int64),
    "number_flat": Dense([4, -1, 12], tf.int64),
    "lengths": Sparse([[1.0], [], [2.5, 4.0]], tf.float32),
    "size": Dense([[0.5], [-2.0], [30.0]], tf.float32),
    "size_flat": Dense([0.5, -2.0, 30.0], tf.float32),
    "size_any": Dense([[0.5], [-2.0], [30.0]], tf.float32, known=False),
    "pair": Dense([[0.5, 1.0], [-2.0, 0.0], [30.0, 7.0]], tf.float32),
    "cube": Dense(np.arange(12.0).reshape(3, 2, 2).tolist(), tf.float32),
    "whole": Dense([[1], [0], [9]], tf.int64),
    "double": Dense([[0.25], [1.0], [-1.5]], tf.float64),
    "sometimes": Dense([[1.0], [2.0], [3.0]], tf.float32, absent=2),
    "sometimes_pair": Dense([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]], tf.float32, absent=1),
    "sometimes_whole": Dense([[1, 2], [3, 4], [5, 6]], tf.int64, absent=0),
    "steps": Steps([[["red"], ["blue", "red"]], [], [["zebra"], [], ["green"]]], tf.string),
    "steps_number": Steps([[[1], [2, 3]], [], [[4], [], [12]]], tf.int64),
    "steps_weights": Steps([[[0.5], [2.0, 1.0]], [], [[4.0], [], [0.5]]], tf.float32),
    "steps_size": Dense(np.arange(12.0).reshape(3, 4, 1).tolist(), tf.float32),
    "steps_pair": Dense(np.arange(24.0).reshape(3, 4, 2).tolist(), tf.float32),
    "steps_flat": Dense(np.arange(12.0).reshape(3, 4).tolist(), tf.float32),
    "steps_cube": Dense(np.arange(24.0).reshape(3, 2, 2, 2).tolist(), tf.float32),
}


def tensors(names=FEATURES):
    """The features of these names, as far as there are any, as tensors of the current graph."""
    return {name: feature.tensor() for name, feature in FEATURES.items() if name in names}


def examples():
    """The features of rank 2 or less as three serialized `tf.train.Example`."""
    serialized = []
    for row in range(3):
        features = {
            name: _feature(np.ravel(feature.rows[row]).tolist(), feature.dtype)
            for name, feature in FEATURES.items()
            if not isinstance(feature, Steps) and getattr(feature, "absent", None) != row
        }
        example = tf.train.Example(features=tf.train.Features(feature=features))
        serialized.append(example.SerializeToString())
    return serialized


def sequence_example():
    """A serialized `tf.train.SequenceExample`: context `size` and `word`, sequences of 2 steps."""

    def steps(*rows, dtype):
        return tf.train.FeatureList(feature=[_feature(row, dtype) for row in rows])

    example = tf.train.SequenceExample(
        context=tf.train.Features(
            feature={
                "size": _feature([2.5], tf.float32),
                "word": _feature(["red", "zebra"], tf.string),
            }
        ),
        feature_lists=tf.train.FeatureLists(
            feature_list={
                "pair": steps([1.0, 2.0], [3.0, 4.0], dtype=tf.float32),
                "other": steps(["x"], ["y", "z"], dtype=tf.string),
            }
        ),
    )
    return example.SerializeToString()


def _feature(values, dtype):
    if dtype == tf.string:
        strings = [value.encode() for value in values]
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=strings))
    if dtype.is_integer:
        return tf.train.Feature(int64_list=tf.train.Int64List(value=values))
    return tf.train.Feature(float_list=tf.train.FloatList(value=values))


def write_vocabularies(folder):
    """Writes `words.txt` and `numbers.txt`, of a value a line."""
    for name, lines in (("words", VOCABULARY), ("numbers", (3, 12, 40))):
        with open(os.path.join(folder, name + ".txt"), "w") as file:
            file.write("".join(f"{line}\n" for line in lines))


def write_checkpoint(folder):
    """Writes the checkpoint `weights`, of tensors `embeddings` [4, 2] and `linear` [20, 2]."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        for name, shape in (("embeddings", [4, 2]), ("linear", [20, 2])):
            start = np.arange(shape[0] * shape[1], dtype=np.float32).reshape(shape) + 1
            tf.compat.v1.get_variable(name, initializer=start)
        session.run(tf.compat.v1.global_variables_initializer())
        tf.compat.v1.train.Saver().save(session, os.path.join(folder, "weights"))
