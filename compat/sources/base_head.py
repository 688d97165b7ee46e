"""`tensorflow_estimator.python.estimator.head.base_head`: what heads of users' own build on.

The functions have the names and arguments of TF 2.15 and do what the heads of this package do.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads.export.outputs import ClassificationOutput
from estimator_heads.heads import Head
from estimator_heads.heads.task_head import add_loss_summaries
from estimator_heads.heads.tasks import arguments, checks, classification, losses
from estimator_heads.heads.tasks.label_processing import dense_labels
from estimator_heads.heads.tasks.metrics import add_to_mean
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary
from estimator_heads.heads.tasks.weights import example_weights
from estimator_heads.keys import ServingKeys
from estimator_heads.types import (
    Features,
    Labels,
    LossFn,
    Optimizer,
    TensorLike,
    TrainOpFn,
    WeightColumn,
)

__all__ = [
    "CLASSIFY_SERVING_KEY",
    "DEFAULT_SERVING_KEY",
    "Head",
    "PREDICT_SERVING_KEY",
    "REGRESS_SERVING_KEY",
    "all_class_ids",
    "all_classes",
    "call_loss_fn",
    "check_dense_labels_match_logits_and_reshape",
    "check_label_range",
    "check_logits_final_dim",
    "check_prediction_keys",
    "classification_output",
    "create_estimator_spec_summary",
    "create_estimator_spec_train_op",
    "create_eval_metrics_tuple",
    "get_weights_and_check_match_logits",
    "update_metric_with_broadcast_weights",
    "validate_loss_fn_args",
    "validate_loss_reduction",
    "validate_n_classes",
    "validate_trainable_variables",
    "validate_update_ops",
    "validate_v2_optimizer",
]

DEFAULT_SERVING_KEY = ServingKeys.DEFAULT
CLASSIFY_SERVING_KEY = ServingKeys.CLASSIFY
REGRESS_SERVING_KEY = ServingKeys.REGRESS
PREDICT_SERVING_KEY = ServingKeys.PREDICT

validate_loss_fn_args = arguments.check_loss_fn
validate_loss_reduction = arguments.check_loss_reduction
validate_v2_optimizer = optimizers.check_optimizer


def check_dense_labels_match_logits_and_reshape(
    labels: Labels, logits: TensorLike, expected_labels_dimension: int
) -> tf.Tensor:
    """Dense labels of shape [D0, ..., DN, expected_labels_dimension], checked against logits."""
    return dense_labels(labels, tf.convert_to_tensor(logits), expected_labels_dimension)


def get_weights_and_check_match_logits(
    features: Features,
    weight_column: WeightColumn | None,
    logits: TensorLike,
    allow_per_logit_weights: bool = False,
) -> tf.Tensor | float:
    """1.0 without a weight column, else float weights that broadcast against the losses."""
    return example_weights(
        features, weight_column, tf.convert_to_tensor(logits), per_logit=allow_per_logit_weights
    )


def check_logits_final_dim(logits: TensorLike, expected_logits_dimension: int) -> tf.Tensor:
    """Logits as a float32 Tensor of shape [D0, ..., DN, expected_logits_dimension]."""
    return checks.checked_logits(logits, expected_logits_dimension)


def validate_n_classes(n_classes: int) -> int:
    """`n_classes`, if it is an integer greater than 2; ValueError otherwise."""
    arguments.checked_n_classes(n_classes, 3, hint=" (for 2 classes use BinaryClassHead)")
    return n_classes


def validate_update_ops(update_ops: object = None) -> None:
    """ValueError unless `update_ops` is None, a list or a tuple."""
    optimizers.check_list("update_ops", update_ops, optional=True)


def validate_trainable_variables(trainable_variables: object = None) -> None:
    """ValueError unless `trainable_variables` is a list or a tuple."""
    optimizers.check_list("trainable_variables", trainable_variables)


def call_loss_fn(
    loss_fn: LossFn,
    labels: tf.Tensor,
    logits: TensorLike,
    features: Features,
    expected_loss_dim: int = 1,
) -> tf.Tensor:
    """Unreduced loss of a user's function, of shape [D0, ..., DN, expected_loss_dim]."""
    logits = tf.convert_to_tensor(logits)
    return losses.call_loss_fn(
        loss_fn, labels, logits, features, arguments.SUM_OVER_BATCH_SIZE, expected_loss_dim
    )


