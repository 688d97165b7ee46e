"""DNNLinearCombined{Estimator,Classifier,Regressor} of TF1."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import tensorflow as tf

from estimator_heads import optimizers as train_ops
from estimator_heads.canned import arguments
from estimator_heads.canned import dnn_linear_combined as combined_of_tf2
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead
from estimator_heads.canned.summaries import add_activation_summary
from estimator_heads.compat.canned_v1 import dnn, linear, optimizers, partitioners
from estimator_heads.compat.canned_v1.partitioners import Partitioner
from estimator_heads.compat.sources import canned_head
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.types import Activation, FeatureColumn, OptimizerOrName, Path, WeightColumn

_DNN_LEARNING_RATE = combined_of_tf2.DNN_LEARNING_RATE
_SUM = tf.compat.v1.losses.Reduction.SUM


def _dnn_linear_combined_model_fn(
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
    input_layer_partitioner=None,
    config=None,
    batch_norm=False,
    linear_sparse_combiner="sum",
):
    """The model_fn of TF1's combined estimators; see `DNNLinearCombinedEstimator`."""
    arguments.check_features(features)
    combined_of_tf2.check_columns_and_layers(
        linear_feature_columns, dnn_feature_columns, dnn_hidden_units
    )
    input_layer_partitioner = input_layer_partitioner or partitioners.input_layer_partitioner(
        config
    )
    parts, optimizers_and_scopes = [], []
    if dnn_feature_columns:
        dnn_optimizer = _checked_optimizer(dnn_optimizer, _DNN_LEARNING_RATE)
        with tf.compat.v1.variable_scope(
            "dnn",
            values=tuple(features.values()),
            partitioner=partitioners.hidden_layers_partitioner(config),
        ) as scope:
            logit_fn = dnn.dnn_logit_fn_builder(
                units=head.logits_dimension,
                hidden_units=dnn_hidden_units,
                feature_columns=dnn_feature_columns,
                activation_fn=dnn_activation_fn,
                dropout=dnn_dropout,
                batch_norm=batch_norm,
                input_layer_partitioner=input_layer_partitioner,
            )
            parts.append(logit_fn(features=features, mode=mode))
        optimizers_and_scopes.append((dnn_optimizer, scope.name))
    if linear_feature_columns:
        learning_rate = combined_of_tf2.linear_learning_rate(len(linear_feature_columns))
        linear_optimizer = _checked_optimizer(linear_optimizer, learning_rate)
        with tf.compat.v1.variable_scope(
            "linear", values=tuple(features.values()), partitioner=input_layer_partitioner
        ) as scope:
            logit_fn = linear.linear_logit_fn_builder(
                units=head.logits_dimension,
                feature_columns=linear_feature_columns,
                sparse_combiner=linear_sparse_combiner,
            )
            parts.append(logit_fn(features=features))
            add_activation_summary(parts[-1], scope.name)
        optimizers_and_scopes.append((linear_optimizer, scope.name))

    def train_op_fn(loss):
        return train_ops.create_joint_train_op(
            loss, [(optimizer, _variables(scope)) for optimizer, scope in optimizers_and_scopes]
        )

    return head.create_estimator_spec(
        features=features,
        mode=mode,
        labels=labels,
        train_op_fn=train_op_fn,
        logits=parts[0] if len(parts) == 1 else parts[0] + parts[1],
    )


def _init_dnn_linear_combined_estimator(
    head,
    linear_feature_columns,
    linear_optimizer,
    dnn_feature_columns,
    dnn_optimizer,
    dnn_hidden_units,
    dnn_activation_fn,
    dnn_dropout,
    input_layer_partitioner,
    linear_sparse_combiner,
):
    """All feature columns of a DNNLinearCombined estimator, and its model_fn."""

    def model_fn(features, labels, mode, config):
        return _dnn_linear_combined_model_fn(
            features,
            labels,
            mode,
            head,
            linear_feature_columns=linear_feature_columns or [],
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns or [],
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=dnn_hidden_units,
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            input_layer_partitioner=input_layer_partitioner,
            config=config,
            linear_sparse_combiner=linear_sparse_combiner,
        )

    return combined_of_tf2.all_columns(linear_feature_columns, dnn_feature_columns), model_fn


