"""RegressionHead, and its two relatives with another loss and link: Poisson and logistic."""

import tensorflow as tf

from estimator_heads.export.outputs import PredictOutput, RegressionOutput
from estimator_heads.heads import arguments, checks, losses, metrics
from estimator_heads.heads import labels as labels_lib
from estimator_heads.heads.task_head import TaskHead
from estimator_heads.heads.weights import example_weights
from estimator_heads.keys import PredictionKeys, ServingKeys


class RegressionHead(TaskHead):
    """Head for predicting numbers, trained with the squared error.

    Logits have shape [D0, D1, ..., DN, label_dimension], usually [batch_size, label_dimension].
    Labels have the same shape; without the last dimension if `label_dimension` is 1. Weights have
    shape [D0, D1, ..., DN], [D0, D1, ..., DN, 1] or [D0, D1, ..., DN, label_dimension].

    With `loss_fn` and `inverse_link_fn` this becomes any generalised linear model.

    Reproduces `tf.estimator.RegressionHead` of TF 2.15.

    >>> head = RegressionHead()
    >>> float(head.loss(labels=[[43.0], [44.0]], logits=[[45.0], [41.0]]))  # (2**2 + 3**2) / 2
    6.5

    Args:
        label_dimension: how many numbers are predicted for an example.
        weight_column: name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted with it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        loss_fn: function of `labels`, `logits` and optionally `features`, `loss_reduction`, that
            returns the unreduced loss, of the shape of the logits; the squared error by default.
        inverse_link_fn: function from logits to predictions; the identity by default.
        name: name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: an argument is not what is said above.
    """

    def __init__(
        self,
        label_dimension=1,
        weight_column=None,
        loss_reduction=arguments.SUM_OVER_BATCH_SIZE,
        loss_fn=None,
        inverse_link_fn=None,
        name=None,
    ):
        label_dimension = arguments.checked_label_dimension(label_dimension)
        arguments.check_loss_reduction(loss_reduction)
        if loss_fn:
            arguments.check_loss_fn(loss_fn)
        super().__init__(weight_column, loss_reduction, loss_fn, name)
        self._logits_dimension = label_dimension
        self._inverse_link_fn = inverse_link_fn

    @property
    def logits_dimension(self):
        """See `Head.logits_dimension`."""
        return self._logits_dimension

    def predictions(self, logits):
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, label_dimension].

        Returns:
            A dict of Tensors of the shape of the logits: `predictions` and, if there is an
            `inverse_link_fn`, `logits`.

        Raises:
            ValueError: the logits have another shape.
        """
        logits = self._checked_logits(logits)
        with tf.compat.v1.name_scope("predictions"):
            if self._inverse_link_fn is None:
                return {PredictionKeys.PREDICTIONS: logits}
            return {
                PredictionKeys.PREDICTIONS: self._inverse_link_fn(logits),
                PredictionKeys.LOGITS: logits,
            }

    def _processed_labels(self, logits, labels):
        labels = labels_lib.dense_labels(labels, logits, dimension=self._logits_dimension)
        return labels_lib.to_float(labels)

    def _unweighted_loss_and_weights(self, logits, labels, features):
        if self._loss_fn:
            loss = losses.call_loss_fn(
                self._loss_fn,
                labels,
                logits,
                features,
                self._loss_reduction,
                dimension=self._logits_dimension,
            )
        else:
            loss = tf.math.squared_difference(logits, labels)
        return loss, example_weights(features, self._weight_column, logits, per_logit=True)

    def _head_metrics(self):
        return [
            metrics.loss_mean(),
            metrics.prediction_mean(PredictionKeys.PREDICTIONS),
            metrics.label_mean(),
        ]

    def _export_outputs(self, predictions):
        regression = RegressionOutput(predictions[PredictionKeys.PREDICTIONS])
        return {
            ServingKeys.DEFAULT: regression,
            ServingKeys.REGRESS: regression,
            ServingKeys.PREDICT: PredictOutput(predictions),
        }


class PoissonRegressionHead(RegressionHead):
    """Head for predicting counts, trained with the Poisson log likelihood.

    Logits are logarithms of the predicted counts. Shapes are those of `RegressionHead`.

    Reproduces `tf.estimator.PoissonRegressionHead` of TF 2.15, whose loss is
    `tf.nn.log_poisson_loss`.

    >>> head = PoissonRegressionHead(compute_full_loss=False)
    >>> float(head.loss(labels=[[3.0]], logits=[[0.0]]))  # exp(0) - 3 * 0
    1.0

    Args:
        label_dimension: how many counts are predicted for an example.
        weight_column: name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted with it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        compute_full_loss: whether to add the term that depends on the labels alone, Stirling's
            approximation of log(label!).
        name: name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: an argument is not what is said above.
    """

    def __init__(
        self,
        label_dimension=1,
        weight_column=None,
        loss_reduction=arguments.SUM_OVER_BATCH_SIZE,
        compute_full_loss=True,
        name=None,
    ):
        self._compute_full_loss = compute_full_loss
        super().__init__(
            label_dimension=label_dimension,
            weight_column=weight_column,
            loss_reduction=loss_reduction,
            loss_fn=self._poisson_loss,
            inverse_link_fn=tf.math.exp,
            name=name,
        )

    def _poisson_loss(self, labels, logits):
        return tf.nn.log_poisson_loss(labels, logits, compute_full_loss=self._compute_full_loss)


class LogisticRegressionHead(RegressionHead):
    """Head for predicting a probability, trained with sigmoid cross entropy.

    Unlike `BinaryClassHead` it reports no classes and no AUC, takes labels anywhere in [0, 1], and
    serves the probability as a regression. Logits have shape [D0, D1, ..., DN, 1].

    Reproduces `tf.estimator.LogisticRegressionHead` of TF 2.15.

    >>> head = LogisticRegressionHead()
    >>> head.predictions([[0.0]])["predictions"].numpy().tolist()
    [[0.5]]

    Args:
        weight_column: name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted with it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        name: name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: `loss_reduction` is not one of those.
    """

    def __init__(
        self,
        weight_column=None,
        loss_reduction=arguments.SUM_OVER_BATCH_SIZE,
        name=None,
    ):
        super().__init__(
            label_dimension=1,
            weight_column=weight_column,
            loss_reduction=loss_reduction,
            loss_fn=self._logistic_loss,
            inverse_link_fn=tf.math.sigmoid,
            name=name,
        )

    def _logistic_loss(self, labels, logits):
        labels = checks.in_range(labels, 2, "labels", "numbers in [0, 1]")
        return tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
