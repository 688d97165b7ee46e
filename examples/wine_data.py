"""The wine recognition data set of scikit-learn as three tasks over shared features.

178 Italian wines of three cultivars, with thirteen chemical measurements each. Two measurements are
predicted, not used as inputs: they are removed from the features, so no label leaks through its own
column.

- `cultivar`: which of the three cultivars the wine comes from (string labels).
- `high_alcohol`: whether it has more than 13 % alcohol by volume (0 or 1).
- `proline`: its proline content in g/L (float).
"""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

CULTIVARS = ["class_0", "class_1", "class_2"]  # scikit-learn's names of the classes
HIGH_ALCOHOL = 13.0  # % by volume


class Split(NamedTuple):
    """Some of the wines: dicts of arrays, one row per wine."""

    features: dict[str, np.ndarray]
    labels: dict[str, np.ndarray]


def load_splits(seed: int) -> tuple[Split, Split]:
    """Returns the training wines (3 in 4) and the test wines, with the same mix of cultivars."""
    wine = load_wine()
    rows = np.arange(len(wine.target))
    train_rows, test_rows = train_test_split(
        rows, test_size=0.25, random_state=seed, stratify=wine.target
    )
    return _select(wine, train_rows), _select(wine, test_rows)


def _select(wine, rows: np.ndarray) -> Split:
    columns = dict(zip(wine.feature_names, wine.data[rows].T.astype(np.float32), strict=True))
    labels = {
        "cultivar": np.array(CULTIVARS)[wine.target[rows]],
        "high_alcohol": (columns.pop("alcohol") > HIGH_ALCOHOL).astype(np.int64),
        "proline": columns.pop("proline") / 1000,  # mg/L in the data set
    }
    # TensorFlow does not allow a slash in names: "od280/od315_of_diluted_wines" has one.
    features = {name.replace("/", "_"): values for name, values in columns.items()}
    return Split(features, labels)
