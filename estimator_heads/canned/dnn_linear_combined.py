"""DNNLinearCombined{Estimator,Classifier,Regressor}: a linear model and a deep one, added up."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

import tensorflow as tf

from estimator_heads import optimizers as train_ops
from estimator_heads.canned import arguments, dnn, linear, optimizers
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead
from estimator_heads.canned.summaries import add_activation_summary
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.heads import RegressionHead
from estimator_heads.heads.binary_or_multi_class import binary_or_multi_class_head
from estimator_heads.heads.tasks.arguments import SUM, SUM_OVER_BATCH_SIZE
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Activation, FeatureColumn, OptimizerOrName, Path, WeightColumn

DNN_LEARNING_RATE = 0.001


def linear_learning_rate(number_of_columns: int) -> float:
    """That of a linear optimizer given by name: less for many columns."""
    return min(0.005, 1.0 / math.sqrt(number_of_columns))


def _dnn_linear_combined_model_fn_v2(
    features,
    labels,
    mode,
    head,
    linear_feature_columns=None,
    linear_optimizer="Ftrl",
    dnn_feature_columns=None,
    dnn_optimizer="Adagrad",
    dnn_hidden_units=None,
    dnn_activation_fn=tf.nn.relu,
    dnn_dropout=None,
    config=None,
    batch_norm=False,
    linear_sparse_combiner="sum",
    loss_reduction=None,
):
    """The model_fn of the combined estimators; see `DNNLinearCombinedEstimator` for arguments."""
    del config
    arguments.check_features(features)
    check_columns_and_layers(linear_feature_columns, dnn_feature_columns, dnn_hidden_units)
    training = mode == ModeKeys.TRAIN
    parts, update_ops, optimizers_and_variables = [], [], []
    if dnn_feature_columns:
        if training:
            dnn_optimizer = optimizers.get_optimizer_instance_v2(dnn_optimizer, DNN_LEARNING_RATE)
        logits, variables, update_ops = dnn._dnn_model_fn_builder_v2(
            units=head.logits_dimension,
            hidden_units=dnn_hidden_units,
            feature_columns=dnn_feature_columns,
            activation_fn=dnn_activation_fn,
            dropout=dnn_dropout,
            batch_norm=batch_norm,
            features=features,
            mode=mode,
        )
        parts.append(logits)
        optimizers_and_variables.append((dnn_optimizer, variables))
    if linear_feature_columns:
        if training:
            linear_optimizer = optimizers.get_optimizer_instance_v2(
                linear_optimizer, linear_learning_rate(len(linear_feature_columns))
            )
        logits, variables = linear._linear_model_fn_builder_v2(
            units=head.logits_dimension,
            feature_columns=linear_feature_columns,
            sparse_combiner=linear_sparse_combiner,
            features=features,
        )
        add_activation_summary(logits, "linear")
        parts.append(logits)
        optimizers_and_variables.append((linear_optimizer, variables))

    def train_op_fn(loss):
        return train_ops.create_joint_train_op(
            loss,
            optimizers_and_variables,
            update_ops,
            averaged=(loss_reduction or getattr(head, "loss_reduction", None)) != SUM,
        )

    if training:
        optimizers.count_by_global_step(optimizers_and_variables[0][0])
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        labels=labels,
        train_op_fn=train_op_fn,
        logits=parts[0] if len(parts) == 1 else parts[0] + parts[1],
    )


def check_columns_and_layers(
    linear_feature_columns: Collection[FeatureColumn] | None,
    dnn_feature_columns: Collection[FeatureColumn] | None,
    dnn_hidden_units: Iterable[int] | None,
) -> None:
    """Raises ValueError unless there are columns, and hidden layers for those of the deep part."""
    if not linear_feature_columns and not dnn_feature_columns:
        raise ValueError(
            "Expected feature columns in one of the arguments `linear_feature_columns` and "
            "`dnn_feature_columns`, or in both. Received none."
        )
    if dnn_feature_columns and not dnn_hidden_units:
        raise ValueError(
            "Invalid value for argument `dnn_hidden_units`. Expected the sizes of the hidden "
            "layers, such as [64, 32], since there are dnn_feature_columns. Received: "
            f"{dnn_hidden_units!r}."
        )


class DNNLinearCombinedEstimator(Estimator):
    """A linear model and a deep neural network, jointly trained under any head ("wide and deep").

    Reproduces `tf.estimator.DNNLinearCombinedEstimator` of TF 2.15. The model is that of "Wide &
    Deep Learning for Recommender Systems" (Cheng et al., 2016, https://arxiv.org/abs/1606.07792).

    Args:
        head: A `Head`.
        model_dir: As for `Estimator`.
        linear_feature_columns: Columns of `tf.feature_column` for the linear part, dense or
            categorical.
        linear_optimizer: Optimizer of the linear part: "Adagrad", "Adam", "Ftrl", "RMSProp" or
            "SGD", with a learning rate of min(0.005, 1 / sqrt(number of columns)); an optimizer of
            any kind; or a function that returns one.
        dnn_feature_columns: Dense columns of `tf.feature_column` for the deep part.
        dnn_optimizer: As `linear_optimizer`, for the deep part, with a learning rate of 0.001.
        dnn_hidden_units: Sizes of the hidden layers, the input's side first.
        dnn_activation_fn: Function applied to the output of each hidden layer.
        dnn_dropout: Probability with which an output of a hidden layer is dropped in training; None
            for no dropout.
        config: A `RunConfig`.
        batch_norm: Whether to normalise the output of each hidden layer.
        linear_sparse_combiner: "sum", "mean" or "sqrtn": how the weights of a categorical column
            with several values for an example become one.

    Raises:
        ValueError: There are no columns, or a size in `dnn_hidden_units` is not an integer > 0.
    """

    def __init__(
        self,
        head: AnyHead,
        model_dir: Path | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: OptimizerOrName = "Ftrl",
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: OptimizerOrName = "Adagrad",
        dnn_hidden_units: Iterable[int] | None = None,
        dnn_activation_fn: Activation = tf.nn.relu,
        dnn_dropout: float | None = None,
        config: RunConfig | None = None,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = all_columns(linear_feature_columns, dnn_feature_columns)
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn_v2,
            head=head,
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config)


class DNNLinearCombinedClassifier(Estimator):
    """A linear model and a deep neural network, jointly trained to tell classes apart.

    Reproduces `tf.estimator.DNNLinearCombinedClassifier` of TF 2.15; see
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings; without it they are integers from
            0 to n_classes - 1.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.

    Raises:
        ValueError: There are no columns, a size in `dnn_hidden_units` is not an integer > 0, or the
            head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: OptimizerOrName = "Ftrl",
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: OptimizerOrName = "Adagrad",
        dnn_hidden_units: Iterable[int] | None = None,
        dnn_activation_fn: Activation = tf.nn.relu,
        dnn_dropout: float | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = all_columns(linear_feature_columns, dnn_feature_columns)
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn_v2,
            head=binary_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNLinearCombinedRegressor(Estimator):
    """A linear model and a deep neural network, jointly trained to predict numbers.

    Reproduces `tf.estimator.DNNLinearCombinedRegressor` of TF 2.15; see
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.

    Raises:
        ValueError: There are no columns, a size in `dnn_hidden_units` is not an integer > 0, or the
            head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: OptimizerOrName = "Ftrl",
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: OptimizerOrName = "Adagrad",
        dnn_hidden_units: Iterable[int] | None = None,
        dnn_activation_fn: Activation = tf.nn.relu,
        dnn_dropout: float | None = None,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = all_columns(linear_feature_columns, dnn_feature_columns)
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn_v2,
            head=RegressionHead(label_dimension, weight_column, loss_reduction),
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


def all_columns(
    linear_feature_columns: Collection[FeatureColumn] | None,
    dnn_feature_columns: Collection[FeatureColumn] | None,
) -> list[FeatureColumn]:
    """The columns of both parts in one list; ValueError if there are none."""
    columns = [*(linear_feature_columns or []), *(dnn_feature_columns or [])]
    if not columns:
        check_columns_and_layers(columns, columns, None)
    return columns


def checked_hidden_units(dnn_hidden_units: Iterable[int] | None) -> Iterable[int] | None:
    """The sizes of the hidden layers as integers, or what stands for none."""
    return dnn_hidden_units and arguments.checked_hidden_units(dnn_hidden_units, "dnn_hidden_units")
