"""The heads of `tf.contrib.learn` for two classes: logistic, and support vector machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn import output_alternatives
from estimator_heads.compat.contrib.learn.heads import metrics
from estimator_heads.compat.contrib.learn.heads.single import SingleHead
from estimator_heads.compat.contrib.learn.keys import MetricKey, PredictionKey, ProblemType
from estimator_heads.heads.tasks import BinaryClassTask, classification, label_processing


class BinaryHead(SingleHead):
    """What the two have in common: one logit, which is positive for class 1.

    Args:
        thresholds: Numbers at which accuracy, precision and recall are reported.
        **options: Those of `SingleHead`, without the task.
    """

    _problem_type = ProblemType.LOGISTIC_REGRESSION

    def __init__(self, thresholds: Sequence[float] | None = None, **options: Any) -> None:
        super().__init__(BinaryClassTask(), **options)
        self._thresholds = tuple(thresholds or (0.5,))

    def _processed_labels(self, logits, labels):
        # Unlike the core's, these labels may have any value.
        return label_processing.to_float(label_processing.dense_labels(labels, logits, dimension=1))

    def _head_metrics(self):
        return [metrics.accuracy()]


class BinaryLogisticHead(BinaryHead):
    """See `BinaryHead`; trained with sigmoid cross entropy."""

    _default_scope = "binary_logistic_head"

    def _predictions(self, logits):
        both = two_class_logits(logits)
        parts = classification.prediction_parts(both, 2, vocabulary=None)
        return {
            PredictionKey.LOGITS: logits,
            PredictionKey.LOGISTIC: tf.sigmoid(logits, name=PredictionKey.LOGISTIC),
            PredictionKey.PROBABILITIES: parts[PredictionKey.PROBABILITIES](),
            PredictionKey.CLASSES: tf.argmax(both, 1, name=PredictionKey.CLASSES),
        }

    def _head_metrics(self):
        logistic = PredictionKey.LOGISTIC
        return [
            metrics.accuracy(),
            metrics.mean_of_predictions(MetricKey.PREDICTION_MEAN, logistic),
            metrics.mean_of_labels(MetricKey.LABEL_MEAN),
            # Not the accuracy of a constant prediction, as elsewhere, but the mean itself.
            metrics.mean_of_labels(MetricKey.ACCURACY_BASELINE),
            *metrics.areas(logistic),
            *metrics.at_thresholds(self._thresholds, logistic),
        ]

    def _output_alternatives(self, predictions):
        return output_alternatives.of_classes(
            self._head_name, self._problem_type, predictions, n_classes=2
        )


class BinarySvmHead(BinaryHead):
    """See `BinaryHead`; trained with the hinge loss."""

    _default_scope = "binary_svm_head"

    def _predictions(self, logits):
        classes = tf.argmax(two_class_logits(logits), 1, name=PredictionKey.CLASSES)
        return {PredictionKey.LOGITS: logits, PredictionKey.CLASSES: classes}

    def _unreduced_loss(self, processed_labels, logits):
        return tf.compat.v1.losses.hinge_loss(
            processed_labels,
            logits,
            loss_collection=None,
            reduction=tf.compat.v1.losses.Reduction.NONE,
        )


def two_class_logits(logits: tf.Tensor) -> tf.Tensor:
    """Logits of both classes, shape [batch_size, 2], from those of class 1."""
    return tf.concat([tf.zeros_like(logits), logits], axis=1)
