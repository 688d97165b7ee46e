"""Columns of numbers, made for the features that an input has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.real import (
    _RealValuedColumn,
    real_valued_column,
)
from estimator_heads.types import InputFn


def infer_real_valued_columns(
    features: tf.Tensor | dict[str, tf.Tensor],
) -> list[_RealValuedColumn]:
    """Makes a column for each dense feature. A legacy `tf.contrib.layers` name.

    Args:
        features: Dict from names to numeric Tensors [batch, ...], or one such Tensor, whose column
            is named "".

    Returns:
        A list of `_RealValuedColumn`, whose dimension is the size of all but the first dimension.

    Raises:
        ValueError: If a tensor is sparse or not numeric.
    """
    if not isinstance(features, dict):
        features = {"": features}
    return [_real_valued_column(name, tensor) for name, tensor in features.items()]


def _real_valued_column(name, tensor):
    dense = not isinstance(tensor, tf.SparseTensor) and tensor.shape.rank is not None
    if not dense or not (tensor.dtype.is_integer or tensor.dtype.is_floating):
        raise ValueError(
            f"Invalid feature {name!r}. Expected a dense numeric tensor of known rank; for other "
            f"features, create the columns yourself. Received: {tensor}."
        )
    dimension = tensor.shape[1:].num_elements()
    return real_valued_column(name, dimension=dimension, dtype=tensor.dtype)


def infer_real_valued_columns_from_input_fn(input_fn: InputFn) -> list[_RealValuedColumn]:
    """Makes a column for each dense feature of an input_fn. A legacy `tf.contrib.learn` name.

    Args:
        input_fn: Function that returns features and labels; it is called in a graph of its own.

    Returns:
        A list of `_RealValuedColumn`, as of `infer_real_valued_columns`.
    """
    with tf.Graph().as_default():
        features, _ = input_fn()
        return infer_real_valued_columns(features)


def infer_real_valued_columns_from_input(
    x: np.ndarray | Sequence[Any] | dict[str, Any],
) -> list[_RealValuedColumn]:
    """Makes a column for each array of numbers. A legacy `tf.contrib.learn` name.

    >>> infer_real_valued_columns_from_input(np.zeros([5, 3], np.float32))[0].dimension
    3

    Args:
        x: Array [samples, ...], or a dict from names to such arrays.

    Returns:
        A list of `_RealValuedColumn`, as of `infer_real_valued_columns`.
    """

    def placeholder(array):
        array = np.asarray(array)
        shape = array.shape[1:] or (1,)
        return tf.compat.v1.placeholder(tf.as_dtype(array.dtype), (None, *shape))

    def input_fn():
        if isinstance(x, dict):
            return {name: placeholder(array) for name, array in x.items()}, None
        return placeholder(x), None

    return infer_real_valued_columns_from_input_fn(input_fn)
