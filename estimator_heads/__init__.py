"""estimator-heads: the heads, EstimatorSpec and Estimator of tf.estimator, on today's TensorFlow.

The public names are those of `tf.estimator` in TF 2.15; see there, or their docstrings here. They
are imported on first use, and TensorFlow with them: `python -m estimator_heads run` starts programs
that set up their environment before they import TensorFlow.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from estimator_heads import export
    from estimator_heads.compat.install import install, uninstall
    from estimator_heads.estimator import Estimator, RunConfig, VocabInfo, WarmStartSettings
    from estimator_heads.estimator.extenders import add_metrics
    from estimator_heads.heads import (
        BinaryClassHead,
        Head,
        LogisticRegressionHead,
        MultiClassHead,
        MultiHead,
        MultiLabelHead,
        PoissonRegressionHead,
        RegressionHead,
    )
    from estimator_heads.model_fn import EstimatorSpec, ModeKeys

__version__ = "0.1.0"

# The module that has each public name.
_HOMES = {
    "BinaryClassHead": "estimator_heads.heads",
    "Estimator": "estimator_heads.estimator",
    "EstimatorSpec": "estimator_heads.model_fn",
    "Head": "estimator_heads.heads",
    "LogisticRegressionHead": "estimator_heads.heads",
    "ModeKeys": "estimator_heads.model_fn",
    "MultiClassHead": "estimator_heads.heads",
    "MultiHead": "estimator_heads.heads",
    "MultiLabelHead": "estimator_heads.heads",
    "PoissonRegressionHead": "estimator_heads.heads",
    "RegressionHead": "estimator_heads.heads",
    "RunConfig": "estimator_heads.estimator",
    "VocabInfo": "estimator_heads.estimator",
    "WarmStartSettings": "estimator_heads.estimator",
    "add_metrics": "estimator_heads.estimator.extenders",
    "install": "estimator_heads.compat.install",
    "uninstall": "estimator_heads.compat.install",
}

__all__ = [
    "BinaryClassHead",
    "Estimator",
    "EstimatorSpec",
    "Head",
    "LogisticRegressionHead",
    "ModeKeys",
    "MultiClassHead",
    "MultiHead",
    "MultiLabelHead",
    "PoissonRegressionHead",
    "RegressionHead",
    "RunConfig",
    "VocabInfo",
    "WarmStartSettings",
    "add_metrics",
    "export",
    "install",
    "uninstall",
]

# What IPython asks a package for at `%load_ext estimator_heads`.
_IPYTHON_HOOKS = ("load_ipython_extension", "unload_ipython_extension")


def __getattr__(name):
    if name == "export":
        return importlib.import_module("estimator_heads.export")
    home = "estimator_heads.runner.ipython" if name in _IPYTHON_HOOKS else _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
