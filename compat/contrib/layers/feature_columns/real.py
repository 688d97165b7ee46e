"""The columns of numbers."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.base import DenseColumn, _FeatureColumn
from estimator_heads.compat.contrib.layers.feature_columns.rank import with_rank


class _NumbersColumn(_FeatureColumn):
    """A column of one feature's numbers, cast to float32 after `normalizer`, if it has one."""

    column_name: str
    normalizer: Callable[[tf.Tensor], tf.Tensor] | None

    @property
    def name(self) -> str:
        return self.column_name

    @property
    def key(self) -> str:
        return self._key_without_properties(["normalizer"])

    @property
    def normalizer_fn(self) -> Callable[[tf.Tensor], tf.Tensor] | None:
        """The `normalizer`, or None."""
        return self.normalizer

    def _transform_feature(self, inputs):
        return tf.cast(self._normalized_input_tensor(inputs.get(self.name)), tf.float32)

    def _normalized_input_tensor(self, input_tensor):
        return input_tensor if self.normalizer is None else self.normalizer(input_tensor)

    def _to_dnn_input_layer(
        self, input_tensor, weight_collections=None, trainable=True, output_rank=2
    ):
        return with_rank(self._to_dense_tensor(input_tensor), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor):
        if isinstance(input_tensor, tf.SparseTensor):
            raise TypeError(
                f"Invalid type of the feature {self.name!r}. Expected a dense tensor, because its "
                f"column is numeric. Received: {input_tensor}."
            )
        return tf.cast(input_tensor, tf.float32)


class _RealValuedColumn(
    _NumbersColumn,
    DenseColumn,
    namedtuple(
        "_RealValuedColumn", ["column_name", "dimension", "default_value", "dtype", "normalizer"]
    ),
):
    """A column of `dimension` numbers per example."""

    def __new__(
        cls,
        column_name: str,
        dimension: int | None,
        default_value: Iterable[float] | None,
        dtype: tf.DType,
        normalizer: Callable[[tf.Tensor], tf.Tensor] | None,
    ) -> _RealValuedColumn:
        if default_value is not None:
            default_value = tuple(default_value)
        return super().__new__(cls, column_name, dimension, default_value, dtype, normalizer)

    @property
    def config(self) -> dict[str, Any]:
        default = None if self.default_value is None else list(self.default_value)
        return {self.column_name: tf.io.FixedLenFeature([self.dimension], self.dtype, default)}

    @property
    def _variable_shape(self):
        return tf.TensorShape([self.dimension])


def real_valued_column(
    column_name: str,
    dimension: int = 1,
    default_value: float | list[float] | list[int] | None = None,
    dtype: tf.DType = tf.float32,
    normalizer: Callable[[tf.Tensor], tf.Tensor] | None = None,
) -> _RealValuedColumn:
    """Makes a column of numbers. A legacy `tf.contrib.layers` name.

    >>> real_valued_column("size", dimension=2, default_value=1).default_value
    (1.0, 1.0)

    Args:
        column_name: Name of the feature, a Tensor [batch, dimension].
        dimension: How many numbers an example has.
        default_value: For parsing, what an example without the feature has: a number, or a list of
            `dimension` numbers. An example must have the feature if this is None.
        dtype: For parsing, the type of the feature, floating or integer.
        normalizer: A function from the Tensor to the Tensor that the model gets.

    Returns:
        A `_RealValuedColumn`.

    Raises:
        TypeError: If `dimension` is not an integer, or `default_value` does not fit `dtype`.
        ValueError: If `dimension` is less than 1, `dtype` is not numeric, or `default_value` has
            another length.
    """
    _check_dimension(column_name, dimension)
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(_not_numeric(column_name, dtype))
    defaults = None
    if default_value is not None:
        defaults = _default_values(column_name, default_value, dimension, dtype)
    return _RealValuedColumn(column_name, dimension, defaults, dtype, normalizer)


