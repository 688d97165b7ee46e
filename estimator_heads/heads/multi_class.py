"""MultiClassHead: one of three or more classes."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads.heads.task_head import TaskAttribute, TaskHead
from estimator_heads.heads.tasks import MultiClassTask, arguments
from estimator_heads.types import LossFn, TensorLike, WeightColumn


class MultiClassHead(TaskHead):
    """Head for one of several classes, trained with softmax cross entropy.

    Logits have shape [D0, D1, ..., DN, n_classes], usually [batch_size, n_classes]. Labels have
    shape [D0, D1, ..., DN, 1] or [D0, D1, ..., DN]: strings if there is a `label_vocabulary`, else
    integers in [0, n_classes). Weights have shape [D0, D1, ..., DN] or [D0, D1, ..., DN, 1].

    Reproduces `tf.estimator.MultiClassHead` of TF 2.15.

    >>> head = MultiClassHead(n_classes=3)
    >>> logits = [[10.0, 0.0, 0.0], [0.0, 10.0, 0.0]]
    >>> round(float(head.loss(labels=[[1], [1]], logits=logits)), 2)  # (10 + 0) / 2
    5.0
    >>> updated = head.update_metrics(head.metrics(), {}, logits, [[1], [1]])
    >>> round(float(updated["accuracy"].result()), 2)
    0.5

    Args:
        n_classes: Number of classes, greater than 2 (for 2 classes use `BinaryClassHead`).
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        label_vocabulary: List or tuple of `n_classes` label strings, in the order of the class ids.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of losses) or
            "sum".
        loss_fn: Function of `labels` (class ids of shape [D0, ..., DN, 1]), `logits` and optionally
            `features`, `loss_reduction`, that returns the unreduced loss, shape [D0, ..., DN, 1].
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _n_classes = TaskAttribute("n_classes")
    _label_vocabulary = TaskAttribute("label_vocabulary")

    def __init__(
        self,
        n_classes: int,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        loss_fn: LossFn | None = None,
        name: str | None = None,
    ) -> None:
        hint = " (for 2 classes use BinaryClassHead)"
        n_classes = arguments.checked_n_classes(n_classes, 3, hint)
        arguments.check_label_vocabulary(label_vocabulary, n_classes)
        arguments.check_loss_reduction(loss_reduction)
        task = MultiClassTask(
            weight_column=weight_column,
            loss_fn=loss_fn,
            label_vocabulary=label_vocabulary,
            n_classes=n_classes,
        )
        super().__init__(task, loss_reduction, name)

    def predictions(
        self, logits: TensorLike, keys: Sequence[str] | None = None
    ) -> dict[str, tf.Tensor]:
        """Predictions by key.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, n_classes].
            keys: List of the keys to return, from those below; all of them by default.

        Returns:
            A dict of Tensors: `logits` and `probabilities`, of the shape of the logits; `class_ids`
            (int64) and `classes` (strings) [D0, D1, ..., DN, 1]; `all_class_ids` and `all_classes`
            [batch_size, n_classes].

        Raises:
            ValueError: If a key is unknown, or the logits have a different shape.
        """
        return super().predictions(logits, keys)

    # Written out for the original's name of the second argument.
    def _unweighted_loss_and_weights(self, logits, label_ids, features):
        return super()._unweighted_loss_and_weights(logits, label_ids, features)
