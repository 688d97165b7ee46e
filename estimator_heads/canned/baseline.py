"""BaselineEstimator, BaselineClassifier, BaselineRegressor: what can be known without features."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.canned import optimizers
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead, spec_of_head
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.heads import RegressionHead
from estimator_heads.heads.binary_or_multi_class import binary_or_multi_class_head
from estimator_heads.heads.tasks.arguments import SUM_OVER_BATCH_SIZE
from estimator_heads.keys import ModeKeys
from estimator_heads.types import OptimizerOrName, Path, WeightColumn

LEARNING_RATE = 0.3


def weight_key(weight_column: WeightColumn | None) -> str | None:
    """The name of the feature with the weights, which says nothing of the size of a batch.

    Args:
        weight_column: None, a name, or a numeric column.

    Raises:
        TypeError: It is something else.
    """
    if weight_column is None or isinstance(weight_column, str):
        return weight_column
    if not hasattr(weight_column, "normalizer_fn"):
        raise TypeError(
            "Invalid value for argument `weight_column`. Expected the name of a feature or a "
            f"numeric column. Received: {weight_column!r} of type {type(weight_column).__name__}."
        )
    return weight_column.key


def batch_size_and_checks(
    features: dict[str, Any], ignored_key: str | None
) -> tuple[tf.Tensor, list[tf.Operation]]:
    """The size of the batch, from the first feature, and ops that compare the others with it.

    Args:
        features: Dict from feature names to Tensors or SparseTensors.
        ignored_key: Name of a feature that is left out.

    Returns:
        Pair of a scalar int32 Tensor and a list of ops.
    """
    sizes = [
        tf.compat.v1.shape(feature)[0] for key, feature in features.items() if key != ignored_key
    ]
    return sizes[0], [tf.compat.v1.debugging.assert_equal(sizes[0], size) for size in sizes[1:]]


def _baseline_model_fn_builder_v2(features, num_outputs, weight_column=None):
    """A list of the bias alone, and logits that are the bias for each example."""
    batch_size, checks = batch_size_and_checks(features, weight_key(weight_column))
    with tf.control_dependencies(checks), tf.name_scope("baseline"):
        bias = tf.Variable(initial_value=tf.zeros([num_outputs]), name="bias")
        return [bias], tf.math.multiply(bias, tf.ones([batch_size, num_outputs]))


def _baseline_model_fn_v2(
    features,
    labels,
    mode,
    head,
    optimizer,
    weight_column=None,
    config=None,
    loss_reduction=None,
):
    """The model_fn of the baseline estimators; see `BaselineEstimator` for the arguments."""
    del config, loss_reduction  # The head knows its own.
    trainable_variables, logits = _baseline_model_fn_builder_v2(
        features, head.logits_dimension, weight_column
    )
    if mode == ModeKeys.TRAIN:
        optimizer = optimizers.get_optimizer_instance_v2(optimizer, LEARNING_RATE)
        optimizers.count_by_global_step(optimizer)
    return spec_of_head(
        head.create_estimator_spec,
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=optimizer,
        trainable_variables=trainable_variables,
    )


class BaselineEstimator(Estimator):
    """Predicts the same for each example. Reproduces `tf.estimator.BaselineEstimator` of TF 2.15.

    It learns the mean of the labels, or how frequent each class is: what a model must be better
    than.

    Args:
        head: A `Head`.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with a learning rate of 0.3; an
            optimizer of any kind; or a function that returns one.
        config: A `RunConfig`.
    """

    def __init__(
        self,
        head: AnyHead,
        model_dir: Path | None = None,
        optimizer: OptimizerOrName = "Ftrl",
        config: RunConfig | None = None,
    ) -> None:
        model_fn = bound_model_fn(_baseline_model_fn_v2, head=head, optimizer=optimizer)
        super().__init__(model_fn, model_dir, config)


class BaselineClassifier(Estimator):
    """Predicts how frequent each class is. Reproduces `tf.estimator.BaselineClassifier` of TF 2.15.

    Args:
        model_dir: As for `Estimator`.
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings; without it they are integers from
            0 to n_classes - 1.
        optimizer: As for `BaselineEstimator`.
        config: A `RunConfig`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.

    Raises:
        ValueError: The head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        optimizer: OptimizerOrName = "Ftrl",
        config: RunConfig | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
    ) -> None:
        model_fn = bound_model_fn(
            _baseline_model_fn_v2,
            head=binary_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            optimizer=optimizer,
            weight_column=weight_column,
        )
        super().__init__(model_fn, model_dir, config)


class BaselineRegressor(Estimator):
    """Predicts the mean of the labels. Reproduces `tf.estimator.BaselineRegressor` of TF 2.15.

    Args:
        model_dir: As for `Estimator`.
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        optimizer: As for `BaselineEstimator`.
        config: A `RunConfig`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.

    Raises:
        ValueError: The head refuses its arguments.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        optimizer: OptimizerOrName = "Ftrl",
        config: RunConfig | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
    ) -> None:
        model_fn = bound_model_fn(
            _baseline_model_fn_v2,
            head=RegressionHead(label_dimension, weight_column, loss_reduction),
            optimizer=optimizer,
            weight_column=weight_column,
        )
        super().__init__(model_fn, model_dir, config)
