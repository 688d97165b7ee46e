"""The words in which the case tables are written: plain data that numpy and Python 3.7 can read.

What cannot be written as data (a callable, a feature column, an optimizer) is written as a `Made`:
the name of a maker in `golden/functions.py` and its arguments.
"""

import collections

import numpy as np

Batch = collections.namedtuple("Batch", "features logits labels")
Sparse = collections.namedtuple("Sparse", "indices values dense_shape")
# A tf.compat.v1.SparseTensorValue, which is handed over as it is.
SparseValue = collections.namedtuple("SparseValue", "indices values dense_shape")
Made = collections.namedtuple("Made", "maker arguments")


def made(maker, **arguments):
    """Something `golden/functions.py` makes when the case is run."""
    return Made(maker, arguments)


def floats(values):
    return np.array(values, np.float32)


def doubles(values):
    return np.array(values, np.float64)


def tiny_integers(values):
    return np.array(values, np.uint8)


def integers(values):
    return np.array(values, np.int64)


def small_integers(values):
    return np.array(values, np.int32)


def booleans(values):
    return np.array(values, np.bool_)


def strings(values):
    return np.array(values, object)


def sparse_integers(indices, values, dense_shape):
    return Sparse(indices, integers(values), dense_shape)


def sparse_strings(indices, values, dense_shape):
    return Sparse(indices, strings(values), dense_shape)


def with_labels(batches, *labels):
    """The batches with other labels, one a batch."""
    return [batch._replace(labels=new) for batch, new in zip(batches, labels)]


def with_logits(batches, *logits):
    """The batches with other logits, one a batch."""
    return [batch._replace(logits=new) for batch, new in zip(batches, logits)]


def with_features(batches, **features):
    """The batches with features added; each value lists what it is in each batch."""
    return [
        batch._replace(
            features=dict(batch.features, **{key: value[i] for key, value in features.items()})
        )
        for i, batch in enumerate(batches)
    ]
