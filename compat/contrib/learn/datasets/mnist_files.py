"""The files of MNIST: a number that says of which kind it is, sizes, and bytes."""

from __future__ import annotations

import gzip
from typing import BinaryIO

import numpy as np

_IMAGES = 2051
_LABELS = 2049


def extract_images(f: BinaryIO) -> np.ndarray:
    """The images of a compressed file.

    Args:
        f: File object, with a `name`, opened for reading bytes.

    Returns:
        Array of uint8 [rows, height, width, 1].

    Raises:
        ValueError: If it is not a file of images.
    """
    pixels, shape = _read(f, _IMAGES, "images", dimensions=3)
    return pixels.reshape([*shape, 1])


def extract_labels(f: BinaryIO, one_hot: bool = False, num_classes: int = 10) -> np.ndarray:
    """The labels of a compressed file.

    Args:
        f: File object, with a `name`, opened for reading bytes.
        one_hot: Whether to return an array of 0 and 1 for each class.
        num_classes: Number of classes, for `one_hot`.

    Returns:
        Array of uint8 [rows], or of float64 [rows, num_classes].

    Raises:
        ValueError: If it is not a file of labels.
    """
    labels, _ = _read(f, _LABELS, "labels", dimensions=1)
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


def dense_to_one_hot(labels_dense: np.ndarray, num_classes: int) -> np.ndarray:
    """Arrays of 0, and 1 at the place of the label.

    Args:
        labels_dense: Array of integers with as many elements as rows.
        num_classes: Number of classes.

    Returns:
        Array of float64 [rows, num_classes].
    """
    one_hot = np.zeros([labels_dense.shape[0], num_classes])
    one_hot[np.arange(len(one_hot)), labels_dense.ravel()] = 1
    return one_hot


def _read(file, kind, what, dimensions):
    """The bytes of a file of a kind, and their shape."""
    print("Extracting", file.name)
    with gzip.GzipFile(fileobj=file) as content:
        found = int(np.frombuffer(content.read(4), ">u4")[0])
        if found != kind:
            raise ValueError(
                f"Expected a file of {what} as MNIST has them, which starts with {kind}. "
                f"Received: {file.name}, which starts with {found}."
            )
        shape = [int(size) for size in np.frombuffer(content.read(4 * dimensions), ">u4")]
        return np.frombuffer(content.read(int(np.prod(shape))), np.uint8), shape
