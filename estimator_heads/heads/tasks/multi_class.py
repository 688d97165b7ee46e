"""MultiClassTask: one of several classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput
from estimator_heads.heads.tasks import classification, label_processing, losses, metrics
from estimator_heads.heads.tasks.base import ClassificationTask
from estimator_heads.keys import MetricKeys, PredictionKeys
from estimator_heads.types import Labels


@dataclass(eq=False, kw_only=True)
class MultiClassTask(ClassificationTask):
    """One of several classes, told apart by softmax cross entropy.

    Processed labels are class ids of shape [D0, ..., DN, 1].

    Attributes:
        n_classes: Number of classes, an int greater than 2.
    """

    n_classes: int = 3

    @property
    def logits_dimension(self) -> int:
        """See `Task.logits_dimension`."""
        return self.n_classes

    def processed_labels(self, labels: Labels | None, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.processed_labels`."""
        dense = label_processing.dense_labels(labels, logits, dimension=1)
        return label_processing.class_ids(dense, self.n_classes, self.vocabulary)

    def default_loss(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.default_loss`."""
        return losses.sparse_softmax_cross_entropy(labels, logits)

    def prediction_parts(self, logits: tf.Tensor) -> dict[str, Callable[[], tf.Tensor]]:
        """See `Task.prediction_parts`."""
        return {
            **classification.prediction_parts(logits, self.n_classes, self.vocabulary),
            PredictionKeys.LOGITS: lambda: logits,
        }

    def metrics(self) -> list[metrics.HeadMetric]:
        """See `Task.metrics`."""
        return [
            metrics.loss_mean(),
            metrics.against_labels(MetricKeys.ACCURACY, PredictionKeys.CLASS_IDS, "Accuracy"),
        ]

    def export_outputs(self, predictions: dict[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """See `Task.export_outputs`."""
        return classification.export_outputs(predictions, self.n_classes, self.vocabulary)
