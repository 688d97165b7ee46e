"""MultiLabelHead: any number of classes at once."""

import tensorflow as tf

from estimator_heads.heads import arguments, checks, losses, metrics
from estimator_heads.heads import labels as labels_lib
from estimator_heads.heads.task_head import TaskHead
from estimator_heads.heads.tasks import classification
from estimator_heads.heads.vocabulary import LabelVocabulary
from estimator_heads.heads.weights import example_weights
from estimator_heads.keys import MetricKeys, PredictionKeys


class MultiLabelHead(TaskHead):
    """Head for classes that do not exclude each other, trained with sigmoid cross entropy.

    The loss of an example is the mean over its classes. Logits have shape
    [D0, D1, ..., DN, n_classes], usually [batch_size, n_classes]. Labels are either a dense Tensor
    of that shape that has 1 for each class that applies and 0 elsewhere; or a SparseTensor of
    dense shape [D0, D1, ..., DN, ?] that lists class ids or, with a `label_vocabulary`, strings.
    Weights have shape [D0, D1, ..., DN] or [D0, D1, ..., DN, 1].

    Reproduces `tf.estimator.MultiLabelHead` of TF 2.15.

    >>> head = MultiLabelHead(n_classes=2)
    >>> loss = head.loss(labels=[[1, 0], [1, 1]], logits=[[-10.0, 10.0], [-15.0, 10.0]])
    >>> round(float(loss), 2)  # ((10 + 10) / 2 + (15 + 0) / 2) / 2
    8.75

    Args:
        n_classes: number of classes, greater than 1 (for 1 class use `BinaryClassHead`).
        weight_column: name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted with it.
        thresholds: iterable of numbers in (0, 1). For each, accuracy, precision and recall over all
            classes are reported with that probability as the limit.
        label_vocabulary: list or tuple of `n_classes` label strings, in the order of the class ids.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of examples) or
            "sum".
        loss_fn: function of `labels` (the dense 0/1 form), `logits` and optionally `features`,
            `loss_reduction`, that returns the unreduced loss, shape [D0, ..., DN, 1].
        classes_for_class_based_metrics: list of the class ids, or names in the vocabulary, for
            which mean probability and AUC are reported separately.
        name: name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: an argument is not what is said above.
    """

    def __init__(
        self,
        n_classes,
        weight_column=None,
        thresholds=None,
        label_vocabulary=None,
        loss_reduction=arguments.SUM_OVER_BATCH_SIZE,
        loss_fn=None,
        classes_for_class_based_metrics=None,
        name=None,
    ):
        hint = " (for 1 class use BinaryClassHead)"
        n_classes = arguments.checked_n_classes(n_classes, 2, hint)
        arguments.check_label_vocabulary(label_vocabulary, n_classes)
        arguments.check_loss_reduction(loss_reduction)
        if loss_fn:
            arguments.check_loss_fn(loss_fn)
        super().__init__(weight_column, loss_reduction, loss_fn, name)
        self._n_classes = n_classes
        self._thresholds = arguments.check_thresholds(thresholds)
        self._classes_for_class_based_metrics = arguments.check_classes_for_metrics(
            classes_for_class_based_metrics, n_classes, label_vocabulary
        )
        self._label_vocabulary = label_vocabulary
        self._vocabulary = LabelVocabulary(label_vocabulary) if label_vocabulary else None

    @property
    def logits_dimension(self):
        """See `Head.logits_dimension`."""
        return self._n_classes

    def predictions(self, logits, keys=None):
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, n_classes].
            keys: list of the keys wanted, out of those below; all of them by default.

        Returns:
            A dict of Tensors: `logits` and `probabilities`, of the shape of the logits; `classes`,
            the name (or id, as a string) of every class, shape [batch_size, n_classes].

        Raises:
            ValueError: a key is unknown, or the logits have another shape.
        """
        logits = self._checked_logits(logits)
        with tf.compat.v1.name_scope("predictions"):
            parts = {
                PredictionKeys.LOGITS: lambda: logits,
                PredictionKeys.PROBABILITIES: lambda: tf.sigmoid(logits, name="probabilities"),
                PredictionKeys.CLASSES: lambda: classification.all_classes(
                    logits, self._n_classes, self._vocabulary
                ),
            }
            return {key: parts[key]() for key in checks.check_prediction_keys(keys, parts)}

    def _processed_labels(self, logits, labels):
        labels = labels_lib.to_tensor(labels)
        if isinstance(labels, tf.SparseTensor):
            labels = labels_lib.indicators(labels, self._n_classes, self._vocabulary)
        else:
            labels = labels_lib.require_numbers(labels)
            labels = checks.in_range(
                labels, 2, "labels", "0 or 1 for each class (or a SparseTensor of class ids)"
            )
        return labels_lib.dense_labels(labels, logits, dimension=self._n_classes)

    def _unweighted_loss_and_weights(self, logits, processed_labels, features):
        if self._loss_fn:
            loss = losses.call_loss_fn(
                self._loss_fn, processed_labels, logits, features, self._loss_reduction, dimension=1
            )
        else:
            loss = losses.mean_sigmoid_cross_entropy(processed_labels, logits)
        return loss, example_weights(features, self._weight_column, logits)

    def _head_metrics(self):
        probabilities = PredictionKeys.PROBABILITIES
        head_metrics = [
            metrics.loss_mean(),
            metrics.against_labels(MetricKeys.AUC, probabilities, "AUC"),
            metrics.against_labels(MetricKeys.AUC_PR, probabilities, "AUC", curve="PR"),
            *metrics.at_thresholds(self._thresholds, probabilities),
        ]
        for class_id in self._classes_for_class_based_metrics:
            name = self._label_vocabulary[class_id] if self._label_vocabulary else None
            head_metrics += metrics.for_class(class_id, name, probabilities)
        return head_metrics

    def _export_outputs(self, predictions):
        return classification.export_outputs(predictions, self._n_classes, self._vocabulary)
