"""DNNLinearCombined{Classifier,Regressor,Estimator} of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.canned.linear import default_learning_rate
from estimator_heads.canned.summaries import add_activation_summary
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.learn.estimators import canned_models
from estimator_heads.compat.contrib.learn.estimators.canned_calls import (
    CannedClassifier,
    ScoringRegressor,
)
from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.heads import factories
from estimator_heads.compat.contrib.learn.heads.head import Head
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import FeatureColumn, Optimizer, Path

_DNN_LEARNING_RATE = 0.05

_get_feature_dict = canned_models.feature_dict
_get_optimizer = canned_models.given_optimizer


def _check_no_sync_replicas_optimizer(optimizer):
    """Raises ValueError for an optimizer that does not work beside another one."""
    if isinstance(optimizer, tf.compat.v1.train.SyncReplicasOptimizer):
        raise ValueError(
            "Invalid value for argument `dnn_optimizer` or `linear_optimizer`. A combined model "
            "has two optimizers, and a SyncReplicasOptimizer does not work with another one: use a "
            f"DNN or a Linear estimator. Received: {optimizer!r}."
        )


def _dnn_linear_combined_model_fn(features, labels, mode, params, config=None):
    """The model_fn of the three estimators.

    Args:
        features: Tensor, or dict of Tensors and SparseTensors.
        labels: As the head takes them.
        mode: One of `ModeKeys`.
        params: Dict with "head", and the other arguments of `DNNLinearCombinedEstimator`.
        config: A `RunConfig`, or None.

    Returns:
        `ModelFnOps`.

    Raises:
        ValueError: If there are no columns, or columns of a network without layers, or an optimizer
            that does not work beside another one.
    """
    head = params["head"]
    linear_columns = params.get("linear_feature_columns")
    dnn_columns = params.get("dnn_feature_columns")
    _check_columns(linear_columns, dnn_columns)
    features = _get_feature_dict(features)
    linear_optimizer = _get_optimizer(params.get("linear_optimizer") or "Ftrl")
    _check_no_sync_replicas_optimizer(linear_optimizer)
    dnn_optimizer = _get_optimizer(params.get("dnn_optimizer") or "Adagrad")
    _check_no_sync_replicas_optimizer(dnn_optimizer)
    logits, train_options = [], []

    if dnn_columns:
        dnn_logits, input_scope = _dnn_part(features, mode, params, config)
        logits.append(dnn_logits)

        def dnn_options():
            return {
                "learning_rate": _DNN_LEARNING_RATE,
                "optimizer": dnn_optimizer,
                "gradient_multipliers": canned_models.embedding_multipliers(
                    params.get("embedding_lr_multipliers"), input_scope
                ),
                "name": canned_models.DNN,
            }

        train_options.append(dnn_options)

    if linear_columns:
        logits.append(_linear_part(features, params, config))

        def linear_options():
            return {
                "learning_rate": default_learning_rate(linear_columns),
                "optimizer": linear_optimizer,
                "name": canned_models.LINEAR,
            }

        train_options.append(linear_options)

    def train_op_fn(loss):
        return _train_op(
            loss,
            [options() for options in train_options],
            params.get("gradient_clip_norm"),
            params.get("fix_global_step_increment_bug", True),
        )

    return head.create_model_fn_ops(
        features=features,
        mode=mode,
        labels=labels,
        train_op_fn=train_op_fn,
        logits=logits[0] if len(logits) == 1 else logits[0] + logits[1],
    )


def _check_columns(linear_columns, dnn_columns):
    if not linear_columns and not dnn_columns:
        raise ValueError(
            "Missing columns. Expected at least one of `linear_feature_columns` and "
            f"`dnn_feature_columns`. Received: {linear_columns!r} and {dnn_columns!r}."
        )


def _dnn_part(features, mode, params, config):
    hidden_units = params.get("dnn_hidden_units")
    if not hidden_units:
        raise ValueError(
            "Missing `dnn_hidden_units`. Expected the sizes of the hidden layers, since there are "
            f"`dnn_feature_columns`. Received: dnn_hidden_units={hidden_units!r}."
        )
    with canned_models.scope(canned_models.DNN, features, canned_models.partitioner(config)):
        return canned_models.dnn_logits(
            features,
            mode,
            params["dnn_feature_columns"],
            hidden_units,
            params["head"].logits_dimension,
            params.get("dnn_activation_fn") or tf.nn.relu,
            params.get("dnn_dropout"),
            params.get("input_layer_partitioner")
            or canned_models.partitioner(config, canned_models.SLICE_SIZE),
            add_activation_summary,
        )


def _linear_part(features, params, config):
    partitioner = canned_models.partitioner(config, canned_models.SLICE_SIZE)
    with canned_models.scope(canned_models.LINEAR, features, partitioner) as scope:
        logits = canned_models.linear_logits(
            features,
            params["linear_feature_columns"],
            params["head"].logits_dimension,
            params.get("joint_linear_weights"),
            scope,
        )
        add_activation_summary(logits, scope.name)
    return logits


def _train_op(loss, options_of_parts, clip_norm, counts_once):
    """Trains each part; unless it `counts_once`, each of them advances the global step."""
    global_step = tf.compat.v1.train.get_global_step()
    train_ops = [
        slim.optimize_loss(
            loss=loss,
            global_step=global_step,
            clip_gradients=clip_norm,
            variables=tf.compat.v1.get_collection(options["name"]),
            summaries=[],
            increment_global_step=not counts_once,
            **options,
        )
        for options in options_of_parts
    ]
    train_op = tf.group(*train_ops)
    if not counts_once:
        return train_op
    with tf.control_dependencies([train_op]), tf.compat.v1.colocate_with(global_step):
        return tf.compat.v1.assign_add(global_step, 1).op


def _min_slice_partitioner(config, min_slice_size):
    return None if min_slice_size is None else canned_models.partitioner(config, min_slice_size)


class DNNLinearCombinedEstimator(Estimator):
    """A linear model and a deep neural network, jointly trained under any head.

    Reproduces `tf.contrib.learn.DNNLinearCombinedEstimator` of TF 1.15.

    Args:
        head: A head of `tf.contrib.learn`.
        model_dir: As for `Estimator`.
        linear_feature_columns: Columns of the linear model.
        linear_optimizer: "Ftrl", which is the default, "Adagrad", "Adam", "Momentum", "RMSProp" or
            "SGD", with a learning rate of min(0.2, 1 / sqrt(number of columns)); an optimizer of
            `tf.compat.v1.train`; or a function without arguments that returns one.
        _joint_linear_weights: Whether one variable has the weights of all columns of the linear
            model, which then are columns of categories and buckets of `tf.contrib.layers`.
        dnn_feature_columns: Dense columns of the network.
        dnn_optimizer: As `linear_optimizer`, for the network: by default "Adagrad", with a learning
            rate of 0.05.
        dnn_hidden_units: Sizes of the hidden layers, the input's side first.
        dnn_activation_fn: Function applied to the output of each hidden layer; None for relu.
        dnn_dropout: Probability of dropping an output of a hidden layer in training, or None.
        gradient_clip_norm: Norm to which all gradients of a part are clipped, a float, or None.
        config: A `RunConfig`.
        feature_engineering_fn: As for `Estimator`.
        embedding_lr_multipliers: Dict from embedding columns of `tf.contrib.layers` to numbers by
            which their gradients are multiplied.
        fix_global_step_increment_bug: Whether a step advances the global step by one. Otherwise it
            is advanced by one for each of the two parts.
        input_layer_partitioner: Partitioner of the variables of the network's columns.

    Raises:
        ValueError: There are no columns.
    """

    def __init__(
        self,
        head: Head,
        model_dir: Path | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: Optimizer | None = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: Optimizer | None = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = None,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        fix_global_step_increment_bug: bool = False,
        input_layer_partitioner: Callable[..., Any] | None = None,
    ) -> None:
        linear_feature_columns = tuple(linear_feature_columns or [])
        dnn_feature_columns = tuple(dnn_feature_columns or [])
        _check_columns(linear_feature_columns, dnn_feature_columns)
        params = {
            "head": head,
            "linear_feature_columns": linear_feature_columns,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": dnn_feature_columns,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
            "input_layer_partitioner": input_layer_partitioner,
        }
        super().__init__(
            _dnn_linear_combined_model_fn, model_dir, config, params, feature_engineering_fn
        )


_DNNLinearCombinedEstimator = DNNLinearCombinedEstimator


class DNNLinearCombinedClassifier(CannedClassifier):
    """A linear model and a deep neural network, jointly trained for classes.

    Reproduces `tf.contrib.learn.DNNLinearCombinedClassifier` of TF 1.15. See
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column_name: Name of the feature with the weights of examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        input_layer_min_slice_size: Bytes that a part of a column's variable has at least, if
            parameter servers share it; by default, 64 MB.
        label_keys: List of the labels, if they are strings; only with three or more classes.

    Raises:
        ValueError: There are no columns, or the head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: Optimizer | None = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: Optimizer | None = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        head = factories.multi_class_head(
            n_classes=n_classes,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
            label_keys=label_keys,
        )
        linear_feature_columns = tuple(linear_feature_columns or [])
        dnn_feature_columns = tuple(dnn_feature_columns or [])
        self._feature_columns = linear_feature_columns + dnn_feature_columns
        _check_columns(linear_feature_columns, dnn_feature_columns)
        params = {
            "head": head,
            "linear_feature_columns": linear_feature_columns,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": dnn_feature_columns,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_partitioner": _min_slice_partitioner(config, input_layer_min_slice_size),
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
        }
        super().__init__(
            _dnn_linear_combined_model_fn, model_dir, config, params, feature_engineering_fn
        )