def check_prediction_keys(pred_keys: Iterable[str], valid_keys: Collection[str]) -> None:
    """ValueError unless all of `pred_keys` are among `valid_keys`."""
    checks.checked_prediction_keys(pred_keys, valid_keys)


def check_label_range(labels: TensorLike, n_classes: int, message: str | None = None) -> tf.Tensor:
    """Labels, checked to be in [0, n_classes)."""
    expected = message or f"values in [0, {n_classes})"
    return checks.in_range(tf.convert_to_tensor(labels), n_classes, "labels", expected)


def all_class_ids(logits: tf.Tensor, n_classes: int | tf.Tensor) -> tf.Tensor:
    """int32 Tensor [batch_size, n_classes] that has every class id in each row."""
    return classification.all_class_ids(logits, _number(n_classes))


def all_classes(
    logits: tf.Tensor, n_classes: int | tf.Tensor, label_vocabulary: Sequence[str] | None = None
) -> tf.Tensor:
    """String Tensor [batch_size, n_classes] that has every class in each row."""
    vocabulary = LabelVocabulary(label_vocabulary) if label_vocabulary else None
    return classification.all_classes(logits, _number(n_classes), vocabulary)


def _number(n_classes):
    """`n_classes` for tf.range, which takes Tensors, but none of NumPy's small integers."""
    return n_classes if tf.is_tensor(n_classes) else operator.index(n_classes)


def classification_output(
    scores: tf.Tensor, n_classes: int | tf.Tensor, label_vocabulary: Sequence[str] | None = None
) -> ClassificationOutput:
    """`ClassificationOutput` of the scores of every class."""
    return ClassificationOutput(
        scores=scores, classes=all_classes(scores, n_classes, label_vocabulary)
    )


def update_metric_with_broadcast_weights(
    eval_metric: Any, values: tf.Tensor, weights: tf.Tensor | float | None
) -> None:
    """Adds values to a mean metric object, each with its weight; None weighs all alike."""
    add_to_mean(eval_metric, values, 1.0 if weights is None else weights)


def create_eval_metrics_tuple(
    fn: Callable[..., Any], kwargs: Mapping[str, Any]
) -> tuple[Callable[..., Any], dict[str, tf.Tensor]]:
    """`(function, Tensor arguments)` of a function that makes metrics, its other arguments bound.

    What `_TPUEstimatorSpec.eval_metrics` expects.
    """
    tensors = {name: value for name, value in kwargs.items() if tf.is_tensor(value)}
    others = {name: value for name, value in kwargs.items() if name not in tensors}
    return (lambda **given: fn(**others, **given)), tensors


def create_estimator_spec_train_op(
    head_name: str | None,
    optimizer: Optimizer | None = None,
    trainable_variables: Sequence[tf.Variable] | None = None,
    train_op_fn: TrainOpFn | None = None,
    update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
    regularized_training_loss: tf.Tensor | None = None,
    loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
) -> Any:
    """The op that makes one training step. See `estimator_heads.Head.create_estimator_spec`."""
    del head_name  # As in the original, the step's name scope does not depend on it.
    return optimizers.create_train_op(
        regularized_training_loss,
        optimizer=optimizer,
        trainable_variables=trainable_variables,
        train_op_fn=train_op_fn,
        update_ops=update_ops,
        averaged=loss_reduction != arguments.SUM,
    )


def create_estimator_spec_summary(
    regularized_training_loss: tf.Tensor,
    regularization_losses: Sequence[tf.Tensor] | None = None,
    summary_key_fn: Callable[[str], str] | None = None,
) -> None:
    """Scalar summaries of the loss and of its regularization, for TensorBoard."""
    add_loss_summaries(regularized_training_loss, regularization_losses, summary_key_fn or str)
