"""DNNModel: feature columns, hidden layers and a layer of logits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf
import tf_keras

from estimator_heads.canned import arguments
from estimator_heads.canned.autograph import without_autograph
from estimator_heads.canned.summaries import add_activation_summary
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Activation, FeatureColumn

# The default of tf.contrib.layers.batch_norm, which the first DNN estimators used.
BATCH_NORM_MOMENTUM = 0.999


class DNNModel(tf_keras.Model):
    """A fully connected feed-forward network over feature columns.

    Its variables are named as in the checkpoints of TF2's estimators:
    `<name>/hiddenlayer_0/kernel`, `<name>/hiddenlayer_0/bias`, ..., `<name>/logits/bias`.

    Args:
        units: Dimension of the logits.
        hidden_units: Sizes of the hidden layers, the input's side first.
        feature_columns: Dense columns of `tf.feature_column`.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability with which an output of a hidden layer is dropped in training; None for
            no dropout.
        batch_norm: Whether to normalise the output of each hidden layer.
        name: Name of the model.

    Raises:
        ValueError: The columns are not those of `tf.feature_column`.

    Reproduces `_DNNModelV2` of TF 2.15.
    """

    def __init__(
        self,
        units: int,
        hidden_units: Iterable[int],
        feature_columns: Iterable[FeatureColumn],
        activation_fn: Activation,
        dropout: float | None,
        batch_norm: bool,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        arguments.check_columns_v2(feature_columns)
        with tf.name_scope("input_from_feature_columns") as scope:
            self._input_layer = tf_keras.layers.DenseFeatures(
                feature_columns=feature_columns, name=f"{scope}input_layer"
            )
        self._dropout = dropout
        self._batch_norm = batch_norm
        self._hidden_layers: list[tf_keras.layers.Layer] = []
        self._dropout_layers: list[tf_keras.layers.Layer] = []
        self._batch_norm_layers: list[tf_keras.layers.Layer] = []
        for index, size in enumerate(hidden_units):
            self._add_hidden_layer(index, size, activation_fn)
        self._logits_layer = _dense_layer("logits", units, None)

    def _add_hidden_layer(self, index, size, activation_fn):
        layer = _dense_layer(f"hiddenlayer_{index}", size, activation_fn)
        self._hidden_layers.append(layer)
        if self._dropout is not None:
            self._dropout_layers.append(tf_keras.layers.Dropout(rate=self._dropout))
        if self._batch_norm:
            self._batch_norm_layers.append(
                tf_keras.layers.BatchNormalization(
                    momentum=BATCH_NORM_MOMENTUM, name=f"{layer.name}/batchnorm_{index}"
                )
            )

    @without_autograph
    def call(self, features: dict[str, Any], mode: str) -> tf.Tensor:
        """The logits.

        Args:
            features: Dict from feature names to Tensors or SparseTensors.
            mode: One of `ModeKeys`.

        Returns:
            float32 Tensor of shape [batch_size, units].
        """
        training = mode == ModeKeys.TRAIN
        net = self._input_layer(features, training=training)
        for index, layer in enumerate(self._hidden_layers):
            net = layer(net)
            if self._dropout is not None and training:
                net = self._dropout_layers[index](net, training=True)
            if self._batch_norm:
                net = self._batch_norm_layers[index](net, training=training)
            add_activation_summary(net, layer.name)
        logits = self._logits_layer(net)
        add_activation_summary(logits, self._logits_layer.name)
        return logits


def _dense_layer(name, units, activation):
    # The name that the graph makes of it, so that a second model in one graph has names of its own.
    with tf.name_scope(name) as scope:
        return tf_keras.layers.Dense(
            units,
            activation=activation,
            kernel_initializer=tf.compat.v1.glorot_uniform_initializer(),
            name=scope.rstrip("/"),
        )