def _check_dimension(column_name, dimension):
    error = (
        f"Invalid value for argument `dimension` of column {column_name!r}. Expected an integer "
        f">= 1. Received: dimension={dimension!r}."
    )
    if not isinstance(dimension, int):
        raise TypeError(error)
    if dimension < 1:
        raise ValueError(error)


def _not_numeric(column_name, dtype):
    return (
        f"Invalid value for argument `dtype` of column {column_name!r}. Expected a floating or "
        f"integer type. Received: dtype={dtype}."
    )


def _default_values(column_name, default_value, dimension, dtype):
    """The default as a list of Python numbers that fit `dtype`."""
    values = default_value if isinstance(default_value, list) else [default_value] * dimension
    if len(values) != dimension:
        raise ValueError(
            f"Invalid value for argument `default_value` of column {column_name!r}. Expected a "
            f"number or a list of {dimension} numbers. Received: default_value={default_value!r}."
        )
    if not all(isinstance(value, int if dtype.is_integer else (int, float)) for value in values):
        raise TypeError(
            f"Invalid type of argument `default_value` of column {column_name!r}. Expected "
            f"numbers that fit dtype {dtype}. Received: default_value={default_value!r}."
        )
    return values if dtype.is_integer else [float(value) for value in values]


class _RealValuedVarLenColumn(
    _NumbersColumn,
    namedtuple(
        "_RealValuedVarLenColumn",
        ["column_name", "default_value", "dtype", "normalizer", "is_sparse"],
    ),
):
    """A column of numbers, as many as an example has."""

    @property
    def config(self) -> dict[str, Any]:
        if self.is_sparse:
            return {self.column_name: tf.io.VarLenFeature(self.dtype)}
        feature = tf.io.FixedLenSequenceFeature(
            [], self.dtype, allow_missing=True, default_value=self.default_value
        )
        return {self.column_name: feature}

    def _normalized_input_tensor(self, input_tensor):
        if not self.is_sparse:
            return super()._normalized_input_tensor(input_tensor)
        return input_tensor.with_values(super()._normalized_input_tensor(input_tensor.values))

    def _to_dense_tensor(self, input_tensor):
        if self.is_sparse:
            raise ValueError(
                f"{self.name!r} is a sparse numeric column, which cannot be a model input "
                "directly. Use is_sparse=False."
            )
        return super()._to_dense_tensor(input_tensor)


def _real_valued_var_len_column(
    column_name: str,
    default_value: float | None = None,
    dtype: tf.DType = tf.float32,
    normalizer: Callable[[tf.Tensor], tf.Tensor] | None = None,
    is_sparse: bool = False,
) -> _RealValuedVarLenColumn:
    """Makes a column of as many numbers as an example has, reachable by the legacy module path.

    Args:
        column_name: Name of the feature, a Tensor [batch, length] or a SparseTensor.
        default_value: The number that fills up shorter examples; required unless `is_sparse`.
        dtype: For parsing, the type of the feature, floating or integer.
        normalizer: A function from the Tensor, or the values of the SparseTensor, to another.
        is_sparse: Whether the feature is a SparseTensor, which then is only parsed.

    Returns:
        A `_RealValuedVarLenColumn`.

    Raises:
        TypeError: If `dtype` is not numeric.
        ValueError: If `default_value` is missing or a list.
    """
    if not (dtype.is_integer or dtype.is_floating):
        raise TypeError(_not_numeric(column_name, dtype))
    if isinstance(default_value, list) or (default_value is None and not is_sparse):
        raise ValueError(
            f"Invalid value for argument `default_value` of column {column_name!r}. Expected a "
            f"number, or None with is_sparse=True. Received: default_value={default_value!r}, "
            f"is_sparse={is_sparse}."
        )
    if default_value is not None:
        default_value = (int if dtype.is_integer else float)(default_value)
    return _RealValuedVarLenColumn(column_name, default_value, dtype, normalizer, is_sparse)
