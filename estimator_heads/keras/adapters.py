"""Losses and metrics of a user's that derive from classes of Keras 3, for models of tf_keras."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf
import tf_keras

if TYPE_CHECKING:
    import keras


class LossOfKeras3(tf_keras.losses.Loss):
    """Computes a loss of Keras 3.

    Args:
        loss: The loss.
        reduction: How the losses of the examples are made one; a name of tf_keras.
    """

    def __init__(self, loss: keras.losses.Loss, reduction: str) -> None:
        super().__init__(reduction, loss.name)
        self._loss = loss

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """The loss of each example, or what a user's class makes of them."""
        return self._loss.call(y_true, y_pred)


class MetricOfKeras3(tf_keras.metrics.Metric):
    """Computes a metric of Keras 3, whose variables it makes anew in the default graph.

    Args:
        metric: The metric.
    """

    def __init__(self, metric: keras.metrics.Metric) -> None:
        super().__init__(metric.name)
        self._given = metric
        self._metric = type(metric).from_config(metric.get_config())
        self._non_trainable_weights.extend(variable.value for variable in self._metric.variables)

    def update_state(
        self, y_true: tf.Tensor, y_pred: tf.Tensor, sample_weight: tf.Tensor | None = None
    ) -> tf.Tensor:
        """Adds a batch, and returns the operation that does so."""
        graph = tf.compat.v1.get_default_graph()
        number_before = len(graph.get_operations())
        self._metric.update_state(y_true, y_pred, sample_weight)
        added = graph.get_operations()[number_before:]
        with tf.control_dependencies([op for op in added if op.type.startswith("Assign")]):
            return tf.constant(True)  # An Operation may not be returned: tf_keras makes a function.

    def result(self) -> tf.Tensor:
        """The metric of all batches, a Tensor."""
        return tf.convert_to_tensor(self._metric.result())

    def get_config(self) -> dict[str, Any]:
        """The metric, to be made anew in another graph."""
        return {"metric": self._given}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> MetricOfKeras3:
        """Reproduces `Metric.from_config`."""
        return cls(**config)
