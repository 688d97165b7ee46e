"""`DataSet`, which hands out batches of images and labels."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

_PIXELS = 784


class DataSet:
    """Images and labels in batches, over and over.

    Args:
        images: Array of uint8 [rows, height, width, 1].
        labels: Array [rows, ...].
        fake_data: Whether there are none; `next_batch` is then to be called with it too.
        one_hot: Whether labels of fake data are lists of 10.
        dtype: tf.float32 for images in [0, 1], or tf.uint8.
        reshape: Whether to flatten each image.
        seed: Seed of NumPy's global random numbers; None: that of TensorFlow, if it is set.

    Raises:
        TypeError: If `dtype` is neither.
        AssertionError: If there are not as many labels as images, or images have colors.
    """

    def __init__(
        self,
        images: np.ndarray | list[Any],
        labels: np.ndarray | list[Any],
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: Any = tf.float32,
        reshape: bool = True,
        seed: int | None = None,
    ) -> None:
        graph_seed, op_seed = tf.compat.v1.get_seed(seed)
        np.random.seed(graph_seed if seed is None else op_seed)
        dtype = tf.as_dtype(dtype).base_dtype
        if dtype not in (tf.uint8, tf.float32):
            raise TypeError(
                "Invalid value for argument `dtype`. Expected tf.uint8 or tf.float32. Received: "
                f"dtype={dtype!r}."
            )
        self._num_examples = 10000
        if fake_data:
            self.one_hot = one_hot
        else:
            self._num_examples = len(images)
            images = _prepared(images, labels, dtype, reshape)
        self._images = images
        self._labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def images(self) -> Any:
        """All images, in the order of the epoch."""
        return self._images

    @property
    def labels(self) -> Any:
        """All labels, in the order of the epoch."""
        return self._labels

    @property
    def num_examples(self) -> int:
        """Number of images."""
        return self._num_examples

    @property
    def epochs_completed(self) -> int:
        """How often all images have been handed out."""
        return self._epochs_completed

    def next_batch(
        self, batch_size: int, fake_data: bool = False, shuffle: bool = True
    ) -> tuple[Any, Any]:
        """The next images and labels; at the end of an epoch, it goes on with the next one.

        Args:
            batch_size: How many; no more than there are.
            fake_data: Whether to make them up.
            shuffle: Whether to start each epoch in a new random order.

        Returns:
            Tuple of images and labels.
        """
        if fake_data:
            label = [1] + [0] * 9 if self.one_hot else 0
            return [[1] * _PIXELS] * batch_size, [label] * batch_size
        start = self._index_in_epoch
        if start == 0 and self._epochs_completed == 0 and shuffle:
            self._shuffle()
        end = start + batch_size
        if end <= self._num_examples:
            self._index_in_epoch = end
            return self._images[start:end], self._labels[start:end]
        last_images, last_labels = self._images[start:], self._labels[start:]
        self._epochs_completed += 1
        self._index_in_epoch = end - self._num_examples
        if shuffle:
            self._shuffle()
        return (
            np.concatenate([last_images, self._images[: self._index_in_epoch]]),
            np.concatenate([last_labels, self._labels[: self._index_in_epoch]]),
        )

    def _shuffle(self):
        order = np.arange(self._num_examples)
        np.random.shuffle(order)
        self._images = self._images[order]
        self._labels = self._labels[order]


def _prepared(images, labels, dtype, reshape):
    assert images.shape[0] == labels.shape[0], (
        f"`images` and `labels` must have as many rows. Received: images of shape {images.shape}, "
        f"labels of shape {labels.shape}."
    )
    if reshape:
        assert images.shape[3] == 1, (
            "With reshape=True, `images` must be of shape [rows, height, width, 1]. Received: "
            f"images of shape {images.shape}."
        )
        images = images.reshape(images.shape[0], images.shape[1] * images.shape[2])
    if dtype == tf.float32:
        images = images.astype(np.float32) * np.float32(1.0 / 255.0)
    return images
