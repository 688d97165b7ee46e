"""From the data of a case to tensors, and from what TensorFlow answers to JSON."""

import math

import numpy as np
import tensorflow as tf

from .data import Sparse, SparseValue


def to_tensors(value):
    """Data of a case as tensors (constants in a graph), keeping dicts and None."""
    if isinstance(value, dict):
        return {key: to_tensors(entry) for key, entry in value.items()}
    if isinstance(value, Sparse):
        return tf.sparse.SparseTensor(value.indices, value.values, value.dense_shape)
    if isinstance(value, SparseValue):
        return tf.compat.v1.SparseTensorValue(*value)
    return tf.constant(value) if isinstance(value, np.ndarray) else value


def to_signature(tensors, shapes):
    """The TensorSpecs of tensors, their shapes told as `shapes` of a case says."""
    if isinstance(tensors, dict):
        return {key: to_signature(entry, shapes) for key, entry in tensors.items()}
    if isinstance(tensors, tuple):
        return type(tensors)(*(to_signature(entry, shapes) for entry in tensors))
    if isinstance(tensors, tf.sparse.SparseTensor):
        return tf.SparseTensorSpec([None] * tensors.shape.rank, tensors.dtype)
    return tf.TensorSpec(known_shape(tuple(tensors.shape), shapes), tensors.dtype)


def known_shape(shape, shapes):
    return {"static": shape, "batch": (None,) + shape[1:], "unknown": None}[shapes]


def to_placeholders(value, shapes, feeds):
    """Placeholders for the data; `feeds` collects (placeholder, function of a batch's data)."""
    if isinstance(value, dict):
        return {key: to_placeholders(entry, shapes, feeds) for key, entry in value.items()}
    if isinstance(value, Sparse):
        placeholder = tf.compat.v1.sparse_placeholder(np_dtype(value.values))
        feeds.append(placeholder)
        return placeholder
    if isinstance(value, SparseValue):
        return to_tensors(value)
    if not isinstance(value, np.ndarray):
        return value
    shape = known_shape(value.shape, shapes)
    feeds.append(tf.compat.v1.placeholder(np_dtype(value), shape))
    return feeds[-1]


def feed_values(value, feeds):
    """Appends the data to `feeds`, in the order in which `to_placeholders` meets it."""
    if isinstance(value, dict):
        for entry in value.values():
            feed_values(entry, feeds)
    elif isinstance(value, Sparse):
        feeds.append(tf.compat.v1.SparseTensorValue(*value))
    elif isinstance(value, np.ndarray):
        feeds.append(value)
    return feeds


def np_dtype(array):
    return tf.string if array.dtype == object else tf.as_dtype(array.dtype)


def evaluated(value):
    """An eager tensor or variable as numpy; anything else unchanged."""
    return value.numpy() if hasattr(value, "numpy") else value


def jsonable(value):
    """Numbers to 7 significant digits, bytes decoded, arrays as nested lists, any key a string."""
    if isinstance(value, dict):
        return {str(key): jsonable(entry) for key, entry in sorted(value.items(), key=str)}
    if isinstance(value, (list, tuple)):
        return [jsonable(entry) for entry in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return jsonable(value.tolist())
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, float):
        return float(f"{value:.7g}") if math.isfinite(value) else str(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"Cannot record {value!r}")
