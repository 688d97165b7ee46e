"""RegressionTask, and the two with a loss and a link of their own: Poisson and logistic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput, PredictOutput, RegressionOutput
from estimator_heads.heads.tasks import arguments, label_processing, losses, metrics
from estimator_heads.heads.tasks.base import Task
from estimator_heads.keys import PredictionKeys, ServingKeys
from estimator_heads.types import Labels, WeightColumn


@dataclass(eq=False, kw_only=True)
class RegressionTask(Task):
    """One or more numbers; the loss is the squared error, unless there is a `loss_fn`.

    Processed labels are floats of the shape of the logits. Each number may have its own weight.

    Attributes:
        label_dimension: Number of values predicted per example.
        inverse_link_fn: Function from logits to predictions; or None for the identity.
    """

    label_dimension: int = 1
    inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None

    weighs_each_logit = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self.label_dimension = arguments.checked_label_dimension(self.label_dimension)

    @property
    def logits_dimension(self) -> int:
        """See `Task.logits_dimension`."""
        return self.label_dimension

    @property
    def loss_dimension(self) -> int:
        """As many losses as numbers."""
        return self.label_dimension

    def processed_labels(self, labels: Labels | None, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.processed_labels`."""
        dense = label_processing.dense_labels(labels, logits, dimension=self.label_dimension)
        return label_processing.to_float(dense)

    def default_loss(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.default_loss`."""
        return tf.math.squared_difference(logits, labels)

    def prediction_parts(self, logits: tf.Tensor) -> dict[str, Callable[[], tf.Tensor]]:
        """See `Task.prediction_parts`."""
        if self.inverse_link_fn is None:
            return {PredictionKeys.PREDICTIONS: lambda: logits}
        return {
            PredictionKeys.PREDICTIONS: lambda: self.inverse_link_fn(logits),
            PredictionKeys.LOGITS: lambda: logits,
        }

    def metrics(self) -> list[metrics.HeadMetric]:
        """See `Task.metrics`."""
        return [
            metrics.loss_mean(),
            metrics.prediction_mean(PredictionKeys.PREDICTIONS),
            metrics.label_mean(),
        ]

    def export_outputs(self, predictions: dict[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """See `Task.export_outputs`."""
        regression = RegressionOutput(predictions[PredictionKeys.PREDICTIONS])
        return {
            ServingKeys.DEFAULT: regression,
            ServingKeys.REGRESS: regression,
            ServingKeys.PREDICT: PredictOutput(predictions),
        }


def poisson_regression_task(
    weight_column: WeightColumn | None = None,
    label_dimension: int = 1,
    compute_full_loss: bool = True,
) -> RegressionTask:
    """Counts, whose logarithms are the logits; the loss is `losses.log_poisson`."""

    def loss_fn(labels, logits):
        return losses.log_poisson(labels, logits, compute_full_loss)

    return RegressionTask(
        weight_column=weight_column,
        loss_fn=loss_fn,
        label_dimension=label_dimension,
        inverse_link_fn=tf.math.exp,
    )


def logistic_regression_task(weight_column: WeightColumn | None = None) -> RegressionTask:
    """A probability; the loss is `losses.sigmoid_cross_entropy_of_probabilities`."""
    loss_fn = losses.sigmoid_cross_entropy_of_probabilities
    return RegressionTask(
        weight_column=weight_column, loss_fn=loss_fn, inverse_link_fn=tf.math.sigmoid
    )
