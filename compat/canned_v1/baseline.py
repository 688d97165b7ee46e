"""BaselineEstimator, BaselineClassifier, BaselineRegressor of TF1."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.canned import baseline as baseline_of_tf2
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead
from estimator_heads.compat.canned_v1 import optimizers
from estimator_heads.compat.sources import canned_head
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.types import OptimizerOrName, Path, WeightColumn

_LEARNING_RATE = baseline_of_tf2.LEARNING_RATE
_SUM = tf.compat.v1.losses.Reduction.SUM


def _baseline_logit_fn_builder(num_outputs, weight_column=None):
    """A function from features to logits that are a bias for each example."""

    def baseline_logit_fn(features):
        batch_size, checks = baseline_of_tf2.batch_size_and_checks(
            features, baseline_of_tf2.weight_key(weight_column)
        )
        with tf.control_dependencies(checks), tf.compat.v1.variable_scope("baseline"):
            bias = tf.compat.v1.get_variable(
                "bias", shape=[num_outputs], initializer=tf.compat.v1.initializers.zeros
            )
            return tf.math.multiply(bias, tf.ones([batch_size, num_outputs]))

    return baseline_logit_fn


def _baseline_model_fn(features, labels, mode, head, optimizer, weight_column=None, config=None):
    """The model_fn of TF1's baseline estimators; see `BaselineEstimator` for the arguments."""
    del config
    logits = _baseline_logit_fn_builder(head.logits_dimension, weight_column)(features)

    def train_op_fn(loss):
        instance = optimizers.get_optimizer_instance(optimizer, _LEARNING_RATE)
        return instance.minimize(loss, global_step=tf.compat.v1.train.get_global_step())

    return head.create_estimator_spec(
        features=features, mode=mode, logits=logits, labels=labels, train_op_fn=train_op_fn
    )


class BaselineEstimator(Estimator):
    """Predicts the same for each example. Reproduces `tf.estimator.BaselineEstimator` of TF 1.15.

    Args:
        head: A head.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with a learning rate of 0.3; an
            optimizer; or a function that returns one.
        config: A `RunConfig`.
    """

    def __init__(
        self,
        head: AnyHead,
        model_dir: Path | None = None,
        optimizer: OptimizerOrName = "Ftrl",
        config: RunConfig | None = None,
    ) -> None:
        model_fn = bound_model_fn(_baseline_model_fn, head=head, optimizer=optimizer)
        super().__init__(model_fn, model_dir, config)


class BaselineClassifier(Estimator):
    """Predicts how frequent each class is. Reproduces `tf.estimator.BaselineClassifier` of TF 1.15.

    See `BaselineEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        loss_reduction: str = _SUM,
    ) -> None:
        model_fn = bound_model_fn(
            _baseline_model_fn,
            head=canned_head._binary_logistic_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            optimizer=optimizer,
            weight_column=weight_column,
        )
        super().__init__(model_fn, model_dir, config)


class BaselineRegressor(Estimator):
    """Predicts the mean of the labels. Reproduces `tf.estimator.BaselineRegressor` of TF 1.15.

    See `BaselineEstimator` for the arguments that are not here.

    Args:
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

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
        loss_reduction: str = _SUM,
    ) -> None:
        model_fn = bound_model_fn(
            _baseline_model_fn,
            head=canned_head._regression_head(
                label_dimension=label_dimension,
                weight_column=weight_column,
                loss_reduction=loss_reduction,
            ),
            optimizer=optimizer,
            weight_column=weight_column,
        )
        super().__init__(model_fn, model_dir, config)
