"""The DNN model of TF1: layers of `tf.compat.v1.layers` in variable scopes."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow.feature_columns import are_public_columns
from estimator_heads.canned.autograph import without_autograph
from estimator_heads.canned.dnn_model import BATCH_NORM_MOMENTUM
from estimator_heads.canned.summaries import add_activation_summary
from estimator_heads.compat.canned_v1.partitioners import Partitioner
from estimator_heads.compat.tf1.layers import SERVED
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Activation, FeatureColumn


def _get_previous_name_scope():
    """The name scope around the current one, to be entered again."""
    scope = tf.compat.v1.get_default_graph().get_name_scope()
    return scope.rsplit("/", 1)[0] + "/"


class _DNNModel(tf_keras.Model):
    """A fully connected feed-forward network over feature columns.

    Its variables are named as in TF1's checkpoints, below the variable scope in which it is made:
    `hiddenlayer_0/kernel`, `hiddenlayer_0/bias`, ..., `logits/kernel`, `logits/bias`.

    Args:
        units: Dimension of the logits.
        hidden_units: Sizes of the hidden layers, the input's side first.
        feature_columns: Dense feature columns.
        activation_fn: Function applied to the output of each hidden layer.
        dropout: Probability of dropping an output of a hidden layer in training, or None.
        input_layer_partitioner: Partitioner of the variables of columns.
        batch_norm: Whether to normalise the output of each hidden layer.
        name: Name of the model.
    """

    def __init__(
        self,
        units: int,
        hidden_units: Iterable[int],
        feature_columns: Iterable[FeatureColumn],
        activation_fn: Activation,
        dropout: float | None,
        input_layer_partitioner: Partitioner | None,
        batch_norm: bool,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        self._layers_of_tf1 = importlib.import_module(SERVED["layers"])
        self._input_layer = _input_layer(feature_columns)
        self._input_layer_partitioner = input_layer_partitioner
        self._dropout = dropout
        self._batch_norm = batch_norm
        self._hidden_layers: list[Any] = []
        self._dropout_layers: list[Any] = []
        self._batch_norm_layers: list[Any] = []
        for index, size in enumerate(hidden_units):
            self._add_hidden_layer(index, size, activation_fn)
        self._logits_layer = self._dense_layer("logits", units, None)

    def _add_hidden_layer(self, index, size, activation_fn):
        layers = self._layers_of_tf1
        name = f"hiddenlayer_{index}"
        with tf.compat.v1.variable_scope(name) as scope:
            self._hidden_layers.append(self._dense_layer(scope, size, activation_fn))
            if self._dropout is not None:
                self._dropout_layers.append(layers.Dropout(rate=self._dropout))
            if self._batch_norm:
                self._batch_norm_layers.append(
                    layers.BatchNormalization(
                        momentum=BATCH_NORM_MOMENTUM,
                        name=f"batchnorm_{index}",
                        _scope=f"batchnorm_{index}",
                    )
                )

    def _dense_layer(self, scope, units, activation):
        with tf.compat.v1.variable_scope(scope) as scope:
            return self._layers_of_tf1.Dense(
                units,
                activation=activation,
                kernel_initializer=tf.compat.v1.glorot_uniform_initializer(),
                name=scope,
                _scope=scope,
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
        # Keras opens a name scope for a model, which graphs of TF1 do not have.
        with tf.compat.v1.name_scope(_get_previous_name_scope()):
            with tf.compat.v1.variable_scope(
                "input_from_feature_columns", partitioner=self._input_layer_partitioner
            ):
                net = self._input_layer(features)
            for index, layer in enumerate(self._hidden_layers):
                net = layer(net)
                if self._dropout is not None and training:
                    net = self._dropout_layers[index](net, training=True)
                if self._batch_norm:
                    net = self._batch_norm_layers[index](net, training=training)
                add_activation_summary(net, layer.scope_name)
            logits = self._logits_layer(net)
            add_activation_summary(logits, self._logits_layer.scope_name)
        return logits


def _input_layer(feature_columns):
    if are_public_columns(feature_columns):
        layers = importlib.import_module(f"{SERVED['keras']}.layers")
        return layers.DenseFeatures(feature_columns, name="input_layer")
    # The columns of tf.contrib.layers, and those of TF1's internals.
    return lambda features: tf.compat.v1.feature_column.input_layer(features, feature_columns)
