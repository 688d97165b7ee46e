"""`Dataset`, and how it is read from CSV files."""

from __future__ import annotations

import csv
import os
from collections import namedtuple

import numpy as np
import tensorflow as tf
from numpy.typing import DTypeLike

from estimator_heads.types import Path

Dataset = namedtuple("Dataset", ["data", "target"])
Dataset.__doc__ = """Features and labels.

Attributes:
    data: Array of features [rows, ...].
    target: Array of labels [rows].
"""

Datasets = namedtuple("Datasets", ["train", "validation", "test"])
Datasets.__doc__ = """A data set in three parts, each of which may be None.

Attributes:
    train: What to train with.
    validation: What to choose models by.
    test: What to evaluate the chosen one with.
"""


def load_csv_with_header(
    filename: Path, target_dtype: DTypeLike, features_dtype: DTypeLike, target_column: int = -1
) -> Dataset:
    """Reads a CSV file whose first line starts with the numbers of rows and of features.

    Args:
        filename: Path of the file.
        target_dtype: NumPy dtype of the labels.
        features_dtype: NumPy dtype of the features.
        target_column: Index of the column of labels.

    Returns:
        A `Dataset`.

    Raises:
        ValueError: If the first line does not say so, or a field is not of the dtype.
        IndexError: If there are more rows than it says.
    """
    with tf.io.gfile.GFile(filename) as file:
        lines = csv.reader(file)
        n_rows, n_features = map(int, next(lines)[:2])
        data = np.zeros([n_rows, n_features], features_dtype)
        target = np.zeros([n_rows], target_dtype)
        for row, fields in enumerate(lines):
            target[row] = np.asarray(fields.pop(target_column), target_dtype)
            data[row] = np.asarray(fields, features_dtype)
    return Dataset(data, target)


def load_csv_without_header(
    filename: Path, target_dtype: DTypeLike, features_dtype: DTypeLike, target_column: int = -1
) -> Dataset:
    """Reads a CSV file all of whose lines are rows.

    Args:
        filename: Path of the file.
        target_dtype: NumPy dtype of the labels.
        features_dtype: NumPy dtype of the features.
        target_column: Index of the column of labels.

    Returns:
        A `Dataset`.
    """
    with tf.io.gfile.GFile(filename) as file:
        rows = list(csv.reader(file))
    target = [row.pop(target_column) for row in rows]
    data = [np.asarray(row, features_dtype) for row in rows]
    return Dataset(np.array(data), np.array(target, target_dtype))


def shrink_csv(filename: Path, ratio: int) -> None:
    """Writes every `ratio`-th line of a CSV file, from the first on, to another one.

    Args:
        filename: Path of the file; of "train.csv", the smaller one is "train_small.csv".
        ratio: Which lines.
    """
    with tf.io.gfile.GFile(filename) as file:
        rows = list(csv.reader(file))
    folder, name = os.path.split(filename)
    smaller = os.path.join(folder, name.replace(".", "_small."))
    with tf.io.gfile.GFile(smaller, "w") as file:
        csv.writer(file).writerows(rows[::ratio])
