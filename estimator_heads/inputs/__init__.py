"""Input functions for data in memory: `tf.compat.v1.estimator.inputs`."""

from estimator_heads.inputs.numpy_io import numpy_input_fn
from estimator_heads.inputs.pandas_io import pandas_input_fn

__all__ = ["numpy_input_fn", "pandas_input_fn"]
