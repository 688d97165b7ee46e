"""The head of `tf.contrib.learn` for one of several classes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn import output_alternatives
from estimator_heads.compat.contrib.learn.heads import metrics
from estimator_heads.compat.contrib.learn.heads.single import SingleHead, checked_metric_class_ids
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.heads.tasks import (
    MultiClassTask,
    arguments,
    checks,
    classification,
    label_processing,
)
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary


class MultiClassHead(SingleHead):
    """Class ids, or the strings of `label_keys`, of rank 1 in predictions.

    Args:
        n_classes: Number of classes, greater than 2.
        metric_class_ids: Class ids that have metrics of their own; with `label_keys` none has.
        label_keys: List or tuple of `n_classes` strings, or None.
        **options: Those of `SingleHead`, without the task.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _problem_type = ProblemType.CLASSIFICATION
    _default_scope = "multi_class_head"

    def __init__(
        self,
        n_classes: int,
        metric_class_ids: Sequence[int] | None = None,
        label_keys: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        n_classes = arguments.checked_n_classes(n_classes, 3)
        super().__init__(MultiClassTask(n_classes=n_classes), **options)
        metric_class_ids = checked_metric_class_ids(metric_class_ids, n_classes)
        self._vocabulary = None
        if label_keys is not None and len(label_keys):
            if len(label_keys) != n_classes:
                raise ValueError(
                    "Invalid value for argument `label_keys`. Expected one string per class, "
                    f"{n_classes} in total. Received: {len(label_keys)} of them, {label_keys!r}."
                )
            self._vocabulary = LabelVocabulary(label_keys, "label_keys")
        else:
            self._metric_class_ids = metric_class_ids

    def _predictions(self, logits):
        parts = classification.prediction_parts(logits, self.logits_dimension, self._vocabulary)
        class_ids = tf.argmax(logits, 1, name=PredictionKey.CLASSES)
        return {
            PredictionKey.LOGITS: logits,
            PredictionKey.PROBABILITIES: parts[PredictionKey.PROBABILITIES](),
            PredictionKey.CLASSES: (
                self._vocabulary.class_strings(class_ids) if self._vocabulary else class_ids
            ),
        }

    def _processed_labels(self, logits, labels):
        if self._vocabulary:
            return super()._processed_labels(logits, self._ids_of(labels))
        if self._loss_fn:
            # A loss function of the user's may know more labels than class ids.
            return label_processing.dense_labels(labels, logits, dimension=1)
        if not labels.dtype.is_integer:
            raise ValueError(
                "Invalid dtype of `labels`. Expected integer class ids, or strings if the head has "
                f"`label_keys`. Received: labels of dtype {labels.dtype.name}."
            )
        return super()._processed_labels(logits, labels)

    def _ids_of(self, labels):
        if labels.dtype != tf.string:
            raise TypeError(
                "Invalid dtype of `labels`. Expected strings, because the head has `label_keys`; "
                "omit it if the labels are already class ids. Received: labels of dtype "
                f"{labels.dtype.name}."
            )
        assert self._vocabulary is not None
        ids = self._vocabulary.class_ids(labels)
        return checks.checked(
            ids,
            tf.reduce_all(ids >= 0),
            "Invalid value for argument `labels`. Expected strings in label_keys="
            f"{list(self._vocabulary.strings)}.",
            "labels",
            labels,
        )

    def _takes_strings(self):
        return self._vocabulary is not None

    def _labels_of_loss_fn(self, labels):
        return self._vocabulary.class_ids(labels) if self._vocabulary else labels

    def _head_metrics(self):
        return [metrics.accuracy()]

    def _metric_ops(self, reported_loss, batch):
        if self._vocabulary:  # Labels are ids by now.
            class_ids = tf.argmax(batch.predictions[PredictionKey.LOGITS], 1)
            predictions = {**batch.predictions, PredictionKey.CLASSES: class_ids}
            batch = dataclasses.replace(batch, predictions=predictions)
        return super()._metric_ops(reported_loss, batch)

    def _batch_by_class(self, batch):
        def one_hot(class_ids):
            return tf.one_hot(tf.cast(class_ids, tf.int64), self.logits_dimension)

        predictions = batch.predictions
        classes = one_hot(predictions[PredictionKey.CLASSES])
        return dataclasses.replace(
            batch,
            labels=one_hot(batch.labels[:, 0]),
            predictions={**predictions, PredictionKey.CLASSES: classes},
        )

    def _output_alternatives(self, predictions):
        return output_alternatives.of_classes(
            self._head_name,
            self._problem_type,
            predictions,
            self.logits_dimension,
            self._vocabulary,
        )
