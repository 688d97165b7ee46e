"""RegressionHead, and its two relatives with another loss and link: Poisson and logistic."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.heads.task_head import TaskAttribute, TaskHead
from estimator_heads.heads.tasks import RegressionTask, arguments, losses
from estimator_heads.types import LossFn, TensorLike, WeightColumn


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
        label_dimension: Number of values predicted per example.
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        loss_fn: Function of `labels`, `logits` and optionally `features`, `loss_reduction`, that
            returns the unreduced loss, of the shape of the logits; the squared error by default.
        inverse_link_fn: Function from logits to predictions; the identity by default.
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _logits_dimension = TaskAttribute("label_dimension")
    _inverse_link_fn = TaskAttribute("inverse_link_fn")

    def __init__(
        self,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        loss_fn: LossFn | None = None,
        inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
        name: str | None = None,
    ) -> None:
        arguments.check_loss_reduction(loss_reduction)
        task = RegressionTask(
            weight_column=weight_column,
            loss_fn=loss_fn,
            label_dimension=label_dimension,
            inverse_link_fn=inverse_link_fn,
        )
        super().__init__(task, loss_reduction, name)

    # Without `keys`, as in the original.
    def predictions(  # type: ignore[override]
        self, logits: TensorLike
    ) -> dict[str, tf.Tensor]:
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, label_dimension].

        Returns:
            A dict of Tensors of the shape of the logits: `predictions` and, if there is an
            `inverse_link_fn`, `logits`.

        Raises:
            ValueError: If the logits have a different shape.
        """
        return super().predictions(logits)


class PoissonRegressionHead(RegressionHead):
    """Head for predicting counts, trained with the Poisson log likelihood.

    Logits are logarithms of the predicted counts. Shapes are those of `RegressionHead`.

    Reproduces `tf.estimator.PoissonRegressionHead` of TF 2.15, whose loss is
    `tf.nn.log_poisson_loss`.

    >>> head = PoissonRegressionHead(compute_full_loss=False)
    >>> float(head.loss(labels=[[3.0]], logits=[[0.0]]))  # exp(0) - 3 * 0
    1.0

    Args:
        label_dimension: Number of counts predicted per example.
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        compute_full_loss: Whether to add the term that depends on the labels alone, Stirling's
            approximation of log(label!).
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If an argument is not as described above.
    """

    def __init__(
        self,
        label_dimension: int = 1,
        weight_column: WeightColumn | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        compute_full_loss: bool = True,
        name: str | None = None,
    ) -> None:
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
        return losses.log_poisson(labels, logits, self._compute_full_loss)


class LogisticRegressionHead(RegressionHead):
    """Head for predicting a probability, trained with sigmoid cross entropy.

    Unlike `BinaryClassHead` it reports no classes and no AUC, takes labels anywhere in [0, 1], and
    serves the probability as a regression. Logits have shape [D0, D1, ..., DN, 1].

    Reproduces `tf.estimator.LogisticRegressionHead` of TF 2.15.

    >>> head = LogisticRegressionHead()
    >>> head.predictions([[0.0]])["predictions"].numpy().tolist()
    [[0.5]]

    Args:
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If `loss_reduction` is neither of these.
    """

    def __init__(
        self,
        weight_column: WeightColumn | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        name: str | None = None,
    ) -> None:
        super().__init__(
            label_dimension=1,
            weight_column=weight_column,
            loss_reduction=loss_reduction,
            loss_fn=self._logistic_loss,
            inverse_link_fn=tf.math.sigmoid,
            name=name,
        )

    def _logistic_loss(self, labels, logits):
        return losses.sigmoid_cross_entropy_of_probabilities(labels, logits)
