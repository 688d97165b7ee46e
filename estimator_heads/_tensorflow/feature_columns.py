"""What feature columns are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "for the feature columns of `tf.contrib`"
_LINEAR = "for the linear models of canned estimators"


def v1_feature_columns() -> ModuleType:
    """The module of the classes that `tf.compat.v1.feature_column.input_layer` checks for.

    The columns of tf.contrib were subclasses of these, which have no public name.
    """
    module = private_module("tensorflow.python.feature_column.feature_column", _PURPOSE)
    check_attributes(module, ["_CategoricalColumn", "_DenseColumn", "_LazyBuilder"], _PURPOSE)
    return module


def transformed_features(features: Mapping[str, Any]) -> Any:
    """A cache of what the columns of tf.feature_column make of `features`.

    `get_sequence_dense_tensor` of a column takes one, and nothing public makes one.
    """
    return _of_v2("FeatureTransformationCache", _PURPOSE)(features)


def are_public_columns(columns: Iterable[Any]) -> bool:
    """Whether all columns are of `tf.feature_column`, rather than of TensorFlow 1's internals.

    The classes of both have no public names.
    """
    return _of_v2("is_feature_column_v2", "to tell kinds of feature columns apart")(columns)


def is_categorical(column: Any) -> bool:
    """Whether it is a categorical column of `tf.feature_column`, whose class is not public."""
    return isinstance(column, _of_v2("CategoricalColumn", _LINEAR))


def is_dense(column: Any) -> bool:
    """Whether it is a dense column of `tf.feature_column`, whose class is not public."""
    return isinstance(column, _of_v2("DenseColumn", _LINEAR))


def sorted_columns(columns: Iterable[Any]) -> list[Any]:
    """The columns in the order of their names, checked: the order in which layers build them."""
    return _of_v2("_normalize_feature_columns", _LINEAR)(columns)


def scope_name(column: Any) -> str:
    """The variable scope that checkpoints have for a column."""
    return _of_v2("_sanitize_column_name_for_variable_scope", _LINEAR)(column.name)


def state_manager(layer: Any, trainable: bool) -> Any:
    """What columns make their variables with, for a layer; nothing public makes one."""
    return _of_v2("_StateManagerImpl", _LINEAR)(layer, trainable)


def weighted_sum(
    column: Any, transformed: Any, state: Any, sparse_combiner: str, weights: tf.Variable
) -> tf.Tensor:
    """The product of a column with its weights, of shape [batch_size, units].

    The public `linear_model` does it too, but with variables of its own.

    Args:
        column: A dense or categorical column.
        transformed: What `transformed_features` returned.
        state: What `state_manager` returned.
        sparse_combiner: "sum", "mean" or "sqrtn".
        weights: Variable of shape [rows of the column, units].
    """
    return _of_v2("_create_weighted_sum", _LINEAR)(
        column=column,
        transformation_cache=transformed,
        state_manager=state,
        sparse_combiner=sparse_combiner,
        weight_var=weights,
    )


def check_batch_sizes(tensors: Sequence[tf.Tensor], columns: Sequence[Any]) -> None:
    """Raises ValueError if the columns are known to have batches of different sizes."""
    _of_v2("_verify_static_batch_size_equality", _LINEAR)(tensors, columns)


def _of_v2(name, purpose):
    module = private_module("tensorflow.python.feature_column.feature_column_v2", purpose)
    check_attributes(module, [name], purpose)
    return getattr(module, name)
