"""What linear estimators do if their optimizer is a `LinearSDCA`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from estimator_heads.canned.sdca.model import SDCAModel
from estimator_heads.canned.specs import AnyHead
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import FeatureColumn, Labels, OptimizerOrName

if TYPE_CHECKING:
    import tf_keras

import tensorflow as tf

from estimator_heads._tensorflow import feature_columns as private_columns
from estimator_heads.canned.sdca.optimizer import LinearSDCA
from estimator_heads.keys import ModeKeys


def check_head(head: AnyHead, loss_type: str | None) -> None:
    """Raises ValueError unless a head is one that `LinearSDCA` can train.

    Args:
        head: The head.
        loss_type: That of the head, or None if SDCA has none for it.
    """
    if loss_type is None or head.logits_dimension != 1:
        raise ValueError(
            "Invalid value for argument `head`. Expected a head for binary classes or for "
            "regression to one number, since the optimizer is a LinearSDCA; use 'Ftrl' for others. "
            f"Received: {head!r} with {head.logits_dimension} logits."
        )


def check_columns(feature_columns: Iterable[FeatureColumn], sparse_combiner: str) -> None:
    """Raises ValueError unless `LinearSDCA` can train weights of these columns.

    Args:
        feature_columns: As for `LinearEstimator`.
        sparse_combiner: As for `LinearEstimator`.
    """
    if sparse_combiner != "sum":
        raise ValueError(
            "Invalid value for argument `sparse_combiner`. Expected 'sum', since the optimizer is "
            f"a LinearSDCA. Received: {sparse_combiner!r}."
        )
    if not private_columns.are_public_columns(feature_columns):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected columns made by the functions "
            "of tf.feature_column, since the optimizer is a LinearSDCA. "
            f"Received: {list(feature_columns)!r}."
        )


def check_classifier(
    feature_columns: Iterable[FeatureColumn],
    n_classes: int,
    optimizer: OptimizerOrName | LinearSDCA | None,
    sparse_combiner: str,
) -> None:
    """Raises ValueError if the optimizer is a `LinearSDCA` that cannot train this classifier.

    Args:
        feature_columns: As for `LinearClassifier`.
        n_classes: As for `LinearClassifier`.
        optimizer: As for `LinearClassifier`.
        sparse_combiner: As for `LinearClassifier`.
    """
    if not isinstance(optimizer, LinearSDCA):
        return
    check_columns(feature_columns, sparse_combiner)
    if n_classes > 2:
        raise ValueError(
            "Invalid value for argument `n_classes`. Expected 2, since the optimizer is a "
            f"LinearSDCA; use 'Ftrl' for more classes. Received: {n_classes}."
        )


def check_regressor(
    feature_columns: Iterable[FeatureColumn],
    label_dimension: int,
    optimizer: OptimizerOrName | LinearSDCA | None,
    sparse_combiner: str,
) -> None:
    """Raises ValueError if the optimizer is a `LinearSDCA` that cannot train this regressor.

    Args:
        feature_columns: As for `LinearRegressor`.
        label_dimension: As for `LinearRegressor`.
        optimizer: As for `LinearRegressor`.
        sparse_combiner: As for `LinearRegressor`.
    """
    if not isinstance(optimizer, LinearSDCA):
        return
    check_columns(feature_columns, sparse_combiner)
    if label_dimension > 1:
        raise ValueError(
            "Invalid value for argument `label_dimension`. Expected 1, since the optimizer is a "
            f"LinearSDCA; use 'Ftrl' for more numbers. Received: {label_dimension}."
        )


def create_estimator_spec(
    model: tf_keras.Model,
    logits: tf.Tensor,
    features: dict[str, Any],
    labels: Labels | None,
    mode: str,
    head: Any,
    feature_columns: Iterable[FeatureColumn],
    optimizer: LinearSDCA,
    loss_type: str,
) -> EstimatorSpec:
    """What the model_fn of a linear estimator returns if the optimizer is a `LinearSDCA`.

    Args:
        model: A `LinearModel` with one unit.
        logits: What it returned, of shape [batch_size, 1].
        features: Dict from feature names to Tensors or SparseTensors.
        labels: Tensor of shape [batch_size] or [batch_size, 1].
        mode: One of `ModeKeys`.
        head: A head for binary classes, or for regression to one number.
        feature_columns: The columns of the model.
        optimizer: The `LinearSDCA`.
        loss_type: That of the head, as for `SDCAModel`.

    Returns:
        An `EstimatorSpec`.
    """
    if mode != ModeKeys.TRAIN:
        return head.create_estimator_spec(
            features=features, mode=mode, labels=labels, logits=logits
        )
    sdca_model, train_op = optimizer.get_train_step(
        model.layer._state_manager,
        head._weight_column,
        loss_type,
        feature_columns,
        features,
        _targets(head, labels, logits),
        model.bias,
        tf.compat.v1.train.get_global_step(),
    )
    spec = head.create_estimator_spec(
        features=features,
        mode=mode,
        labels=labels,
        logits=logits,
        train_op_fn=lambda loss: train_op,
    )
    hook = SDCAUpdateWeightsHook(sdca_model, train_op)
    return spec._replace(training_chief_hooks=(*spec.training_chief_hooks, hook))


def _targets(head, labels, logits):
    labels = tf.convert_to_tensor(labels)
    # The head has the vocabulary.
    return head._task.processed_labels(labels, logits) if labels.dtype == tf.string else labels


class SDCAUpdateWeightsHook(tf.compat.v1.train.SessionRunHook):
    """Brings what was trained to the variables of the linear model, after each step.

    Args:
        sdca_model: The `SDCAModel`.
        train_op: What its `minimize` returned.
    """

    def __init__(self, sdca_model: SDCAModel, train_op: tf.Operation) -> None:
        self._sdca_model = sdca_model
        self._train_op = train_op
        self._update_op = None

    def begin(self) -> None:
        """Makes the op."""
        self._update_op = self._sdca_model.update_weights(self._train_op)

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        """Has the op run in this step."""
        return tf.compat.v1.train.SessionRunArgs(self._update_op)
