"""`load_iris` and `load_boston`. The package has no data: scikit-learn or a file gives it."""

from __future__ import annotations

import numpy as np

from estimator_heads.compat.contrib.learn.datasets.csv_files import Dataset, load_csv_with_header
from estimator_heads.types import Path

# Where the file of the original and that of scikit-learn differ, {(row, feature): value}.
_IRIS_OF_THE_ORIGINAL = {(34, 3): 0.1, (37, 1): 3.1, (37, 2): 1.5}


def load_iris(data_path: Path | None = None) -> Dataset:
    """Fisher's irises: four measures of 150 flowers, of three species.

    Args:
        data_path: Path of a CSV file (see `load_csv_with_header`); None: those of scikit-learn.

    Returns:
        A `Dataset` of floats [150, 4] and ints [150].

    Raises:
        ImportError: If scikit-learn is needed, and not installed.
    """
    if data_path is not None:
        return load_csv_with_header(data_path, int, float)
    try:
        from sklearn import datasets
    except ImportError as error:
        raise ImportError(
            "load_iris() takes the data from scikit-learn, which is not installed. Install it with "
            "`pip install scikit-learn`, or pass the path of a CSV file as `data_path`."
        ) from error
    iris = datasets.load_iris()
    data = np.array(iris.data, float)
    for place, value in _IRIS_OF_THE_ORIGINAL.items():
        data[place] = value
    return Dataset(data, np.array(iris.target, int))


def load_boston(data_path: Path | None = None) -> Dataset:
    """Prices of houses in Boston, with 13 features.

    Args:
        data_path: Path of a CSV file (see `load_csv_with_header`).

    Returns:
        A `Dataset` of floats.

    Raises:
        FileNotFoundError: If no file is given. scikit-learn no longer has this data.
    """
    if data_path is None:
        raise FileNotFoundError(
            "load_boston() has no data of its own, and scikit-learn has removed it. Pass the path "
            "of a CSV file, such as the boston_house_prices.csv of TensorFlow 1.15 or of "
            "scikit-learn 1.1, as `data_path`."
        )
    return load_csv_with_header(data_path, float, float)
