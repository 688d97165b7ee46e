"""DNNEstimator, DNNClassifier, DNNRegressor of TF1."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tensorflow as tf

from estimator_heads.canned import arguments
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead
from estimator_heads.compat.canned_v1 import optimizers, partitioners
from estimator_heads.compat.canned_v1.partitioners import Partitioner
from estimator_heads.compat.sources import canned_head
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.types import (
    Activation,
    FeatureColumn,
    OptimizerOrName,
    Path,
    WeightColumn,
)

_LEARNING_RATE = 0.05
_SUM = tf.compat.v1.losses.Reduction.SUM


def dnn_logit_fn_builder(
    units: int,
    hidden_units: Iterable[int],
    feature_columns: Iterable[FeatureColumn],
    activation_fn: Activation,
    dropout: float | None,
    input_layer_partitioner: Partitioner | None,
    batch_norm: bool,
) -> Callable[..., tf.Tensor]:
    """A function from features to the logits of TF1's DNN model.

    Args:
        units: Dimension of the logits; of a multi head, the sum of its heads' dimensions.
        hidden_units: Sizes of the hidden layers, the input's side first.
        feature_columns: Dense feature columns.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        input_layer_partitioner: Partitioner of the variables of columns, or None.
        batch_norm: Whether to normalise the output of each hidden layer.

    Returns:
        Function of `features` and `mode` that returns a Tensor of shape [batch_size, units].

    Raises:
        ValueError: `units` is not an integer.
    """
    from estimator_heads.compat.canned_v1.dnn_model import _DNNModel  # Imports Keras.

    arguments.check_units(units)

    def dnn_logit_fn(features, mode):
        model = _DNNModel(
            units,
            hidden_units,
            feature_columns,
            activation_fn,
            dropout,
            input_layer_partitioner,
            batch_norm,
            name="dnn",
        )
        return model(features, mode)

    return dnn_logit_fn


def _dnn_model_fn(
    features,
    labels,
    mode,
    head,
    hidden_units,
    feature_columns,
    optimizer="Adagrad",
    activation_fn=tf.nn.relu,
    dropout=None,
    input_layer_partitioner=None,
    config=None,
    use_tpu=False,
    batch_norm=False,
):
    """The model_fn of TF1's DNN estimators; see `DNNEstimator` for the arguments."""
    optimizer = optimizers.get_optimizer_instance(optimizer, _LEARNING_RATE)
    arguments.check_features(features)
    partitioner = None
    if not use_tpu:
        partitioner = partitioners.hidden_layers_partitioner(config)
        input_layer_partitioner = input_layer_partitioner or partitioners.input_layer_partitioner(
            config
        )
    with tf.compat.v1.variable_scope(
        "dnn", values=tuple(features.values()), partitioner=partitioner
    ):
        logit_fn = dnn_logit_fn_builder(
            units=head.logits_dimension,
            hidden_units=hidden_units,
            feature_columns=feature_columns,
            activation_fn=activation_fn,
            dropout=dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
        )
        logits = logit_fn(features=features, mode=mode)
        create_spec = head._create_tpu_estimator_spec if use_tpu else head.create_estimator_spec
        return create_spec(
            features=features, mode=mode, labels=labels, optimizer=optimizer, logits=logits
        )


class DNNEstimator(Estimator):
    """A deep neural network under any head. Reproduces `tf.estimator.DNNEstimator` of TF 1.15.

    Args:
        head: A head.
        hidden_units: Sizes of the hidden layers, the input's side first: [64, 32].
        feature_columns: Dense feature columns.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with a learning rate of 0.05; an
            optimizer; or a function that returns one.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        input_layer_partitioner: Partitioner of the variables of columns; by default one that cuts
            large variables into parts for the parameter servers.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        batch_norm: Whether to normalise the output of each hidden layer.

    Raises:
        TypeError: `hidden_units` is not iterable.
        ValueError: A size of `hidden_units` is not an integer > 0.
    """

    def __init__(
        self,
        head: AnyHead,
        hidden_units: Iterable[int],
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        activation_fn: Activation = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            _dnn_model_fn,
            head=head,
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNClassifier(Estimator):
    """A deep neural network for classes. Reproduces `tf.estimator.DNNClassifier` of TF 1.15.

    See `DNNEstimator` for the arguments that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

    Raises:
        TypeError: `hidden_units` is not iterable.
        ValueError: A size of `hidden_units` is not an integer > 0, or the head refuses its
            arguments.
    """

    def __init__(
        self,
        hidden_units: Iterable[int],
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        activation_fn: Activation = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            _dnn_model_fn,
            head=canned_head._binary_logistic_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNRegressor(Estimator):
    """A deep neural network for numbers. Reproduces `tf.estimator.DNNRegressor` of TF 1.15.

    See `DNNEstimator` for the arguments that are not here.

    Args:
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

    Raises:
        TypeError: `hidden_units` is not iterable.
        ValueError: A size of `hidden_units` is not an integer > 0, or the head refuses its
            arguments.
    """

    def __init__(
        self,
        hidden_units: Iterable[int],
        feature_columns: Iterable[FeatureColumn],
        model_dir: Path | None = None,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        activation_fn: Activation = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = _SUM,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            _dnn_model_fn,
            head=canned_head._regression_head(
                label_dimension=label_dimension,
                weight_column=weight_column,
                loss_reduction=loss_reduction,
            ),
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            input_layer_partitioner=input_layer_partitioner,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)
