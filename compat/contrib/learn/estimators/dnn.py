"""DNNClassifier, DNNRegressor and DNNEstimator of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.canned.summaries import zero_fraction
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

_LEARNING_RATE = 0.05

_ACTIVATION_FUNCTIONS = {"relu": tf.nn.relu, "tanh": tf.nn.tanh, "sigmoid": tf.nn.sigmoid}

_get_feature_dict = canned_models.feature_dict
_get_optimizer = canned_models.given_optimizer


def _get_activation_fn(activation_fn):
    """The function that a name stands for; functions and None as they are.

    Raises:
        ValueError: If the name is unknown.
    """
    if not isinstance(activation_fn, str):
        return activation_fn
    if activation_fn not in _ACTIVATION_FUNCTIONS:
        raise ValueError(
            "Invalid value for argument `activation_fn`. Expected a function, or one of "
            f"{list(_ACTIVATION_FUNCTIONS)}. Received: {activation_fn!r}."
        )
    return _ACTIVATION_FUNCTIONS[activation_fn]


def _add_hidden_layer_summary(value, tag):
    """Summarises the output of a layer, with the tags that these models have."""
    tf.compat.v1.summary.scalar(f"{tag}_fraction_of_zero_values", zero_fraction([value]))
    tf.compat.v1.summary.histogram(f"{tag}_activation", value)


def _dnn_model_fn(features, labels, mode, params, config=None):
    """The model_fn of the three estimators.

    Args:
        features: Tensor, or dict of Tensors and SparseTensors.
        labels: As the head takes them.
        mode: One of `ModeKeys`.
        params: Dict with "head", "hidden_units" and "feature_columns", and if need be the other
            arguments of `DNNEstimator`.
        config: A `RunConfig`, or None.

    Returns:
        `ModelFnOps`.

    Raises:
        ValueError: If the name of an activation function or of an optimizer is unknown, or
            `embedding_lr_multipliers` do not fit the columns.
    """
    head = params["head"]
    optimizer = params.get("optimizer") or "Adagrad"
    activation_fn = _get_activation_fn(params.get("activation_fn"))
    min_slice_size = params.get("input_layer_min_slice_size") or canned_models.SLICE_SIZE
    features = _get_feature_dict(features)
    with canned_models.scope(canned_models.DNN, features, canned_models.partitioner(config)):
        logits, input_scope = canned_models.dnn_logits(
            features,
            mode,
            params["feature_columns"],
            params["hidden_units"],
            head.logits_dimension,
            activation_fn,
            params.get("dropout"),
            canned_models.partitioner(config, min_slice_size),
            _add_hidden_layer_summary,
        )

        def train_op_fn(loss):
            return slim.optimize_loss(
                loss=loss,
                global_step=tf.compat.v1.train.get_global_step(),
                learning_rate=_LEARNING_RATE,
                optimizer=_get_optimizer(optimizer),
                gradient_multipliers=canned_models.embedding_multipliers(
                    params.get("embedding_lr_multipliers"), input_scope
                ),
                clip_gradients=params.get("gradient_clip_norm"),
                name=canned_models.DNN,
                summaries=[],
            )

        return head.create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train_op_fn, logits=logits
        )


class DNNClassifier(CannedClassifier):
    """A deep neural network for classes. Reproduces `tf.contrib.learn.DNNClassifier` of TF 1.15.

    See `DNNEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column_name: Name of the feature with the weights of examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        label_keys: List of the labels, if they are strings; only with three or more classes.

    Raises:
        ValueError: The head refuses its arguments.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Collection[FeatureColumn] | None,
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Optimizer | None = None,
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        params = {
            "head": factories.multi_class_head(
                n_classes,
                weight_column_name=weight_column_name,
                enable_centered_bias=enable_centered_bias,
                label_keys=label_keys,
            ),
            "hidden_units": hidden_units,
            "feature_columns": self._feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNRegressor(ScoringRegressor):
    """A deep neural network for numbers. Reproduces `tf.contrib.learn.DNNRegressor` of TF 1.15.

    See `DNNEstimator` for the arguments that are not here.

    Args:
        weight_column_name: Name of the feature with the weights of examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        label_dimension: How many numbers are predicted for an example.

    Raises:
        ValueError: The head refuses its arguments.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Collection[FeatureColumn] | None,
        model_dir: Path | None = None,
        weight_column_name: str | None = None,
        optimizer: Optimizer | None = None,
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        label_dimension: int = 1,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        params = {
            "head": factories.regression_head(
                label_dimension=label_dimension,
                weight_column_name=weight_column_name,
                enable_centered_bias=enable_centered_bias,
            ),
            "hidden_units": hidden_units,
            "feature_columns": self._feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNEstimator(Estimator):
    """A deep neural network under any head. Reproduces `tf.contrib.learn.DNNEstimator` of TF 1.15.

    Args:
        head: A head of `tf.contrib.learn`.
        hidden_units: Sizes of the hidden layers, the input's side first: [64, 32].
        feature_columns: Dense columns, all of `tf.contrib.layers` or all of `tf.feature_column`.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", which is the default, "Adam", "Ftrl", "Momentum", "RMSProp" or "SGD",
            with a learning rate of 0.05; an optimizer of `tf.compat.v1.train`; or a function
            without arguments that returns one.
        activation_fn: Function applied to the output of each hidden layer, or "relu", "tanh" or
            "sigmoid"; None for none.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        gradient_clip_norm: Norm to which all gradients together are clipped, or None.
        config: A `RunConfig`.
        feature_engineering_fn: As for `Estimator`.
        embedding_lr_multipliers: Dict from embedding columns of `tf.contrib.layers` to numbers by
            which their gradients are multiplied.
        input_layer_min_slice_size: Bytes that a part of a column's variable has at least, if
            parameter servers share it; by default, 64 MB.
    """

    def __init__(
        self,
        head: Head,
        hidden_units: Sequence[int],
        feature_columns: Collection[FeatureColumn],
        model_dir: Path | None = None,
        optimizer: Optimizer | None = None,
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | str | None = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        embedding_lr_multipliers: Mapping[FeatureColumn, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        params = {
            "head": head,
            "hidden_units": hidden_units,
            "feature_columns": feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)
