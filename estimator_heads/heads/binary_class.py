"""BinaryClassHead: one logit, two classes."""

import tensorflow as tf

from estimator_heads.export.outputs import RegressionOutput
from estimator_heads.heads import arguments, checks, losses, metrics
from estimator_heads.heads import labels as labels_lib
from estimator_heads.heads.task_head import TaskHead
from estimator_heads.heads.tasks import classification
from estimator_heads.heads.vocabulary import LabelVocabulary
from estimator_heads.heads.weights import example_weights
from estimator_heads.keys import MetricKeys, PredictionKeys, ServingKeys


class BinaryClassHead(TaskHead):
    """Head for two classes, trained with sigmoid cross entropy.

    Logits have shape [D0, D1, ..., DN, 1], usually [batch_size, 1]. Labels have that shape too, or
    [D0, D1, ..., DN]: strings if there is a `label_vocabulary`, else numbers or bools in [0, 1].
    Weights have the shape [D0, D1, ..., DN] or [D0, D1, ..., DN, 1].

    Reproduces `tf.estimator.BinaryClassHead` of TF 2.15.

    >>> head = BinaryClassHead()
    >>> logits = [[45.0], [-41.0]]
    >>> float(head.loss(labels=[[1], [1]], logits=logits))  # (0 + 41) / 2
    20.5
    >>> head.predictions(logits, keys=["classes"])["classes"].numpy().tolist()
    [[b'1'], [b'0']]

    Args:
        weight_column: name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted with it.
        thresholds: iterable of numbers in (0, 1). For each, accuracy, precision and recall are
            reported with that probability as the limit between the classes.
        label_vocabulary: list or tuple of the two label strings, class 0 first.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        loss_fn: function of `labels`, `logits` and optionally `features`, `loss_reduction`, that
            returns the unreduced loss, of the shape of the logits.
        name: name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: an argument is not what is said above.
    """

    def __init__(
        self,
        weight_column=None,
        thresholds=None,
        label_vocabulary=None,
        loss_reduction=arguments.SUM_OVER_BATCH_SIZE,
        loss_fn=None,
        name=None,
    ):
        arguments.check_label_vocabulary(label_vocabulary)
        arguments.check_loss_reduction(loss_reduction)
        if loss_fn:
            arguments.check_loss_fn(loss_fn)
        super().__init__(weight_column, loss_reduction, loss_fn, name)
        self._thresholds = arguments.check_thresholds(thresholds)
        self._label_vocabulary = label_vocabulary
        self._vocabulary = LabelVocabulary(label_vocabulary) if label_vocabulary else None

    @property
    def logits_dimension(self):
        """See `Head.logits_dimension`."""
        return 1

    def predictions(self, logits, keys=None):
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, 1].
            keys: list of the keys wanted, out of those below; all of them by default.

        Returns:
            A dict of Tensors: `logits`, `logistic` (the probability of class 1), both of the shape
            of the logits; `probabilities` [D0, D1, ..., DN, 2]; `class_ids` (int64) and `classes`
            (strings) [D0, D1, ..., DN, 1]; `all_class_ids` and `all_classes` [batch_size, 2].

        Raises:
            ValueError: a key is unknown, or the logits have another shape.
        """
        logits = self._checked_logits(logits)
        with tf.compat.v1.name_scope("predictions"):
            both = tf.concat([tf.zeros_like(logits), logits], axis=-1, name="two_class_logits")
            parts = classification.prediction_parts(both, 2, self._vocabulary)
            parts[PredictionKeys.PROBABILITIES] = lambda: classification.two_class_probabilities(
                logits
            )
            parts[PredictionKeys.LOGITS] = lambda: logits
            parts[PredictionKeys.LOGISTIC] = lambda: tf.sigmoid(logits, name="logistic")
            return {key: parts[key]() for key in checks.check_prediction_keys(keys, parts)}

    def _processed_labels(self, logits, labels):
        labels = labels_lib.dense_labels(labels, logits, dimension=1)
        if self._vocabulary is not None:
            labels = labels_lib.ids_in_vocabulary(labels, self._vocabulary, TypeError)
        return checks.in_range(labels_lib.to_float(labels), 2, "labels", "values in [0, 1]")

    def _unweighted_loss_and_weights(self, logits, labels, features):
        if self._loss_fn:
            loss = losses.call_loss_fn(
                self._loss_fn, labels, logits, features, self._loss_reduction, dimension=1
            )
        else:
            loss = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
        return loss, example_weights(features, self._weight_column, logits)

    def _head_metrics(self):
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
            *metrics.at_thresholds(self._thresholds, logistic),
        ]

    def _export_outputs(self, predictions):
        return {
            **classification.export_outputs(predictions, 2, self._vocabulary),
            ServingKeys.REGRESS: RegressionOutput(predictions[PredictionKeys.LOGISTIC]),
        }
