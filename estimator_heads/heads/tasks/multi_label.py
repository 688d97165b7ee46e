"""MultiLabelTask: any number of classes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput
from estimator_heads.heads.tasks import (
    arguments,
    checks,
    classification,
    label_processing,
    losses,
    metrics,
)
from estimator_heads.heads.tasks.base import ClassificationTask
from estimator_heads.keys import MetricKeys, PredictionKeys
from estimator_heads.types import Labels


@dataclass(eq=False, kw_only=True)
class MultiLabelTask(ClassificationTask):
    """Classes that do not exclude each other; the loss is their mean sigmoid cross entropy.

    Processed labels are 0 or 1 for each class, of the shape of the logits.

    Attributes:
        n_classes: Number of classes, an int greater than 1.
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
        classes_for_class_based_metrics: Ids, or names in the vocabulary, of the classes that have
            metrics of their own; ids once the task is made.
    """

    n_classes: int = 2
    # As given; tuples once the task is made.
    thresholds: Any = ()
    classes_for_class_based_metrics: Any = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        self.thresholds = arguments.checked_thresholds(self.thresholds)
        self.classes_for_class_based_metrics = arguments.class_ids_for_metrics(
            self.classes_for_class_based_metrics, self.n_classes, self.label_vocabulary
        )

    @property
    def logits_dimension(self) -> int:
        """See `Task.logits_dimension`."""
        return self.n_classes

    def processed_labels(self, labels: Labels | None, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.processed_labels`."""
        labels = label_processing.to_tensor(labels)
        if isinstance(labels, tf.SparseTensor):
            labels = label_processing.indicators(labels, self.n_classes, self.vocabulary)
        else:
            labels = label_processing.to_numbers(labels)
            labels = checks.in_range(
                labels, 2, "labels", "0 or 1 for each class (or a SparseTensor of class ids)"
            )
        return label_processing.dense_labels(labels, logits, dimension=self.n_classes)

    def default_loss(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.default_loss`."""
        return losses.mean_sigmoid_cross_entropy(labels, logits)

    def prediction_parts(self, logits: tf.Tensor) -> dict[str, Callable[[], tf.Tensor]]:
        """See `Task.prediction_parts`."""
        return {
            PredictionKeys.LOGITS: lambda: logits,
            PredictionKeys.PROBABILITIES: lambda: tf.sigmoid(logits, name="probabilities"),
            PredictionKeys.CLASSES: lambda: classification.all_classes(
                logits, self.n_classes, self.vocabulary
            ),
        }

    def metrics(self) -> list[metrics.HeadMetric]:
        """See `Task.metrics`."""
        probabilities = PredictionKeys.PROBABILITIES
        found = [
            metrics.loss_mean(),
            metrics.against_labels(MetricKeys.AUC, probabilities, "AUC"),
            metrics.against_labels(MetricKeys.AUC_PR, probabilities, "AUC", curve="PR"),
            *metrics.at_thresholds(self.thresholds, probabilities),
        ]
        for class_id in self.classes_for_class_based_metrics:
            name = self.label_vocabulary[class_id] if self.label_vocabulary else None
            found += metrics.for_class(class_id, name, probabilities)
        return found

    def export_outputs(self, predictions: dict[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """See `Task.export_outputs`."""
        return classification.export_outputs(predictions, self.n_classes, self.vocabulary)
