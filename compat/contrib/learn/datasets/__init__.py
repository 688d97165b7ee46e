"""The data sets of `tf.contrib.learn`, and functions that read such files.

Reproduces `tensorflow.contrib.learn.python.learn.datasets` of TF 1.15.
"""

from __future__ import annotations

from typing import Any

from estimator_heads.compat.contrib.learn.datasets.csv_files import Dataset, Datasets
from estimator_heads.compat.contrib.learn.datasets.mnist import load_mnist
from estimator_heads.compat.contrib.learn.datasets.small import load_boston, load_iris
from estimator_heads.compat.contrib.learn.datasets.synthetic import circles, spirals
from estimator_heads.compat.contrib.learn.datasets.text_datasets import load_dbpedia

DATASETS = {
    "iris": load_iris,
    "boston": load_boston,
    "mnist": load_mnist,
    "dbpedia": load_dbpedia,
}
SYNTHETIC = {"circles": circles, "spirals": spirals}


def load_dataset(
    name: str, size: str = "small", test_with_fake_data: bool = False
) -> Dataset | Datasets:
    """Loads a data set.

    Args:
        name: A key of `DATASETS`.
        size: "small" for every thousandth row of "dbpedia", otherwise all rows.
        test_with_fake_data: Whether to make a few rows up instead, for "dbpedia".

    Returns:
        A `Dataset`, or `Datasets`.

    Raises:
        ValueError: If there is no such data set.
    """
    load = _named(name, DATASETS)
    return load(size, test_with_fake_data) if load is load_dbpedia else load()


def make_dataset(
    name: str,
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = 42,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Makes a data set of points in the plane.

    Args:
        name: A key of `SYNTHETIC`.
        n_samples: Number of points.
        noise: Standard deviation of what is added to them; None for none.
        seed: Seed of NumPy's global random numbers.
        *args: Not of use; what they would stand for is given by name.
        **kwargs: Further arguments of the function that makes them.

    Returns:
        A `Dataset`.

    Raises:
        ValueError: If there is no such data set.
    """
    make = _named(name, SYNTHETIC)
    return make(*args, n_samples=n_samples, noise=noise, seed=seed, **kwargs)


def _named(name, functions):
    if name not in functions:
        raise ValueError(
            f"Invalid value for argument `name`. Expected one of {sorted(functions)}. Received: "
            f"name={name!r}."
        )
    return functions[name]
