"""LinearEstimator, LinearClassifier, LinearRegressor: linear models over feature columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.canned import arguments, optimizers
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.sdca import LinearSDCA
from estimator_heads.canned.sdca import estimators as sdca_estimators
from estimator_heads.canned.specs import AnyHead, spec_of_head
from estimator_heads.canned.summaries import add_weights_summaries
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.heads import BinaryClassHead, RegressionHead
from estimator_heads.heads.binary_or_multi_class import binary_or_multi_class_head
from estimator_heads.heads.tasks.arguments import SUM_OVER_BATCH_SIZE
from estimator_heads.keys import ModeKeys
from estimator_heads.types import FeatureColumn, OptimizerOrName, Path, WeightColumn

if TYPE_CHECKING:
    from estimator_heads.canned.linear_model import LinearModel

LEARNING_RATE = 0.2


def default_learning_rate(feature_columns: Collection[FeatureColumn]) -> float:
    """That of an optimizer which is None: less for many columns."""
    return min(LEARNING_RATE, 1.0 / math.sqrt(len(feature_columns)))


def linear_logit_fn_builder_v2(
    units: int, feature_columns: Iterable[FeatureColumn], sparse_combiner: str = "sum"
) -> Callable[..., tf.Tensor]:
    """A function from features to the logits of a `LinearModel`.

    Args:
        units: Dimension of the logits; of a MultiHead, the sum of its heads' dimensions.
        feature_columns: Columns of `tf.feature_column`.
        sparse_combiner: "sum", "mean" or "sqrtn".

    Returns:
        Function of `features` that returns a Tensor of shape [batch_size, units].
    """

    def linear_logit_fn(features):
        arguments.check_columns_v2(feature_columns)
        model = new_model(units, feature_columns, sparse_combiner, "linear_model")
        return summarized_logits(model, features)

    return linear_logit_fn


def new_model(
    units: int, feature_columns: Iterable[FeatureColumn], sparse_combiner: str, name: str
) -> LinearModel:
    """A new `LinearModel`."""
    from estimator_heads.canned.linear_model import LinearModel  # Imports Keras.

    return LinearModel(feature_columns, units, sparse_combiner, name=name)


def summarized_logits(model: LinearModel, features: dict[str, Any]) -> tf.Tensor:
    """The logits of a `LinearModel`, whose weights are summarised for TensorBoard."""
    logits = model(features)
    bias = variable_parts(model.bias)
    weights = [variable for variable in model.variables if all(variable is not b for b in bias)]
    add_weights_summaries(bias[0], weights)
    return logits


def variable_parts(variables: tf.Variable | Iterable[Any]) -> list[tf.Variable]:
    """The variables in one variable or list, each in the parts that a partitioner cut it into."""
    if isinstance(variables, tf.Variable):
        return [variables]
    return [part for variable in variables for part in variable_parts(variable)]


def _linear_model_fn_builder_v2(units, feature_columns, sparse_combiner="sum", features=None):
    """The logits of a new `LinearModel`, and its variables."""
    arguments.check_columns_v2(feature_columns)
    model = new_model(units, feature_columns, sparse_combiner, "linear/linear_model")
    return summarized_logits(model, features), model.variables


def _linear_model_fn_v2(
    features, labels, mode, head, feature_columns, optimizer, config, sparse_combiner="sum"
):
    """The model_fn of the linear estimators; see `LinearEstimator` for the arguments."""
    del config
    arguments.check_features(features)
    if isinstance(optimizer, LinearSDCA):
        sdca_estimators.check_columns(feature_columns, sparse_combiner)
        return _sdca_model_fn(features, labels, mode, head, feature_columns, optimizer)
    logits, trainable_variables = _linear_model_fn_builder_v2(
        head.logits_dimension, feature_columns, sparse_combiner, features
    )
    if mode == ModeKeys.TRAIN:
        optimizer = optimizers.get_optimizer_instance_v2(
            optimizer or _get_default_optimizer_v2(feature_columns), LEARNING_RATE
        )
        optimizers.count_by_global_step(optimizer)
    return spec_of_head(
        head.create_estimator_spec,
        features=features,
        mode=mode,
        labels=labels,
        optimizer=optimizer,
        logits=logits,
        trainable_variables=trainable_variables,
    )


def _sdca_model_fn(features, labels, mode, head, feature_columns, optimizer):
    """The model_fn of the linear estimators whose optimizer is a `LinearSDCA`."""
    loss_type = None
    if isinstance(head, BinaryClassHead):
        loss_type = "logistic_loss"
    elif isinstance(head, RegressionHead):
        loss_type = "squared_loss"
    sdca_estimators.check_head(head, loss_type)
    assert loss_type is not None  # or check_head() has raised
    model = new_model(1, feature_columns, "sum", "linear/linear_model")
    logits = summarized_logits(model, features)
    return sdca_estimators.create_estimator_spec(
        model, logits, features, labels, mode, head, feature_columns, optimizer, loss_type
    )


def _get_default_optimizer_v2(feature_columns):
    return optimizers.get_optimizer_instance_v2("Ftrl", default_learning_rate(feature_columns))


class LinearEstimator(Estimator):
    """A linear model under any head. Reproduces `tf.estimator.LinearEstimator` of TF 2.15.

    Args:
        head: A `Head`.
        feature_columns: Columns of `tf.feature_column`, dense or categorical.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with a learning rate of 0.2; an
            optimizer of any kind; a function that returns one; or a `LinearSDCA`. None is "Ftrl"
            with a rate of min(0.2, 1 / sqrt(number of columns)).
        config: A `RunConfig`.
        sparse_combiner: "sum", "mean" or "sqrtn": how the weights of a categorical column with
            several values for an example become one.
        warm_start_from: As for `Estimator`.
    """

    def __init__(
        self,
        head: AnyHead,
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        optimizer: OptimizerOrName | LinearSDCA | None = "Ftrl",
        config: RunConfig | None = None,
        sparse_combiner: str = "sum",
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
    ) -> None:
        model_fn = bound_model_fn(
            _linear_model_fn_v2,
            head=head,
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearClassifier(Estimator):
    """A linear model for classes. Reproduces `tf.estimator.LinearClassifier` of TF 2.15.

    Args:
        feature_columns: As for `LinearEstimator`.
        model_dir: As for `Estimator`.
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings; without it they are integers from
            0 to n_classes - 1.
        optimizer: As for `LinearEstimator`.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        sparse_combiner: As for `LinearEstimator`.

    Raises:
        ValueError: The head or the optimizer refuses its arguments.
    """

    def __init__(
        self,
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        optimizer: OptimizerOrName | LinearSDCA | None = "Ftrl",
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        sparse_combiner: str = "sum",
    ) -> None:
        sdca_estimators.check_classifier(feature_columns, n_classes, optimizer, sparse_combiner)
        model_fn = bound_model_fn(
            _linear_model_fn_v2,
            head=binary_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearRegressor(Estimator):
    """A linear model for numbers. Reproduces `tf.estimator.LinearRegressor` of TF 2.15.

    Args:
        feature_columns: As for `LinearEstimator`.
        model_dir: As for `Estimator`.
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        optimizer: As for `LinearEstimator`.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        sparse_combiner: As for `LinearEstimator`.

    Raises:
        ValueError: The head or the optimizer refuses its arguments.
    """

    def __init__(
        self,
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        optimizer: OptimizerOrName | LinearSDCA | None = "Ftrl",
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        sparse_combiner: str = "sum",
    ) -> None:
        sdca_estimators.check_regressor(
            feature_columns, label_dimension, optimizer, sparse_combiner
        )
        model_fn = bound_model_fn(
            _linear_model_fn_v2,
            head=RegressionHead(label_dimension, weight_column, loss_reduction),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)
