"""What linear estimators of `tf.contrib.learn` do if their optimizer is an `SDCAOptimizer`."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.canned.sdca import estimators as sdca_estimators
from estimator_heads.compat.contrib.layers import column_ops
from estimator_heads.compat.contrib.layers.feature_columns.real import real_valued_column
from estimator_heads.compat.contrib.learn.estimators import canned_models
from estimator_heads.compat.contrib.learn.estimators.sdca_optimizer import SdcaModel, SDCAOptimizer
from estimator_heads.compat.contrib.learn.heads.binary import BinaryLogisticHead, BinarySvmHead
from estimator_heads.compat.contrib.learn.heads.regression import RegressionHead
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.types import Features, Labels, Optimizer, Params

_BIAS_COLUMN = "tf_virtual_bias_column"


class SDCAUpdateWeightsHook(sdca_estimators.SDCAUpdateWeightsHook):
    """Brings what was trained to the variables of the linear model, after each step.

    It is made with the estimator, and told of the model by `set_parameters`.
    """

    def __init__(self) -> None:
        unknown: Any = None  # Until `set_parameters`.
        super().__init__(sdca_model=unknown, train_op=unknown)

    def set_parameters(self, sdca_model: SdcaModel, train_op: tf.Operation) -> None:
        """Tells which model to update.

        Args:
            sdca_model: The solver.
            train_op: What its `minimize` returned.
        """
        self._sdca_model = sdca_model
        self._train_op = train_op


def sdca_model_fn(
    features: Features, labels: Labels | None, mode: str, params: Params
) -> ModelFnOps:
    """The model_fn of linear estimators that are trained by SDCA.

    Args:
        features: Dict of Tensors and SparseTensors.
        labels: Tensor of shape [batch_size] or [batch_size, 1].
        mode: One of `ModeKeys`.
        params: Dict with "head", "feature_columns" of `tf.contrib.layers`, "optimizer",
            "weight_column_name", and if need be "update_weights_hook".

    Returns:
        `ModelFnOps`.

    Raises:
        ValueError: If the optimizer is none for SDCA, or the head or a column does not suit it.
        AssertionError: If the head has several logits.
    """
    head = params["head"]
    columns = params["feature_columns"]
    optimizer = params["optimizer"]
    hook = params.get("update_weights_hook")
    if not isinstance(optimizer, SDCAOptimizer):
        raise ValueError(
            "Invalid value for argument `optimizer`. Expected an SDCAOptimizer. Received: "
            f"{optimizer!r}."
        )
    loss_type = _loss_type(head)
    features = canned_models.feature_dict(features)
    with canned_models.scope(canned_models.LINEAR, features, optimizer.partitioner) as scope:
        transformed: dict[Any, Any] = column_ops.transform_features(features, columns)
        features = {**features, **transformed}
        logits, columns_to_variables, bias = column_ops.weighted_sum_from_feature_columns(
            features, columns, num_outputs=1, scope=scope
        )
        bias_column = _bias_column(columns)
        features[bias_column] = tf.ones_like(logits)
        columns_to_variables[bias_column] = [bias]

    def train_op_fn(unused_loss):
        sdca_model, train_op = optimizer.get_train_step(
            columns_to_variables,
            params["weight_column_name"],
            loss_type,
            features,
            labels,
            tf.compat.v1.train.get_global_step(),
        )
        if hook is not None:
            hook.set_parameters(sdca_model, train_op)
        return train_op

    model = head.create_model_fn_ops(
        features=features, labels=labels, mode=mode, train_op_fn=train_op_fn, logits=logits
    )
    if hook is None:
        return model
    return model._replace(training_chief_hooks=[*model.training_chief_hooks, hook])


def check_classifier(
    optimizer: Optimizer | None, enable_centered_bias: bool, n_classes: int
) -> None:
    """Checks that SDCA, if it is the optimizer, can train a classifier.

    Args:
        optimizer: As for `LinearClassifier`.
        enable_centered_bias: As for `LinearClassifier`.
        n_classes: As for `LinearClassifier`.

    Raises:
        ValueError: It is to have a centered bias.
        AssertionError: It is to have other than two classes.
    """
    if not isinstance(optimizer, SDCAOptimizer):
        return
    if enable_centered_bias:
        raise ValueError(
            "Invalid value for argument `enable_centered_bias`. Expected False, since the "
            "optimizer is an SDCAOptimizer. Received: True."
        )
    if n_classes != 2:
        raise AssertionError(
            "Invalid value for argument `n_classes`. Expected 2, since the optimizer is an "
            f"SDCAOptimizer. Received: {n_classes!r}."
        )


def check_regressor(
    optimizer: Optimizer | None, enable_centered_bias: bool, label_dimension: int
) -> None:
    """Checks that SDCA, if it is the optimizer, can train a regressor.

    Args:
        optimizer: As for `LinearRegressor`.
        enable_centered_bias: As for `LinearRegressor`; logs a warning if it is ignored.
        label_dimension: As for `LinearRegressor`.

    Raises:
        AssertionError: It is to predict several numbers.
    """
    if not isinstance(optimizer, SDCAOptimizer):
        return
    if enable_centered_bias:
        tf.compat.v1.logging.warning(
            "enable_centered_bias is ignored, since the optimizer is an SDCAOptimizer."
        )
    if label_dimension != 1:
        raise AssertionError(
            "Invalid value for argument `label_dimension`. Expected 1, since the optimizer is an "
            f"SDCAOptimizer. Received: {label_dimension!r}."
        )


def check_joint_weights(joint_weights: bool) -> None:
    """Raises AssertionError if the weights are to be one variable, which SDCA cannot train."""
    if joint_weights:
        raise AssertionError(
            "Weights cannot be joint, since the optimizer is an SDCAOptimizer. Received: "
            f"{joint_weights!r}."
        )


def _loss_type(head):
    if isinstance(head, BinarySvmHead):
        return "hinge_loss"
    if isinstance(head, BinaryLogisticHead):
        return "logistic_loss"
    if not isinstance(head, RegressionHead):
        raise ValueError(
            "Invalid value for argument `head`. Expected a head for two classes or for regression, "
            f"which SDCA trains. Received: {head!r}."
        )
    if head.logits_dimension != 1:
        raise AssertionError(
            "Invalid value for argument `head`. Expected one logit, which SDCA trains. Received: "
            f"{head!r} with {head.logits_dimension} logits."
        )
    return "squared_loss"


def _bias_column(columns):
    if any(column.name == _BIAS_COLUMN for column in columns):
        raise ValueError(
            f"Invalid value for argument `feature_columns`. The name {_BIAS_COLUMN!r} is kept for "
            "the bias; give the column another name."
        )
    return real_valued_column(_BIAS_COLUMN)