class DNNLinearCombinedRegressor(ScoringRegressor):
    """A linear model and a deep neural network, jointly trained for numbers.

    Reproduces `tf.contrib.learn.DNNLinearCombinedRegressor` of TF 1.15. See
    `DNNLinearCombinedEstimator` for the arguments that are not here.

    Args:
        weight_column_name: Name of the feature with the weights of examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        label_dimension: How many numbers are predicted for an example.
        input_layer_min_slice_size: As for `DNNLinearCombinedClassifier`.

    Raises:
        ValueError: There are no columns, or the head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        weight_column_name: str | None = None,
        linear_feature_columns: Collection[FeatureColumn] | None = None,
        linear_optimizer: Optimizer | None = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Collection[FeatureColumn] | None = None,
        dnn_optimizer: Optimizer | None = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        linear_feature_columns = tuple(linear_feature_columns or [])
        dnn_feature_columns = tuple(dnn_feature_columns or [])
        self._feature_columns = linear_feature_columns + dnn_feature_columns
        _check_columns(linear_feature_columns, dnn_feature_columns)
        head = factories.regression_head(
            weight_column_name=weight_column_name,
            label_dimension=label_dimension,
            enable_centered_bias=enable_centered_bias,
        )
        params = {
            "head": head,
            "linear_feature_columns": linear_feature_columns,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": dnn_feature_columns,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_partitioner": _min_slice_partitioner(config, input_layer_min_slice_size),
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
        }
        super().__init__(
            _dnn_linear_combined_model_fn, model_dir, config, params, feature_engineering_fn
        )
