"""LinearEstimator, LinearClassifier, LinearRegressor of TF1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.feature_columns import are_public_columns
from estimator_heads.canned import arguments
from estimator_heads.canned import linear as linear_of_tf2
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.sdca import LinearSDCA
from estimator_heads.canned.sdca import estimators as sdca_estimators
from estimator_heads.canned.specs import AnyHead
from estimator_heads.canned.summaries import add_weights_summaries
from estimator_heads.compat.canned_v1 import optimizers, partitioners
from estimator_heads.compat.canned_v1.partitioners import Partitioner
from estimator_heads.compat.sources import canned_head
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.types import FeatureColumn, OptimizerOrName, Path, WeightColumn

_LEARNING_RATE = linear_of_tf2.LEARNING_RATE
_SUM = tf.compat.v1.losses.Reduction.SUM


def linear_logit_fn_builder(
    units: int, feature_columns: Iterable[FeatureColumn], sparse_combiner: str = "sum"
) -> Callable[..., tf.Tensor]:
    """A function from features to the logits of a linear model, in the variable scope at hand.

    Args:
        units: Dimension of the logits; of a multi head, the sum of its heads' dimensions.
        feature_columns: Feature columns.
        sparse_combiner: "sum", "mean" or "sqrtn": how the weights of a categorical column with
            several values for an example become one.

    Returns:
        Function of `features` that returns a Tensor of shape [batch_size, units].
    """

    def linear_logit_fn(features):
        if are_public_columns(feature_columns):
            model = linear_of_tf2.new_model(units, feature_columns, sparse_combiner, "linear_model")
            return linear_of_tf2.summarized_logits(model, features)
        # The columns of tf.contrib.layers, and those of TF1's internals.
        variables: dict[Any, Any] = {}
        logits = tf.compat.v1.feature_column.linear_model(
            features, feature_columns, units, sparse_combiner, cols_to_vars=variables
        )
        bias = linear_of_tf2.variable_parts(variables.pop("bias"))
        add_weights_summaries(bias[0], linear_of_tf2.variable_parts(variables.values()))
        return logits

    return linear_logit_fn


def _linear_model_fn(
    features,
    labels,
    mode,
    head,
    feature_columns,
    optimizer,
    partitioner,
    config,
    sparse_combiner="sum",
):
    """The model_fn of TF1's linear estimators; see `LinearEstimator` for the arguments."""
    arguments.check_features(features)
    partitioner = partitioner or partitioners.input_layer_partitioner(config)
    with tf.compat.v1.variable_scope(
        "linear", values=tuple(features.values()), partitioner=partitioner
    ):
        if isinstance(optimizer, LinearSDCA):
            sdca_estimators.check_columns(feature_columns, sparse_combiner)
            return _sdca_model_fn(features, labels, mode, head, feature_columns, optimizer)
        logit_fn = linear_logit_fn_builder(head.logits_dimension, feature_columns, sparse_combiner)
        logits = logit_fn(features=features)
        optimizer = optimizers.get_optimizer_instance(
            optimizer or _get_default_optimizer(feature_columns), _LEARNING_RATE
        )
        return head.create_estimator_spec(
            features=features, mode=mode, labels=labels, optimizer=optimizer, logits=logits
        )


def _sdca_model_fn(features, labels, mode, head, feature_columns, optimizer):
    """The model_fn of linear estimators whose optimizer is a `LinearSDCA`.

    Heads may be TF1's or TF2's, which differ in the names of the variables.
    """
    if isinstance(head, canned_head._BinaryLogisticHeadWithSigmoidCrossEntropyLoss):
        loss_type = "logistic_loss"
    elif isinstance(head, canned_head._RegressionHeadWithMeanSquaredErrorLoss):
        loss_type = "squared_loss"
    else:
        return linear_of_tf2._sdca_model_fn(
            features, labels, mode, head, feature_columns, optimizer
        )
    sdca_estimators.check_head(head, loss_type)
    model = linear_of_tf2.new_model(1, feature_columns, "sum", "linear_model")
    logits = linear_of_tf2.summarized_logits(model, features)
    return sdca_estimators.create_estimator_spec(
        model, logits, features, labels, mode, head, feature_columns, optimizer, loss_type
    )


def _get_default_optimizer(feature_columns):
    learning_rate = linear_of_tf2.default_learning_rate(feature_columns)
    return optimizers.get_optimizer_instance("Ftrl", learning_rate)


class LinearEstimator(Estimator):
    """A linear model under any head. Reproduces `tf.estimator.LinearEstimator` of TF 1.15.

    Args:
        head: A head.
        feature_columns: Feature columns.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with a learning rate of 0.2; an
            optimizer; a function that returns one; or a `LinearSDCA`. None is "Ftrl" with a rate of
            min(0.2, 1 / sqrt(number of columns)).
        config: A `RunConfig`.
        partitioner: Partitioner of the variables; by default one that cuts large variables into
            parts for the parameter servers.
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
        partitioner: Partitioner | None = None,
        sparse_combiner: str = "sum",
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
    ) -> None:
        model_fn = bound_model_fn(
            _linear_model_fn,
            head=head,
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            partitioner=partitioner,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearClassifier(Estimator):
    """A linear model for classes. Reproduces `tf.estimator.LinearClassifier` of TF 1.15.

    See `LinearEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        partitioner: Partitioner | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        sparse_combiner: str = "sum",
    ) -> None:
        sdca_estimators.check_classifier(feature_columns, n_classes, optimizer, sparse_combiner)
        model_fn = bound_model_fn(
            _linear_model_fn,
            head=canned_head._binary_logistic_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            partitioner=partitioner,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearRegressor(Estimator):
    """A linear model for numbers. Reproduces `tf.estimator.LinearRegressor` of TF 1.15.

    See `LinearEstimator` for the arguments that are not here.

    Args:
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        partitioner: Partitioner | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        sparse_combiner: str = "sum",
    ) -> None:
        sdca_estimators.check_regressor(
            feature_columns, label_dimension, optimizer, sparse_combiner
        )
        model_fn = bound_model_fn(
            _linear_model_fn,
            head=canned_head._regression_head(
                label_dimension=label_dimension,
                weight_column=weight_column,
                loss_reduction=loss_reduction,
            ),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            partitioner=partitioner,
            sparse_combiner=sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)
