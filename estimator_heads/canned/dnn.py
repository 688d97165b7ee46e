"""DNNEstimator, DNNClassifier, DNNRegressor: deep neural networks over feature columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.canned import arguments, optimizers
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.specs import AnyHead, spec_of_head
from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.heads import Head, RegressionHead
from estimator_heads.heads.binary_or_multi_class import binary_or_multi_class_head
from estimator_heads.heads.tasks.arguments import SUM_OVER_BATCH_SIZE
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec, _TPUEstimatorSpec
from estimator_heads.types import (
    Activation,
    FeatureColumn,
    Labels,
    OptimizerOrName,
    Path,
    WeightColumn,
)


def dnn_logit_fn_builder_v2(
    units: int,
    hidden_units: Iterable[int],
    feature_columns: Iterable[FeatureColumn],
    activation_fn: Activation,
    dropout: float | None,
    batch_norm: bool,
) -> Callable[..., tf.Tensor]:
    """A function from features to the logits of a `DNNModel`.

    Args:
        units: Dimension of the logits; of a MultiHead, the sum of its heads' dimensions.
        hidden_units: Sizes of the hidden layers, the input's side first.
        feature_columns: Dense columns of `tf.feature_column`.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        batch_norm: Whether to normalise the output of each hidden layer.

    Returns:
        Function of `features` and `mode` that returns a Tensor of shape [batch_size, units].

    Raises:
        ValueError: `units` is not an integer.
    """
    arguments.check_units(units)

    def dnn_logit_fn(features, mode):
        logits, _, _ = _dnn_model_fn_builder_v2(
            units,
            hidden_units,
            feature_columns,
            activation_fn,
            dropout,
            batch_norm,
            features,
            mode,
        )
        return logits

    return dnn_logit_fn


def _dnn_model_fn_builder_v2(
    units, hidden_units, feature_columns, activation_fn, dropout, batch_norm, features, mode
):
    """The logits of a new `DNNModel`, its trainable variables and its update ops."""
    from estimator_heads.canned.dnn_model import DNNModel  # Imports Keras.

    arguments.check_units(units)
    model = DNNModel(
        units, hidden_units, feature_columns, activation_fn, dropout, batch_norm, name="dnn"
    )
    logits = model(features, mode)
    return logits, model.trainable_variables, model.updates


def dnn_model_fn_v2(
    features: dict[str, Any],
    labels: Labels | None,
    mode: str,
    head: Head,
    hidden_units: Iterable[int],
    feature_columns: Iterable[FeatureColumn],
    optimizer: OptimizerOrName = "Adagrad",
    activation_fn: Activation = tf.nn.relu,
    dropout: float | None = None,
    config: RunConfig | None = None,
    use_tpu: bool = False,
    batch_norm: bool = False,
) -> EstimatorSpec | _TPUEstimatorSpec:
    """The model_fn of the DNN estimators; see `DNNEstimator` for the arguments.

    Args:
        features: Dict from feature names to Tensors or SparseTensors.
        labels: What the head takes as labels.
        mode: One of `ModeKeys`.
        head: A `Head`.
        hidden_units: Sizes of the hidden layers.
        feature_columns: Dense columns of `tf.feature_column`.
        optimizer: Name, optimizer, or a function that returns one.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        config: Not used.
        use_tpu: Whether to return the head's TPUEstimatorSpec instead.
        batch_norm: Whether to normalise the output of each hidden layer.

    Returns:
        An `EstimatorSpec`.

    Raises:
        ValueError: `features` is not a dict.
    """
    del config
    arguments.check_features(features)
    logits, trainable_variables, update_ops = _dnn_model_fn_builder_v2(
        head.logits_dimension,
        hidden_units,
        feature_columns,
        activation_fn,
        dropout,
        batch_norm,
        features,
        mode,
    )
    if mode == ModeKeys.TRAIN:
        optimizer = optimizers.get_optimizer_instance_v2(optimizer)
        optimizers.count_by_global_step(optimizer)
    create_spec = head._create_tpu_estimator_spec if use_tpu else head.create_estimator_spec
    return spec_of_head(
        create_spec,
        features=features,
        mode=mode,
        labels=labels,
        optimizer=optimizer,
        logits=logits,
        trainable_variables=trainable_variables,
        update_ops=update_ops,
    )


class DNNEstimator(Estimator):
    """A deep neural network under any head. Reproduces `tf.estimator.DNNEstimator` of TF 2.15.

    Args:
        head: A `Head`.
        hidden_units: Sizes of the hidden layers, the input's side first: [64, 32].
        feature_columns: Dense columns of `tf.feature_column`. A categorical one is wrapped in
            `embedding_column` or `indicator_column`.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with the default learning rate of
            `tf_keras.optimizers.legacy`; an optimizer of any kind; or a function that returns one.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability with which an output of a hidden layer is dropped in training; None for
            no dropout.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        batch_norm: Whether to normalise the output of each hidden layer.

    Raises:
        TypeError: `hidden_units` is not iterable.
        ValueError: A size of `hidden_units` is not an integer > 0.

    >>> import tensorflow as tf
    >>> import estimator_heads
    >>> price = estimator_heads.RegressionHead(name="price")
    >>> sold = estimator_heads.BinaryClassHead(name="sold")
    >>> estimator = DNNEstimator(
    ...     head=estimator_heads.MultiHead([price, sold]),
    ...     hidden_units=[8],
    ...     feature_columns=[tf.feature_column.numeric_column("size")],
    ... )
    >>> def input_fn():
    ...     labels = {"price": [[1.0], [2.0]], "sold": [[0], [1]]}
    ...     return tf.data.Dataset.from_tensors(({"size": [[3.0], [5.0]]}, labels)).repeat()
    >>> estimator = estimator.train(input_fn, steps=2)
    >>> sorted(estimator.get_variable_names())[:2]
    ['dnn/hiddenlayer_0/bias', 'dnn/hiddenlayer_0/kernel']
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
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            dnn_model_fn_v2,
            head=head,
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNClassifier(Estimator):
    """A deep neural network for classes. Reproduces `tf.estimator.DNNClassifier` of TF 2.15.

    Args:
        hidden_units: As for `DNNEstimator`.
        feature_columns: As for `DNNEstimator`.
        model_dir: As for `Estimator`.
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings; without it they are integers from
            0 to n_classes - 1.
        optimizer: As for `DNNEstimator`.
        activation_fn: As for `DNNEstimator`.
        dropout: As for `DNNEstimator`.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        batch_norm: As for `DNNEstimator`.

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
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            dnn_model_fn_v2,
            head=binary_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNRegressor(Estimator):
    """A deep neural network for numbers. Reproduces `tf.estimator.DNNRegressor` of TF 2.15.

    Args:
        hidden_units: As for `DNNEstimator`.
        feature_columns: As for `DNNEstimator`.
        model_dir: As for `Estimator`.
        label_dimension: How many numbers are predicted for an example.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        optimizer: As for `DNNEstimator`.
        activation_fn: As for `DNNEstimator`.
        dropout: As for `DNNEstimator`.
        config: A `RunConfig`.
        warm_start_from: As for `Estimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        batch_norm: As for `DNNEstimator`.

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
        config: RunConfig | None = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        batch_norm: bool = False,
    ) -> None:
        model_fn = bound_model_fn(
            dnn_model_fn_v2,
            head=RegressionHead(label_dimension, weight_column, loss_reduction),
            hidden_units=arguments.checked_hidden_units(hidden_units),
            feature_columns=tuple(feature_columns or []),
            optimizer=optimizer,
            activation_fn=activation_fn,
            dropout=dropout,
            batch_norm=batch_norm,
        )
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)
