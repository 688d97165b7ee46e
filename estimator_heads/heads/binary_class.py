"""BinaryClassHead: one logit, two classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tensorflow as tf

from estimator_heads.heads.task_head import TaskAttribute, TaskHead
from estimator_heads.heads.tasks import BinaryClassTask, arguments
from estimator_heads.types import LossFn, TensorLike, WeightColumn


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
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        thresholds: Iterable of numbers in (0, 1). For each, accuracy, precision and recall are
            reported with that probability as the decision threshold.
        label_vocabulary: List or tuple of the two label strings, class 0 first.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        loss_fn: Function of `labels`, `logits` and optionally `features`, `loss_reduction`, that
            returns the unreduced loss, of the shape of the logits.
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _thresholds = TaskAttribute("thresholds")
    _label_vocabulary = TaskAttribute("label_vocabulary")

    def __init__(
        self,
        weight_column: WeightColumn | None = None,
        thresholds: Iterable[float] | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        loss_fn: LossFn | None = None,
        name: str | None = None,
    ) -> None:
        arguments.check_loss_reduction(loss_reduction)
        task = BinaryClassTask(
            weight_column=weight_column,
            loss_fn=loss_fn,
            label_vocabulary=label_vocabulary,
            thresholds=thresholds,
        )
        super().__init__(task, loss_reduction, name)

    def predictions(
        self, logits: TensorLike, keys: Sequence[str] | None = None
    ) -> dict[str, tf.Tensor]:
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, 1].
            keys: List of the keys to return, from those below; all of them by default.

        Returns:
            A dict of Tensors: `logits`, `logistic` (the probability of class 1), both of the shape
            of the logits; `probabilities` [D0, D1, ..., DN, 2]; `class_ids` (int64) and `classes`
            (strings) [D0, D1, ..., DN, 1]; `all_class_ids` and `all_classes` [batch_size, 2].

        Raises:
            ValueError: If a key is unknown, or the logits have a different shape.
        """
        return super().predictions(logits, keys)
