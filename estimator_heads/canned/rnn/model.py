"""RNNModel: feature columns of sequences, a recurrent layer and a layer of logits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tensorflow as tf
import tf_keras
from tf_keras.api._v1.keras.layers import DenseFeatures

from estimator_heads._tensorflow import sequence_columns
from estimator_heads.canned import arguments
from estimator_heads.types import Activation, FeatureColumn


class RNNModel(tf_keras.Model):
    """A recurrent network over feature columns.

    Args:
        rnn_layer: A recurrent layer of `tf_keras.layers`.
        units: Dimension of the logits.
        sequence_feature_columns: `tf.feature_column.sequence_numeric_column`s, and
            `embedding_column`s or `indicator_column`s of a sequence_categorical_column.
        context_feature_columns: Dense columns whose values each step of a sequence has in addition.
        activation: Function applied to the logits, or None.
        return_sequences: Whether `rnn_layer` puts out all steps, instead of the last.
        **kwargs: Further arguments of `tf_keras.Model`: `name`, ...

    Raises:
        ValueError: `units` is not an integer.

    Reproduces `tensorflow_estimator.python.estimator.canned.rnn.RNNModel` of TF 2.15.

    >>> words = tf.feature_column.sequence_categorical_column_with_identity("words", 5)
    >>> columns = [tf.feature_column.embedding_column(words, dimension=2)]
    >>> model = RNNModel(tf_keras.layers.SimpleRNN(3), units=1, sequence_feature_columns=columns)
    >>> sentences = tf.sparse.from_dense([[1, 2, 4], [3, 0, 0]])
    >>> model({"words": sentences}).shape
    TensorShape([2, 1])
    """

    def __init__(
        self,
        rnn_layer: tf_keras.layers.Layer,
        units: int,
        sequence_feature_columns: Iterable[FeatureColumn],
        context_feature_columns: Iterable[FeatureColumn] | None = None,
        activation: Activation = None,
        return_sequences: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        arguments.check_units(units)
        self._return_sequences = return_sequences
        self._sequence_feature_columns = list(sequence_feature_columns)
        self._context_feature_columns = list(context_feature_columns or [])
        self._sequence_features_layer = tf_keras.experimental.SequenceFeatures(
            self._sequence_feature_columns
        )
        self._dense_features_layer = None
        if self._context_feature_columns:
            # TF1's, as the names of its variables in checkpoints are.
            self._dense_features_layer = DenseFeatures(self._context_feature_columns)
        self._rnn_layer = rnn_layer
        self._logits_layer = tf_keras.layers.Dense(units, activation=activation, name="logits")

    def call(self, inputs: dict[str, Any], training: bool | None = None) -> tf.Tensor:
        """The logits.

        Args:
            inputs: Dict from feature names to Tensors or SparseTensors.
            training: Whether the layers behave as in training.

        Returns:
            float32 Tensor of shape [batch_size, units]; of all steps [batch_size, length, units].

        Raises:
            ValueError: `inputs` is not a dict.
        """
        arguments.check_features(inputs)
        with tf.compat.v1.name_scope("sequence_input_layer"):
            sequence_input, sequence_length = self._sequence_features_layer(
                inputs, training=training
            )
            tf.compat.v1.summary.histogram("sequence_length", sequence_length)
            if self._dense_features_layer is not None:
                context_input = self._dense_features_layer(inputs, training=training)
                sequence_input = sequence_columns.concatenate_context_input(
                    context_input, sequence_input
                )
        mask = tf.sequence_mask(sequence_length)
        logits = self._logits_layer(self._rnn_layer(sequence_input, mask=mask, training=training))
        if self._return_sequences:
            # Keras leaves steps out of losses and metrics by this mask.
            logits._keras_mask = mask
        return logits

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor, as plain values."""
        context = self._context_feature_columns
        return {
            "name": self.name,
            "rnn_layer": {
                "class_name": type(self._rnn_layer).__name__,
                "config": self._rnn_layer.get_config(),
            },
            "units": self._logits_layer.units,
            "return_sequences": self._return_sequences,
            "activation": tf_keras.activations.serialize(self._logits_layer.activation),
            "sequence_feature_columns": sequence_columns.serialized_columns(
                self._sequence_feature_columns
            ),
            "context_feature_columns": (
                sequence_columns.serialized_columns(context) if context else None
            ),
        }

    @classmethod
    def from_config(
        cls, config: Mapping[str, Any], custom_objects: Mapping[str, Any] | None = None
    ) -> RNNModel:
        """A model from what `get_config` returned.

        Args:
            config: Dict.
            custom_objects: Dict from names to classes and functions of the user's.

        Returns:
            An `RNNModel`.
        """
        config = dict(config)
        rnn_layer = tf_keras.layers.deserialize(
            config.pop("rnn_layer"), custom_objects=custom_objects
        )
        columns = {
            name: sequence_columns.deserialized_columns(config[name], custom_objects)
            for name in ("sequence_feature_columns", "context_feature_columns")
            if config.get(name)
        }
        activation = tf_keras.activations.deserialize(
            config.pop("activation", None), custom_objects=custom_objects
        )
        return cls(**{**config, **columns, "rnn_layer": rnn_layer, "activation": activation})
