"""What `tf.contrib.data` of TF 1.15 had, and neither `tf.data` nor `tf.data.experimental` has.

The other names stand in `tf.compat.v1.data.experimental`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

_Transformation: TypeAlias = Callable[[tf.data.Dataset], tf.data.Dataset]


def batch_and_drop_remainder(batch_size: int | tf.Tensor) -> _Transformation:
    """For `Dataset.apply`: `Dataset.batch`, without a last batch that is smaller.

    Args:
        batch_size: Number of elements in a batch.
    """
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(
    batch_size: int | tf.Tensor, padded_shapes: Any, padding_values: Any = None
) -> _Transformation:
    """For `Dataset.apply`: `Dataset.padded_batch`, without a last batch that is smaller.

    Args:
        batch_size: Number of elements in a batch.
        padded_shapes: The shapes to pad to, in the structure of the elements.
        padding_values: What to pad with, in the same structure; None: 0 or "".
    """
    return lambda dataset: dataset.padded_batch(
        batch_size, padded_shapes, padding_values, drop_remainder=True
    )


def sloppy_interleave(
    map_func: Callable[..., tf.data.Dataset],
    cycle_length: int | tf.Tensor,
    block_length: int | tf.Tensor = 1,
) -> _Transformation:
    """For `Dataset.apply`: `parallel_interleave`, in no fixed order.

    Args:
        map_func: Function of an element that returns a dataset.
        cycle_length: Number of datasets to read at once.
        block_length: Number of elements to take from one before the next one's turn.
    """
    return v1.data.experimental.parallel_interleave(
        map_func, cycle_length, block_length, sloppy=True
    )


def sliding_window_batch(
    window_size: int | tf.Tensor,
    stride: int | tf.Tensor | None = None,
    window_shift: int | tf.Tensor | None = None,
    window_stride: int | tf.Tensor = 1,
) -> _Transformation:
    """For `Dataset.apply`: batches that overlap, without smaller ones at the end.

    Args:
        window_size: Number of elements in a batch.
        stride: The older name of `window_shift`.
        window_shift: By how many elements batches are apart; None: 1.
        window_stride: By how many elements those in a batch are apart.

    Returns:
        A function from a dataset to a dataset.

    Raises:
        ValueError: If both `stride` and `window_shift` are given.
    """
    if stride is not None and window_shift is not None:
        raise ValueError(
            "Only one of `stride` and `window_shift`, which are the same, can be given. Received: "
            f"stride={stride!r}, window_shift={window_shift!r}."
        )
    shift = next((given for given in (window_shift, stride) if given is not None), 1)

    def apply(dataset):
        windows = dataset.window(window_size, shift, window_stride, drop_remainder=True)
        return windows.flat_map(_batches_of_windows)

    def _batches_of_windows(*window):
        batches = tf.nest.map_structure(lambda part: part.batch(window_size), window)
        return tf.data.Dataset.zip(batches if len(batches) > 1 else batches[0])

    return apply


def assert_element_shape(expected_shapes: Any) -> _Transformation:
    """For `Dataset.apply`: checks the shapes of elements, and makes them known.

    Args:
        expected_shapes: `tf.TensorShape`s, in the structure of the elements.

    Returns:
        A function from a dataset to a dataset. It raises a ValueError if shapes that are known do
        not fit; the others are checked when the elements are computed, and raise an
        InvalidArgumentError.
    """

    def apply(dataset):
        shapes = v1.data.get_output_shapes(dataset)
        expected = _like(shapes, expected_shapes)
        for known, given in zip(_flat(shapes), _flat(expected), strict=True):
            known.assert_is_compatible_with(given)
        return dataset.map(lambda *element: _checked(element, expected))

    return apply


def _checked(element, shapes):
    """The element with the shapes; `map` hands over the parts of a tuple one by one."""
    if not isinstance(shapes, tuple):
        (element,) = element
    tensors = tf.nest.flatten(element)
    checked = [
        tf.ensure_shape(tensor, shape) if tf.is_tensor(tensor) else tensor
        for tensor, shape in zip(tensors, _flat(shapes), strict=True)
    ]
    return tf.nest.pack_sequence_as(element, checked)


def _like(structure, shapes):
    """`shapes` in the structure, whose leaves are shapes too."""
    if isinstance(structure, dict):
        return {name: _like(part, shapes[name]) for name, part in structure.items()}
    if isinstance(structure, tuple):
        parts = [_like(part, shape) for part, shape in zip(structure, shapes, strict=True)]
        return type(structure)(*parts) if hasattr(structure, "_fields") else tuple(parts)
    return tf.TensorShape(shapes)


def _flat(shapes):
    """The shapes in a structure, as a list; tf.nest does not take them apart."""
    return tf.nest.flatten(shapes)


def reduce_dataset(dataset: tf.data.Dataset, reducer: tf.data.experimental.Reducer) -> Any:
    """What is left when all elements have been reduced to one.

    Args:
        dataset: A `tf.data.Dataset`.
        reducer: A `Reducer`. Its `finalize_func` is not called.

    Returns:
        Tensors, in the structure of the reducer's state.

    Raises:
        TypeError: If `dataset` is not one.
    """
    if not isinstance(dataset, tf.data.Dataset):
        raise TypeError(
            "Invalid value for argument `dataset`. Expected a tf.data.Dataset. Received: "
            f"{dataset!r} of type {type(dataset).__name__}."
        )
    return dataset.reduce(reducer.init_func(np.int64(0)), reducer.reduce_func)


def read_batch_features(
    file_pattern: str | list[str],
    batch_size: int,
    features: Mapping[str, Any],
    reader: Callable[..., tf.data.Dataset] = v1.data.TFRecordDataset,
    reader_args: Sequence[Any] | None = None,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    capacity: int = 10000,
) -> dict[str, tf.Tensor | tf.SparseTensor]:
    """Batches of features from files of `tf.train.Example`s.

    Args:
        file_pattern: A pattern of files, or a list of them.
        batch_size: Number of examples in a batch.
        features: Dict from names to `tf.io.FixedLenFeature`, `VarLenFeature`, ...
        reader: Class of the dataset of serialized examples.
        reader_args: List of further arguments of it.
        randomize_input: Whether to shuffle files and examples.
        num_epochs: Number of times to read the files; None: forever.
        capacity: Number of examples among which they are shuffled.

    Returns:
        Dict from names to Tensors or SparseTensors of the next batch, in the default graph.
    """
    dataset = v1.data.experimental.make_batched_features_dataset(
        file_pattern,
        batch_size,
        features,
        reader=reader,
        reader_args=reader_args,
        num_epochs=num_epochs,
        shuffle=randomize_input,
        shuffle_buffer_size=capacity,
    )
    return v1.data.make_one_shot_iterator(dataset).get_next()
