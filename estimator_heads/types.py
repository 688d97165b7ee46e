"""The types that signatures share.

Nothing checks them at run time: they are for readers and type checkers. Shapes and dtypes are in
the docstrings.
"""

import enum
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import tensorflow as tf

if TYPE_CHECKING:  # Importing them takes long.
    import keras
    import tf_keras

Tensor: TypeAlias = tf.Tensor | tf.SparseTensor | tf.RaggedTensor

# What TensorFlow makes a tensor of.
TensorLike: TypeAlias = (
    Tensor | tf.Variable | np.ndarray | np.generic | bool | float | str | bytes | Sequence[Any]
)

# Of a batch: one tensor, or many by name. Those of an Estimator may be any nested structure.
Features: TypeAlias = TensorLike | Mapping[str, Any]
Labels: TypeAlias = TensorLike | Mapping[str, Any]
Logits: TypeAlias = TensorLike | Mapping[str, Any]

# One or more names of predictions; those of a `MultiHead` are (name of the head, key).
PredictKeys: TypeAlias = str | Iterable[str | tuple[str, str]]

# What users hand in: functions that take any of the arguments that their callers offer.
InputFn: TypeAlias = Callable[..., Any]
ModelFn: TypeAlias = Callable[..., Any]
LossFn: TypeAlias = Callable[..., Any]
MetricFn: TypeAlias = Callable[..., Any]
TrainOpFn: TypeAlias = Callable[[Any], Any]
ServingInputReceiverFn: TypeAlias = Callable[..., Any]

Params: TypeAlias = Mapping[str, Any]
Path: TypeAlias = str | os.PathLike[str]

# A name of a feature, or a numeric column; TensorFlow has no public class of all columns.
FeatureColumn: TypeAlias = Any
WeightColumn: TypeAlias = str | FeatureColumn

# Of tf.compat.v1.train, tf_keras (new or legacy) or Keras 3: they have no class in common.
Optimizer: TypeAlias = Any
# What canned estimators take: also a name, or a function that makes one.
OptimizerOrName: TypeAlias = str | Optimizer | Callable[[], Optimizer]

# Of a layer: a function, its name, or None for none.
Activation: TypeAlias = Callable[[Any], Any] | str | None

# Of variables: `tf.compat.v1.variable_scope` takes these, `reuse` also `tf.compat.v1.AUTO_REUSE`.
Scope: TypeAlias = str | tf.compat.v1.VariableScope
Reuse: TypeAlias = bool | enum.Enum | None
Initializer: TypeAlias = Callable[..., Any]

KerasModel: TypeAlias = "keras.Model | tf_keras.Model"

Hooks: TypeAlias = Sequence[tf.compat.v1.train.SessionRunHook]

# Of heads; tf_keras is imported when the first one is made.
Metric: TypeAlias = "tf_keras.metrics.Metric"

# A protocol buffer, whose class has no public name.
SignatureDef: TypeAlias = Any
