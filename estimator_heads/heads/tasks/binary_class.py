"""BinaryClassTask: one logit, two classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput, RegressionOutput
from estimator_heads.heads.tasks import arguments, checks, classification, label_processing, metrics
from estimator_heads.heads.tasks.base import ClassificationTask
from estimator_heads.keys import MetricKeys, PredictionKeys, ServingKeys
from estimator_heads.types import Labels


@dataclass(eq=False, kw_only=True)
class BinaryClassTask(ClassificationTask):
    """Two classes, told apart by the sigmoid cross entropy of one logit.

    Processed labels are floats in [0, 1], of the shape of the logits.

    Attributes:
        thresholds: Numbers in (0, 1) at which accuracy, precision and recall are reported.
    """

    thresholds: Any = ()  # As given; a tuple once the task is made.

    logits_dimension = 1
    n_classes = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        self.thresholds = arguments.checked_thresholds(self.thresholds)

    def processed_labels(self, labels: Labels | None, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.processed_labels`."""
        dense = label_processing.dense_labels(labels, logits, dimension=1)
        if self.vocabulary is not None:
            dense = label_processing.ids_in_vocabulary(dense, self.vocabulary, TypeError)
        return checks.in_range(label_processing.to_float(dense), 2, "labels", "values in [0, 1]")

    def default_loss(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """See `Task.default_loss`."""
        return tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)

    def prediction_parts(self, logits: tf.Tensor) -> dict[str, Callable[[], tf.Tensor]]:
        """See `Task.prediction_parts`."""
        both = tf.concat([tf.zeros_like(logits), logits], axis=-1, name="two_class_logits")
        return {
            **classification.prediction_parts(both, 2, self.vocabulary),
            PredictionKeys.PROBABILITIES: lambda: classification.two_class_probabilities(logits),
            PredictionKeys.LOGITS: lambda: logits,
            PredictionKeys.LOGISTIC: lambda: tf.sigmoid(logits, name="logistic"),
        }

    def metrics(self) -> list[metrics.HeadMetric]:
        """See `Task.metrics`."""
        class_ids, logistic = PredictionKeys.CLASS_IDS, PredictionKeys.LOGISTIC
        compare = metrics.against_labels
        return [
            metrics.loss_mean(),
            compare(MetricKeys.ACCURACY, class_ids, "Accuracy"),
            compare(MetricKeys.PRECISION, class_ids, "Precision"),
            compare(MetricKeys.RECALL, class_ids, "Recall"),
            metrics.prediction_mean(logistic),
            metrics.label_mean(),
            metrics.accuracy_baseline(),
            compare(MetricKeys.AUC, logistic, "AUC"),
            compare(MetricKeys.AUC_PR, logistic, "AUC", curve="PR"),
            *metrics.at_thresholds(self.thresholds, logistic),
        ]

    def export_outputs(self, predictions: dict[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """See `Task.export_outputs`."""
        return {
            **classification.export_outputs(predictions, 2, self.vocabulary),
            ServingKeys.REGRESS: RegressionOutput(predictions[PredictionKeys.LOGISTIC]),
        }
