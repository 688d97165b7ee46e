"""DBpedia: titles and first sentences of articles, of 14 classes.

Reproduces `tensorflow.contrib.learn.python.learn.datasets.text_datasets` of TF 1.15.
"""

from __future__ import annotations

import os
import tarfile
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.datasets.csv_files import (
    Dataset,
    Datasets,
    load_csv_without_header,
    shrink_csv,
)
from estimator_heads.compat.contrib.learn.datasets.downloads import maybe_download
from estimator_heads.types import Path

DBPEDIA_URL = "https://github.com/le-scientifique/torchDatasets/raw/master/dbpedia_csv.tar.gz"

_FAKE_TRAIN = [
    (1, "Acme", "Acme makes anvils."),
    (2, "Ada Lovelace", "Ada Lovelace wrote about the Analytical Engine."),
    (3, "Nature", "Nature appears once a week."),
]
_FAKE_TEST = [(2, "Grace Hopper", "Grace Hopper wrote a compiler.")]


def maybe_download_dbpedia(data_dir: Path) -> None:
    """Downloads and unpacks DBpedia, unless its files are there.

    Args:
        data_dir: Folder in which "dbpedia_csv/train.csv" and "dbpedia_csv/test.csv" are to be.

    Raises:
        OSError: If it cannot be downloaded.
    """
    files = [os.path.join(data_dir, "dbpedia_csv", name) for name in ("train.csv", "test.csv")]
    if not all(map(tf.io.gfile.exists, files)):
        path = maybe_download("dbpedia_csv.tar.gz", data_dir, DBPEDIA_URL)
        with tarfile.open(path) as archive:
            # Only what stays inside the folder. Early releases of Python 3.10 and 3.11 cannot tell.
            safe: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            archive.extractall(data_dir, **safe)


def load_dbpedia(size: str = "small", test_with_fake_data: bool = False) -> Datasets:
    """DBpedia, from the folder "dbpedia_data" in that of the environment variable TF_EXP_BASE_DIR.

    Args:
        size: "small" for every thousandth row, otherwise all rows.
        test_with_fake_data: Whether to make a few rows up instead.

    Returns:
        `Datasets` without a part for validation.

    Raises:
        OSError: If it is not there, and cannot be downloaded.
    """
    if test_with_fake_data:
        return Datasets(train=_dataset(_FAKE_TRAIN), validation=None, test=_dataset(_FAKE_TEST))
    data_dir = os.path.join(os.getenv("TF_EXP_BASE_DIR", ""), "dbpedia_data")
    maybe_download_dbpedia(data_dir)
    parts = {}
    for name in ("train", "test"):
        path = os.path.join(data_dir, "dbpedia_csv", f"{name}.csv")
        if size == "small":
            shrink_csv(path, 1000)
            path = path.replace(f"{name}.csv", f"{name}_small.csv")
        parts[name] = load_csv_without_header(path, np.int32, np.str_, target_column=0)
    return Datasets(validation=None, **parts)


def _dataset(rows):
    return Dataset(
        data=np.array([fields for _, *fields in rows], np.str_),
        target=np.array([label for label, *_ in rows], np.int32),
    )
