"""`tensorflow_estimator.python.estimator.inputs`: how `numpy_io` and `pandas_io` name arrays."""

import collections
import uuid

import numpy as np

_TARGET_KEY = "__target_key__"
_DIRECT_FEATURE_KEY = "__direct_np_input__"


def _get_unique_target_key(features):
    """A key that is not among the features."""
    key = _TARGET_KEY
    while key in features:
        key += "_n"
    return key


def _get_unique_target_column(features, target_column_name):
    """A name that is not among the columns of a DataFrame: the one given, or a longer one."""
    if target_column_name not in features:
        return target_column_name
    return f"{target_column_name}_{uuid.uuid4()}"


def _validate_and_convert_features(x):
    """An array, or a dict of arrays, as a sorted `OrderedDict`."""
    if isinstance(x, np.ndarray):
        if not x.size:
            raise ValueError("Invalid value for argument `x`. Expected rows. Received none.")
        return collections.OrderedDict({_DIRECT_FEATURE_KEY: x})
    if not isinstance(x, dict):
        raise TypeError(
            "Invalid value for argument `x`. Expected a NumPy array or a dict of them. Received: "
            f"{x!r} of type {type(x).__name__}."
        )
    if not x:
        raise ValueError("Invalid value for argument `x`. Expected features. Received: x={}.")
    return collections.OrderedDict(sorted(x.items()))