def _checked_optimizer(optimizer, learning_rate):
    optimizer = optimizers.get_optimizer_instance(optimizer, learning_rate)
    _check_no_sync_replicas_optimizer(optimizer)
    return optimizer


def _check_no_sync_replicas_optimizer(optimizer):
    if isinstance(optimizer, tf.compat.v1.train.SyncReplicasOptimizer):
        raise ValueError(
            "Invalid value for argument `optimizer`. A DNNLinearCombined estimator has two "
            "optimizers, and a SyncReplicasOptimizer does not work with another one: use a DNN or "
            f"a Linear estimator. Received: {optimizer!r}."
        )


def _variables(scope):
    return tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.TRAINABLE_VARIABLES, scope=scope)


class DNNLinearCombinedEstimator(Estimator):
    """A linear model and a deep neural network, jointly trained under any head.

    Reproduces `tf.estimator.DNNLinearCombinedEstimator` of TF 1.15.

    Args:
        head: A head.
        model_dir: As for `Estimator`.
        linear_feature_columns: Feature columns for the linear part.
        linear_optimizer: Optimizer of the linear part: "Adagrad", "Adam", "Ftrl", "RMSProp" or
            "SGD", with a learning rate of min(0.005, 1 / sqrt(number of columns)); an optimizer; or
            a function that returns one.
        dnn_feature_columns: Dense feature columns for the deep part.
        dnn_optimizer: As `linear_optimizer`, for the deep part, with a learning rate of 0.001.
        dnn_hidden_units: Sizes of the hidden layers, the input's side first.
        dnn_activation_fn: Function applied to the output of each hidden layer.
        dnn_dropout: Probability of dropping an output of a hidden layer in training, or None.
        input_layer_partitioner: Partitioner of the variables of columns; by default one that cuts
            large variables into parts for the parameter servers.
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
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = combined_of_tf2.all_columns(
            linear_feature_columns, dnn_feature_columns
        )
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn,
            head=head,
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=combined_of_tf2.checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config)


class DNNLinearCombinedClassifier(Estimator):
    """A linear model and a deep neural network, jointly trained to tell classes apart.

    Reproduces `tf.estimator.DNNLinearCombinedClassifier` of TF 1.15; see
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = combined_of_tf2.all_columns(
            linear_feature_columns, dnn_feature_columns
        )
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn,
            head=canned_head._binary_logistic_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=combined_of_tf2.checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNLinearCombinedRegressor(Estimator):
    """A linear model and a deep neural network, jointly trained to predict numbers.

    Reproduces `tf.estimator.DNNLinearCombinedRegressor` of TF 1.15; see
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        batch_norm: bool = False,
        linear_sparse_combiner: str = "sum",
    ) -> None:
        self._feature_columns = combined_of_tf2.all_columns(
            linear_feature_columns, dnn_feature_columns
        )
        model_fn = bound_model_fn(
            _dnn_linear_combined_model_fn,
            head=canned_head._regression_head(
                label_dimension=label_dimension,
                weight_column=weight_column,
                loss_reduction=loss_reduction,
            ),
            linear_feature_columns=linear_feature_columns,
            linear_optimizer=linear_optimizer,
            dnn_feature_columns=dnn_feature_columns,
            dnn_optimizer=dnn_optimizer,
            dnn_hidden_units=combined_of_tf2.checked_hidden_units(dnn_hidden_units),
            dnn_activation_fn=dnn_activation_fn,
            dnn_dropout=dnn_dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
            linear_sparse_combiner=linear_sparse_combiner,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)
