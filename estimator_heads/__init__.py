"""estimator-heads: the heads, EstimatorSpec and Estimator of tf.estimator, on today's TensorFlow.

The public names are those of `tf.estimator` in TF 2.15; see its documentation, or the docstrings
here. They are imported on first use, and TensorFlow with them: `python -m estimator_heads run`
starts programs that set up their environment before they import TensorFlow.
"""

import importlib

# For type checkers, which know it by its name. An import of typing.TYPE_CHECKING would run a
# typing.py of the folder in which `python -m estimator_heads` is started.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from estimator_heads import experimental, export, inputs, tpu
    from estimator_heads import keras as keras
    from estimator_heads.canned import (
        BaselineClassifier,
        BaselineEstimator,
        BaselineRegressor,
        DNNClassifier,
        DNNEstimator,
        DNNLinearCombinedClassifier,
        DNNLinearCombinedEstimator,
        DNNLinearCombinedRegressor,
        DNNRegressor,
        LinearClassifier,
        LinearEstimator,
        LinearRegressor,
    )
    from estimator_heads.compat.install import install, uninstall
    from estimator_heads.estimator import Estimator, RunConfig, VocabInfo, WarmStartSettings
    from estimator_heads.estimator.extenders import add_metrics
    from estimator_heads.estimator.hooks.progress import ProgressBarHook
    from estimator_heads.estimator.hooks.stop_on_signal import StopOnSignalHook
    from estimator_heads.estimator.schedule.exporters import (
        BestExporter,
        Exporter,
        FinalExporter,
        LatestExporter,
    )
    from estimator_heads.estimator.schedule.specs import EvalSpec, TrainSpec
    from estimator_heads.estimator.schedule.train_and_evaluate import train_and_evaluate
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
    from estimator_heads.hooks import (
        CheckpointSaverHook,
        CheckpointSaverListener,
        FeedFnHook,
        FinalOpsHook,
        GlobalStepWaiterHook,
        LoggingTensorHook,
        NanLossDuringTrainingError,
        NanTensorHook,
        ProfilerHook,
        SecondOrStepTimer,
        SessionRunArgs,
        SessionRunContext,
        SessionRunHook,
        SessionRunValues,
        StepCounterHook,
        StopAtStepHook,
        SummarySaverHook,
    )
    from estimator_heads.keys import ModeKeys
    from estimator_heads.model_fn import EstimatorSpec
    from estimator_heads.parsing import (
        classifier_parse_example_spec,
        regressor_parse_example_spec,
    )

__version__ = "0.1.0"

