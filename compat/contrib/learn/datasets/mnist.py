"""`read_data_sets` of MNIST: four files, and sets of their images and labels.

Reproduces `tensorflow.contrib.learn.python.learn.datasets.mnist` of TF 1.15.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.datasets.csv_files import Datasets
from estimator_heads.compat.contrib.learn.datasets.downloads import maybe_download
from estimator_heads.compat.contrib.learn.datasets.image_batches import DataSet
from estimator_heads.compat.contrib.learn.datasets.mnist_files import extract_images, extract_labels
from estimator_heads.types import Path

DEFAULT_SOURCE_URL = "https://storage.googleapis.com/cvdf-datasets/mnist/"


def read_data_sets(
    train_dir: Path,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: Any = tf.float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str = DEFAULT_SOURCE_URL,
) -> Datasets:
    """Reads MNIST, or another data set in files of that kind; downloads those that are not there.

    Args:
        train_dir: Folder of the files "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz" and "t10k-labels-idx1-ubyte.gz".
        fake_data: Whether to make images up instead, of which one calls `next_batch(..., True)`.
        one_hot: Whether labels are arrays [rows, 10] rather than [rows].
        dtype: tf.float32 for images in [0, 1], tf.uint8 for those in [0, 255].
        reshape: Whether images are [rows, pixels] rather than [rows, height, width, 1].
        validation_size: How many of the images to train with are set aside.
        seed: Seed of the random order of batches.
        source_url: URL of the folder to download from, with a slash at its end.

    Returns:
        `Datasets` of three `DataSet`s.

    Raises:
        ValueError: If `validation_size` is more than there are, or a file is of another kind.
        OSError: If a file cannot be downloaded.
    """
    if fake_data:
        made_up = [
            DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed)
            for _ in Datasets._fields
        ]
        return Datasets(*made_up)

    def read(name, extract, **options):
        path = maybe_download(name, train_dir, (source_url or DEFAULT_SOURCE_URL) + name)
        with tf.io.gfile.GFile(path, "rb") as file:
            return extract(file, **options)

    images = read("train-images-idx3-ubyte.gz", extract_images)
    labels = read("train-labels-idx1-ubyte.gz", extract_labels, one_hot=one_hot)
    test_images = read("t10k-images-idx3-ubyte.gz", extract_images)
    test_labels = read("t10k-labels-idx1-ubyte.gz", extract_labels, one_hot=one_hot)
    if not 0 <= validation_size <= len(images):
        raise ValueError(
            f"Invalid value for argument `validation_size`. Expected a number from 0 to "
            f"{len(images)}, of the images to train with. Received: "
            f"validation_size={validation_size!r}."
        )
    options = {"dtype": dtype, "reshape": reshape, "seed": seed}
    return Datasets(
        train=DataSet(images[validation_size:], labels[validation_size:], **options),
        validation=DataSet(images[:validation_size], labels[:validation_size], **options),
        test=DataSet(test_images, test_labels, **options),
    )


def load_mnist(train_dir: Path = "MNIST-data") -> Datasets:
    """MNIST in `train_dir`; see `read_data_sets`."""
    return read_data_sets(train_dir)
