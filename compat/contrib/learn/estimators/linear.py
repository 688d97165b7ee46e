"""LinearClassifier, LinearRegressor and LinearEstimator of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.canned.linear import default_learning_rate
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.learn.estimators import canned_models, sdca
from estimator_heads.compat.contrib.learn.estimators.canned_calls import (
    CannedClassifier,
    CannedRegressor,
)
from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.heads import factories
from estimator_heads.compat.contrib.learn.heads.head import Head
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import FeatureColumn, Optimizer, Path

_LEARNING_RATE = 0.2

sdca_model_fn = sdca.sdca_model_fn
_SdcaUpdateWeightsHook = sdca.SDCAUpdateWeightsHook


class UnknownOptimizerError(KeyError, ValueError):
    """There is no optimizer of a name. A KeyError in TF 1.15."""

    def __str__(self):
        return self.args[0]


def _get_optimizer(spec):
    """The optimizer that the argument `optimizer` stands for.

    Raises:
        UnknownOptimizerError: If the name is unknown.
    """
    if not isinstance(spec, str):
        return canned_models.given_optimizer(spec)
    classes = slim.optimizers.OPTIMIZER_CLS_NAMES
    if spec not in classes:
        raise UnknownOptimizerError(
            f"Invalid value for argument `optimizer`. Expected one of {sorted(classes)}, an "
            f"optimizer, or a function that returns one. Received: {spec!r}."
        )
    return classes[spec](learning_rate=_LEARNING_RATE)


def _get_default_optimizer(feature_columns):
    """Ftrl, slower the more columns there are."""
    return tf.compat.v1.train.FtrlOptimizer(default_learning_rate(feature_columns))


def _linear_model_fn(features, labels, mode, params, config=None):
    """The model_fn of the three estimators, unless the optimizer is an `SDCAOptimizer`.

    Args:
        features: Tensor, or dict of Tensors and SparseTensors.
        labels: As the head takes them.
        mode: One of `ModeKeys`.
        params: Dict with "head" and "feature_columns", and if need be "optimizer",
            "gradient_clip_norm" and "joint_weights".
        config: A `RunConfig`, or None.

    Returns:
        `ModelFnOps`.

    Raises:
        UnknownOptimizerError: If the name of an optimizer is unknown.
    """
    head = params["head"]
    columns = params["feature_columns"]
    optimizer = params.get("optimizer") or _get_default_optimizer(columns)
    clip_norm = params.get("gradient_clip_norm")
    features = canned_models.feature_dict(features)
    partitioner = canned_models.partitioner(config, canned_models.SLICE_SIZE)
    with canned_models.scope(canned_models.LINEAR, features, partitioner) as scope:
        logits = canned_models.linear_logits(
            features, columns, head.logits_dimension, params.get("joint_weights", False), scope
        )

        def train_op_fn(loss):
            variables = tf.compat.v1.get_collection(canned_models.LINEAR)
            gradients = tf.gradients(loss, variables)
            if clip_norm:
                gradients, _ = tf.clip_by_global_norm(gradients, clip_norm)
            return _get_optimizer(optimizer).apply_gradients(
                zip(gradients, variables, strict=True),
                global_step=tf.compat.v1.train.get_global_step(),
            )

        return head.create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train_op_fn, logits=logits
        )


def _model_fn_and_params(
    head, feature_columns, optimizer, weight_column_name, clip_norm, joint_weights
):
    params = {"head": head, "feature_columns": feature_columns, "optimizer": optimizer}
    if isinstance(optimizer, sdca.SDCAOptimizer):
        sdca.check_joint_weights(joint_weights)
        params["weight_column_name"] = weight_column_name
        params["update_weights_hook"] = sdca.SDCAUpdateWeightsHook()
        return sdca_model_fn, params
    params["gradient_clip_norm"] = clip_norm
    params["joint_weights"] = joint_weights
    return _linear_model_fn, params


def _checked_columns(feature_columns):
    columns = tuple(feature_columns or [])
    if not columns:
        raise AssertionError(
            "Invalid value for argument `feature_columns`. Expected at least one column. Received: "
            f"{feature_columns!r}."
        )
    return columns


class LinearClassifier(CannedClassifier):
    """A linear model for classes. Reproduces `tf.contrib.learn.LinearClassifier` of TF 1.15.

    See `LinearEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column_name: Name of the feature with the weights of examples.
        optimizer: As for `LinearEstimator`, or an `SDCAOptimizer`.
        enable_centered_bias: Whether to learn a bias that is added to the logits; not with SDCA.
        label_keys: List of the labels, if they are strings; only with three or more classes.

    Raises:
        ValueError: The head or SDCA refuses its arguments.
        AssertionError: There are no columns, or SDCA is to train more classes or joint weights.
    """

    def __init__(
        self,
        feature_columns: Collection[FeatureColumn],
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Optimizer | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        _joint_weight: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        label_keys: Sequence[str] | None = None,
    ) -> None:
        sdca.check_classifier(optimizer, enable_centered_bias, n_classes)
        self._feature_columns = _checked_columns(feature_columns)
        head = factories.multi_class_head(
            n_classes,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
            label_keys=label_keys,
        )
        model_fn, params = _model_fn_and_params(
            head,
            self._feature_columns,
            optimizer,
            weight_column_name,
            gradient_clip_norm,
            _joint_weight,
        )
        super().__init__(model_fn, model_dir, config, params, feature_engineering_fn)


class LinearRegressor(CannedRegressor):
    """A linear model for numbers. Reproduces `tf.contrib.learn.LinearRegressor` of TF 1.15.

    See `LinearEstimator` for the arguments that are not here.

    Args:
        weight_column_name: Name of the feature with the weights of examples.
        optimizer: As for `LinearEstimator`, or an `SDCAOptimizer`.
        enable_centered_bias: Whether to learn a bias that is added to the logits; ignored with
            SDCA.
        label_dimension: How many numbers are predicted for an example.

    Raises:
        ValueError: The head or SDCA refuses its arguments.
        AssertionError: There are no columns, or SDCA is to train more numbers or joint weights.
    """

    def __init__(
        self,
        feature_columns: Collection[FeatureColumn],
        model_dir: Path | None = None,
        weight_column_name: str | None = None,
        optimizer: Optimizer | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        _joint_weights: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        self._feature_columns = _checked_columns(feature_columns)
        sdca.check_regressor(optimizer, enable_centered_bias, label_dimension)
        head = factories.regression_head(
            weight_column_name=weight_column_name,
            label_dimension=label_dimension,
            enable_centered_bias=(
                enable_centered_bias and not isinstance(optimizer, sdca.SDCAOptimizer)
            ),
        )
        model_fn, params = _model_fn_and_params(
            head,
            self._feature_columns,
            optimizer,
            weight_column_name,
            gradient_clip_norm,
            _joint_weights,
        )
        super().__init__(model_fn, model_dir, config, params, feature_engineering_fn)


class LinearEstimator(Estimator):
    """A linear model under any head. Reproduces `tf.contrib.learn.LinearEstimator` of TF 1.15.

    Args:
        feature_columns: Columns, all of `tf.contrib.layers` or all of `tf.feature_column`.
        head: A head of `tf.contrib.learn`.
        model_dir: As for `Estimator`.
        weight_column_name: Has no effect: the head has the weights of examples.
        optimizer: "Adagrad", "Adam", "Ftrl", "Momentum", "RMSProp" or "SGD", with a learning rate
            of 0.2; an optimizer of `tf.compat.v1.train`; or a function without arguments that
            returns one. None is "Ftrl" with a rate of min(0.2, 1 / sqrt(number of columns)).
        gradient_clip_norm: Norm to which all gradients together are clipped, or None.
        _joint_weights: Whether one variable has the weights of all columns, which then are columns
            of categories and buckets of `tf.contrib.layers`.
        config: A `RunConfig`.
        feature_engineering_fn: As for `Estimator`.

    Raises:
        AssertionError: There are no columns.
        ValueError: The optimizer is an `SDCAOptimizer`.
    """

    def __init__(
        self,
        feature_columns: Collection[FeatureColumn],
        head: Head,
        model_dir: Path | None = None,
        weight_column_name: str | None = None,
        optimizer: Optimizer | None = None,
        gradient_clip_norm: float | None = None,
        _joint_weights: bool = False,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        del weight_column_name
        columns = _checked_columns(feature_columns)
        if isinstance(optimizer, sdca.SDCAOptimizer):
            raise ValueError(
                "Invalid value for argument `optimizer`. Expected an optimizer that trains any "
                "head; for SDCA, use LinearClassifier, LinearRegressor or SVM. Received: "
                f"{optimizer!r}."
            )
        params = {
            "head": head,
            "feature_columns": columns,
            "optimizer": optimizer,
            "gradient_clip_norm": gradient_clip_norm,
            "joint_weights": _joint_weights,
        }
        super().__init__(_linear_model_fn, model_dir, config, params, feature_engineering_fn)
