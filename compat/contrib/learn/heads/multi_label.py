"""The head of `tf.contrib.learn` for any number of classes at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn import output_alternatives
from estimator_heads.compat.contrib.learn.heads import metrics
from estimator_heads.compat.contrib.learn.heads.single import SingleHead, checked_metric_class_ids
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.heads.tasks import MultiLabelTask, arguments, label_processing


class MultiLabelHead(SingleHead):
    """Labels are 0 or 1 for each class, or a SparseTensor of class ids.

    Args:
        n_classes: Number of classes, greater than 1.
        metric_class_ids: Class ids that have metrics of their own.
        **options: Those of `SingleHead`, without the task.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _problem_type = ProblemType.CLASSIFICATION
    _default_scope = "multi_label_head"
    _takes_sparse_labels = True

    def __init__(
        self, n_classes: int, metric_class_ids: Sequence[int] | None = None, **options: Any
    ) -> None:
        hint = " (for 1 class use multi_class_head(2))"
        n_classes = arguments.checked_n_classes(n_classes, 2, hint)
        super().__init__(MultiLabelTask(n_classes=n_classes), **options)
        self._metric_class_ids = checked_metric_class_ids(metric_class_ids, n_classes)

    def _labels_tensor(self, labels):
        labels = super()._labels_tensor(labels)
        if isinstance(labels, tf.SparseTensor):
            return label_processing.indicators(labels, self.logits_dimension, vocabulary=None)
        return labels

    def _predictions(self, logits):
        return {
            PredictionKey.LOGITS: logits,
            PredictionKey.PROBABILITIES: tf.sigmoid(logits, name=PredictionKey.PROBABILITIES),
            PredictionKey.CLASSES: tf.cast(logits > 0, tf.int64, name=PredictionKey.CLASSES),
        }

    def _processed_labels(self, logits, labels):
        # Unlike the core's, these labels may have any value.
        dense = label_processing.dense_labels(labels, logits, dimension=self.logits_dimension)
        return label_processing.to_float(dense)

    def _unreduced_loss(self, processed_labels, logits):
        # Not averaged over the classes as in the core: each may have a weight of its own.
        return tf.nn.sigmoid_cross_entropy_with_logits(processed_labels, logits)

    def _head_metrics(self):
        return [metrics.accuracy(), *metrics.areas(PredictionKey.PROBABILITIES)]

    def _class_metrics(self, class_id):
        return [*metrics.means_of_class(class_id), *metrics.areas_of_class(class_id)]

    def _output_alternatives(self, predictions):
        return output_alternatives.of_classes(
            self._head_name, self._problem_type, predictions, self.logits_dimension
        )