# The module that has each public name.
_HOMES = {
    "BaselineClassifier": "estimator_heads.canned",
    "BaselineEstimator": "estimator_heads.canned",
    "BaselineRegressor": "estimator_heads.canned",
    "BestExporter": "estimator_heads.estimator.schedule.exporters",
    "BinaryClassHead": "estimator_heads.heads",
    "CheckpointSaverHook": "estimator_heads.hooks",
    "CheckpointSaverListener": "estimator_heads.hooks",
    "DNNClassifier": "estimator_heads.canned",
    "DNNEstimator": "estimator_heads.canned",
    "DNNLinearCombinedClassifier": "estimator_heads.canned",
    "DNNLinearCombinedEstimator": "estimator_heads.canned",
    "DNNLinearCombinedRegressor": "estimator_heads.canned",
    "DNNRegressor": "estimator_heads.canned",
    "Estimator": "estimator_heads.estimator",
    "EstimatorSpec": "estimator_heads.model_fn",
    "EvalSpec": "estimator_heads.estimator.schedule.specs",
    "Exporter": "estimator_heads.estimator.schedule.exporters",
    "FeedFnHook": "estimator_heads.hooks",
    "FinalExporter": "estimator_heads.estimator.schedule.exporters",
    "FinalOpsHook": "estimator_heads.hooks",
    "GlobalStepWaiterHook": "estimator_heads.hooks",
    "Head": "estimator_heads.heads",
    "LatestExporter": "estimator_heads.estimator.schedule.exporters",
    "LinearClassifier": "estimator_heads.canned",
    "LinearEstimator": "estimator_heads.canned",
    "LinearRegressor": "estimator_heads.canned",
    "LoggingTensorHook": "estimator_heads.hooks",
    "LogisticRegressionHead": "estimator_heads.heads",
    "ModeKeys": "estimator_heads.keys",
    "MultiClassHead": "estimator_heads.heads",
    "MultiHead": "estimator_heads.heads",
    "MultiLabelHead": "estimator_heads.heads",
    "NanLossDuringTrainingError": "estimator_heads.hooks",
    "NanTensorHook": "estimator_heads.hooks",
    "PoissonRegressionHead": "estimator_heads.heads",
    "ProfilerHook": "estimator_heads.hooks",
    "ProgressBarHook": "estimator_heads.estimator.hooks.progress",
    "RegressionHead": "estimator_heads.heads",
    "RunConfig": "estimator_heads.estimator",
    "SecondOrStepTimer": "estimator_heads.hooks",
    "SessionRunArgs": "estimator_heads.hooks",
    "SessionRunContext": "estimator_heads.hooks",
    "SessionRunHook": "estimator_heads.hooks",
    "SessionRunValues": "estimator_heads.hooks",
    "StepCounterHook": "estimator_heads.hooks",
    "StopAtStepHook": "estimator_heads.hooks",
    "StopOnSignalHook": "estimator_heads.estimator.hooks.stop_on_signal",
    "SummarySaverHook": "estimator_heads.hooks",
    "TrainSpec": "estimator_heads.estimator.schedule.specs",
    "VocabInfo": "estimator_heads.estimator",
    "WarmStartSettings": "estimator_heads.estimator",
    "add_metrics": "estimator_heads.estimator.extenders",
    "classifier_parse_example_spec": "estimator_heads.parsing",
    "install": "estimator_heads.compat.install",
    "regressor_parse_example_spec": "estimator_heads.parsing",
    "train_and_evaluate": "estimator_heads.estimator.schedule.train_and_evaluate",
    "uninstall": "estimator_heads.compat.install",
}

__all__ = [
    "BaselineClassifier",
    "BaselineEstimator",
    "BaselineRegressor",
    "BestExporter",
    "BinaryClassHead",
    "CheckpointSaverHook",
    "CheckpointSaverListener",
    "DNNClassifier",
    "DNNEstimator",
    "DNNLinearCombinedClassifier",
    "DNNLinearCombinedEstimator",
    "DNNLinearCombinedRegressor",
    "DNNRegressor",
    "Estimator",
    "EstimatorSpec",
    "EvalSpec",
    "Exporter",
    "FeedFnHook",
    "FinalExporter",
    "FinalOpsHook",
    "GlobalStepWaiterHook",
    "Head",
    "LatestExporter",
    "LinearClassifier",
    "LinearEstimator",
    "LinearRegressor",
    "LoggingTensorHook",
    "LogisticRegressionHead",
    "ModeKeys",
    "MultiClassHead",
    "MultiHead",
    "MultiLabelHead",
    "NanLossDuringTrainingError",
    "NanTensorHook",
    "PoissonRegressionHead",
    "ProfilerHook",
    "ProgressBarHook",
    "RegressionHead",
    "RunConfig",
    "SecondOrStepTimer",
    "SessionRunArgs",
    "SessionRunContext",
    "SessionRunHook",
    "SessionRunValues",
    "StepCounterHook",
    "StopAtStepHook",
    "StopOnSignalHook",
    "SummarySaverHook",
    "TrainSpec",
    "VocabInfo",
    "WarmStartSettings",
    "add_metrics",
    "classifier_parse_example_spec",
    "experimental",
    "export",
    "inputs",
    "install",
    "regressor_parse_example_spec",
    "tpu",
    "train_and_evaluate",
    "uninstall",
]

# `keras` is not in `__all__`: programs import another one under this name.
_MODULES = ("experimental", "export", "inputs", "keras", "tpu")

# What IPython asks a package for at `%load_ext estimator_heads`.
_IPYTHON_HOOKS = ("load_ipython_extension", "unload_ipython_extension")


# Type checkers would take any name for one that is there.
if not TYPE_CHECKING:

    def __getattr__(name):
        if name in _MODULES:
            return importlib.import_module(f"estimator_heads.{name}")
        home = "estimator_heads.runner.ipython" if name in _IPYTHON_HOOKS else _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(home), name)
        globals()[name] = value
        return value


def __dir__():
    return sorted({*globals(), *__all__})
