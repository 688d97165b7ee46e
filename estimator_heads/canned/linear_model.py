"""LinearModel: a weighted sum over feature columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import feature_columns as private_columns
from estimator_heads.canned import arguments
from estimator_heads.canned.autograph import without_autograph
from estimator_heads.types import FeatureColumn


class LinearModelLayer(tf_keras.layers.Layer):
    """The layer with the variables of a `LinearModel`.

    Args:
        feature_columns: Columns of `tf.feature_column`, dense or categorical.
        units: Dimension of the logits.
        sparse_combiner: "sum", "mean" or "sqrtn": how the weights of a categorical column with
            several values for an example become one.
        trainable: Whether the variables are trained.
        name: The variables are `<name>/<column>/weights` and `<name>/bias_weights`.

    Raises:
        ValueError: There are no columns, two have one name, or one is of another kind.

    Reproduces `_LinearModelLayer` of TF 2.15's `canned.linear`.
    """

    def __init__(
        self,
        feature_columns: Iterable[FeatureColumn],
        units: int = 1,
        sparse_combiner: str = "sum",
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, trainable=trainable, **kwargs)
        self._feature_columns = private_columns.sorted_columns(feature_columns)
        for column in self._feature_columns:
            if not private_columns.is_dense(column) and not private_columns.is_categorical(column):
                raise ValueError(
                    "Invalid value for argument `feature_columns`. Expected dense or categorical "
                    f"columns; sequence columns work in an RNNEstimator. Received: {column!r}."
                )
        self._units = units
        self._sparse_combiner = sparse_combiner
        self._state_manager = private_columns.state_manager(self, self.trainable)
        self.bias = None

    def build(self, _: Any) -> None:
        """Makes the variables."""
        with _variable_scope(self.name):
            for column in self._feature_columns:
                with _variable_scope(private_columns.scope_name(column)):
                    column.create_state(self._state_manager)
                    self._create_weights(column)
            self.bias = self.add_weight(
                name="bias_weights",
                dtype=tf.float32,
                shape=[self._units],
                initializer=tf_keras.initializers.zeros(),
                trainable=self.trainable,
                use_resource=True,
                getter=tf.compat.v1.get_variable,
            )
        super().build(None)

    def _create_weights(self, column):
        is_categorical = private_columns.is_categorical(column)
        rows = column.num_buckets if is_categorical else column.variable_shape.num_elements()
        self._state_manager.create_variable(
            column,
            name="weights",
            dtype=tf.float32,
            shape=(rows, self._units),
            initializer=tf_keras.initializers.zeros(),
            trainable=self.trainable,
        )

    @without_autograph
    def call(self, features: dict[str, Any]) -> tf.Tensor:
        """The logits.

        Args:
            features: Dict from feature names to Tensors or SparseTensors.

        Returns:
            float32 Tensor of shape [batch_size, units].
        """
        arguments.check_features(features)
        with tf.name_scope(self.name):
            transformed = private_columns.transformed_features(features)
            sums = []
            for column in self._feature_columns:
                with tf.name_scope(private_columns.scope_name(column)):
                    sums.append(
                        private_columns.weighted_sum(
                            column,
                            transformed,
                            self._state_manager,
                            self._sparse_combiner,
                            self._state_manager.get_variable(column, "weights"),
                        )
                    )
            private_columns.check_batch_sizes(sums, self._feature_columns)
            total = tf.math.add_n(sums, name="weighted_sum_no_bias")
            return tf.nn.bias_add(total, self.bias, name="weighted_sum")


class LinearModel(tf_keras.Model):
    """A linear model over feature columns.

    Args:
        feature_columns: Columns of `tf.feature_column`, dense or categorical.
        units: Dimension of the logits.
        sparse_combiner: "sum", "mean" or "sqrtn", as for `LinearModelLayer`.
        trainable: Whether the variables are trained.
        name: Name of the model, at the front of its variables' names.

    Reproduces `LinearModel` of TF 2.15's `canned.linear`.
    """

    def __init__(
        self,
        feature_columns: Iterable[FeatureColumn],
        units: int = 1,
        sparse_combiner: str = "sum",
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.layer = LinearModelLayer(
            feature_columns, units, sparse_combiner, trainable, name=self.name, **kwargs
        )

    @without_autograph
    def call(self, features: dict[str, Any]) -> tf.Tensor:
        """The logits: see `LinearModelLayer.call`."""
        return self.layer(features)

    @property
    def bias(self) -> tf.Variable:
        """The bias, a variable of shape [units]."""
        return self.layer.bias


def _variable_scope(name):
    # Of variables only: the operations have scopes of their own.
    return tf.compat.v1.variable_scope(name, auxiliary_name_scope=False)
