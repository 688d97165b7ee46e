"""What `tf.contrib.framework` had and tf_slim and `tf.compat.v1` have not."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads._tensorflow.contrib import contrib_parts
from estimator_heads.types import Path, TensorLike

tf1 = tf.compat.v1
_parts = contrib_parts()

BoundedTensorSpec = _parts.tensor_spec.BoundedTensorSpec
deprecated = _parts.deprecation.deprecated
deprecated_arg_values = _parts.deprecation.deprecated_arg_values
deprecated_args = _parts.deprecation.deprecated_args
prepend_name_scope = _parts.ops.prepend_name_scope
smart_case = _parts.smart_cond.smart_case
smart_cond = _parts.smart_cond.smart_cond
smart_constant_value = _parts.smart_cond.smart_constant_value
strip_name_scope = _parts.ops.strip_name_scope

nest = types.ModuleType("tensorflow.contrib.framework.nest", _parts.nest.__doc__)
nest.__dict__.update(
    {name: value for name, value in vars(_parts.nest).items() if not name.startswith("__")},
    is_sequence=_parts.nest.is_nested,  # its name in TF 1.15
)


def init_from_checkpoint(
    checkpoint_dir: Path, assignment_map: Mapping[str, Any] | Sequence[tuple[str, Any]]
) -> None:
    """`tf.compat.v1.train.init_from_checkpoint`, whose first argument was called so."""
    return tf1.train.init_from_checkpoint(checkpoint_dir, assignment_map)


def list_variables(checkpoint_dir: Path) -> list[tuple[str, list[int]]]:
    """`tf.train.list_variables`, whose argument was called so."""
    return tf.train.list_variables(checkpoint_dir)


def load_checkpoint(filepattern: Path) -> tf.train.CheckpointReader:
    """`tf.train.load_checkpoint`, whose argument was called so."""
    return tf.train.load_checkpoint(filepattern)


def load_variable(checkpoint_dir: Path, name: str) -> np.ndarray:
    """`tf.train.load_variable`, whose first argument was called so."""
    return tf.train.load_variable(checkpoint_dir, name)


def assert_scalar_int(tensor: TensorLike, name: str | None = None) -> tf.Tensor:
    """Returns `tensor` if it is an integer scalar, as `tf.contrib.framework.assert_scalar_int`.

    Raises:
        ValueError: It is of another dtype or shape.
    """
    tensor = tf.convert_to_tensor(tensor)
    if not tensor.dtype.is_integer:
        raise ValueError(
            "Invalid value for argument `tensor`. Expected a scalar of an integer dtype. "
            f"Received: {tensor!r}."
        )
    return tf1.assert_scalar(tensor, name=name or "assert_scalar_int")


def get_placeholders(graph: tf.Graph) -> list[tf.Tensor]:
    """The placeholders of a graph, as `tf.contrib.framework.get_placeholders` lists them.

    Raises:
        TypeError: If `graph` is not a `tf.Graph`.
    """
    if not isinstance(graph, tf.Graph):
        raise TypeError(
            f"Invalid type of argument `graph`. Expected a tf.Graph. Received: {graph!r}."
        )
    return [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]


def reduce_sum_n(tensors: Sequence[tf.Tensor], name: str | None = None) -> tf.Tensor:
    """The sum of all elements of several tensors, as `tf.contrib.framework.reduce_sum_n` has it.

    Args:
        tensors: A list of tensors of one numeric dtype and any shapes.
        name: Of the operation.

    Returns:
        A scalar tensor.

    Raises:
        ValueError: The list is empty.
    """
    if not tensors:
        raise ValueError(
            "Invalid value for argument `tensors`. Expected a list of at least one tensor. "
            f"Received: {tensors!r}."
        )
    with tf1.name_scope(name, "reduce_sum_n", tensors) as scope:
        sums = [tf.reduce_sum(tensor, name=f"{tensor.op.name}/sum") for tensor in tensors]
        return sums[0] if len(sums) == 1 else tf.add_n(sums, name=scope)


def remove_squeezable_dimensions(
    predictions: TensorLike, labels: TensorLike, name: str | None = None
) -> tuple[tf.Tensor, tf.Tensor]:
    """Drops the last dimension of the one that has one more than the other, if it is of size 1.

    As `tf.contrib.framework.remove_squeezable_dimensions`, which is
    `tf.compat.v1.confusion_matrix.remove_squeezable_dimensions` with the arguments swapped.

    Returns:
        The pair (predictions, labels).
    """
    labels, predictions = _parts.confusion_matrix.remove_squeezable_dimensions(
        labels, predictions, name=name
    )
    return predictions, labels


def with_same_shape(expected_tensor: tf.Tensor, tensor: tf.Tensor) -> tf.Tensor:
    """Returns `tensor`, checked to have the shape of `expected_tensor`. See `with_shape`."""
    shape = expected_tensor.shape
    return with_shape(
        shape.as_list() if shape.is_fully_defined() else tf.shape(expected_tensor), tensor
    )


def with_shape(
    expected_shape: Sequence[int] | np.ndarray | tf.Tensor, tensor: tf.Tensor
) -> tf.Tensor:
    """Returns `tensor`, checked to have a shape, as `tf.contrib.framework.with_shape` does.

    Args:
        expected_shape: A list of integers, or an int32 tensor of rank 1. [] makes a scalar of a
            tensor with one element.
        tensor: A dense tensor.

    Returns:
        A tensor of the same values. Where the shape is known only when the graph is run, it is
        checked then, with an InvalidArgumentError if it is another.

    Raises:
        ValueError: If the shape is different, `expected_shape` is not a list of integers, or
            `tensor` is sparse.
    """
    if isinstance(tensor, tf.SparseTensor):
        raise ValueError(
            f"Invalid value for argument `tensor`. Expected a dense tensor. Received: {tensor!r}. "
            "Use tf.sparse.to_dense(tensor)."
        )
    _check_expected_shape(expected_shape)
    actual = tensor.shape
    if tf.is_tensor(expected_shape):
        return _checked_when_run(expected_shape, tensor)
    expected = [int(size) for size in expected_shape]
    one_element = actual.is_compatible_with([1]) or not actual.is_fully_defined()
    if not expected and actual.rank != 0 and one_element:
        return tf.reshape(tensor, [])
    if not actual.is_fully_defined():
        result = _checked_when_run(expected, tensor)
        result.set_shape(expected)
        return result
    if not actual.is_compatible_with(expected):
        raise ValueError(
            f"Invalid shape of `{tensor.name}`. Expected shape {expected}. Received: {actual}."
        )
    return tensor


def _check_expected_shape(expected_shape):
    if tf.is_tensor(expected_shape):
        right = expected_shape.dtype.base_dtype == tf.int32
    else:
        sizes = np.asarray(expected_shape)
        right = sizes.ndim <= 1 and (sizes.dtype in (np.int32, np.int64) or not sizes.size)
    if not right:
        raise ValueError(
            "Invalid value for argument `expected_shape`. Expected a list of integers or an int32 "
            f"tensor of rank 1. Received: {expected_shape!r}."
        )


def _checked_when_run(expected_shape, tensor):
    actual_shape = tf.shape(tensor)
    same_rank = tf.equal(tf.size(expected_shape), tf.rank(tensor))

    def same_sizes():
        either = tf.equal(expected_shape, actual_shape) | tf.equal(expected_shape, -1)
        return tf.reduce_all(either)

    is_right = tf1.cond(same_rank, same_sizes, lambda: False)
    message = f"Wrong shape of {tensor.name}: [expected] [actual]."
    check = tf1.Assert(is_right, [message, expected_shape, actual_shape])
    with tf.control_dependencies([check]):
        return tf.identity(tensor)
