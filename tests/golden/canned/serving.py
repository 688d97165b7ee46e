"""What an export takes: features by name, or serialized examples where some are sequences."""

import numpy as np
import tensorflow as tf

from tests.golden.values import np_dtype


def receivers(features):
    """Placeholders for an export.

    Args:
        features: As `batch.FEATURES`, or with SparseTensorValues.

    Returns:
        Dict from names of features to Tensors or SparseTensors, and what a signature takes.
    """
    if _has_sparse(features):
        serialized = tf.compat.v1.placeholder(tf.string, [None], name="examples")
        parsed = tf.io.parse_example(serialized, {k: _parsing(v) for k, v in features.items()})
        return {k: _with_dtype(v, features[k]) for k, v in parsed.items()}, serialized
    placeholders = {
        name: tf.compat.v1.placeholder(np_dtype(value), (None,) + value.shape[1:], name=name)
        for name, value in features.items()
    }
    return dict(placeholders), placeholders


def request(features):
    """What an export over `receivers` is asked, as {name: value}."""
    if not _has_sparse(features):
        return features
    examples = [{k: _row(v, row) for k, v in features.items()} for row in range(_size(features))]
    return {"input": np.array([_serialized(example) for example in examples], object)}


def _has_sparse(features):
    return any(isinstance(value, tf.compat.v1.SparseTensorValue) for value in features.values())


def _size(features):
    return len(next(v for v in features.values() if isinstance(v, np.ndarray)))


def _parsing(value):
    if isinstance(value, tf.compat.v1.SparseTensorValue):
        return tf.io.VarLenFeature(np_dtype(value.values))
    return tf.io.FixedLenFeature(value.shape[1:], _kind(value))


def _kind(value):
    """The dtype in an example, which has no bools."""
    return tf.int64 if value.dtype == bool else np_dtype(value)


def _with_dtype(parsed, value):
    is_bool = isinstance(value, np.ndarray) and value.dtype == bool
    return tf.cast(parsed, tf.bool) if is_bool else parsed


def _row(value, row):
    if isinstance(value, tf.compat.v1.SparseTensorValue):
        return value.values[value.indices[:, 0] == row]
    return value[row].ravel()


def _serialized(example):
    features = tf.train.Features(feature={k: _feature(v) for k, v in example.items()})
    return tf.train.Example(features=features).SerializeToString()


def _feature(values):
    if values.dtype == object:
        encoded = [value.encode() for value in values]
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=encoded))
    if values.dtype == np.float32:
        return tf.train.Feature(float_list=tf.train.FloatList(value=values))
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))
