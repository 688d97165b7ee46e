"""MultiLabelHead: any number of classes at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tensorflow as tf

from estimator_heads.heads.task_head import TaskAttribute, TaskHead
from estimator_heads.heads.tasks import MultiLabelTask, arguments
from estimator_heads.types import LossFn, TensorLike, WeightColumn


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
        n_classes: Number of classes, greater than 1 (for 1 class use `BinaryClassHead`).
        weight_column: Name of the feature with the weights of the examples, or a
            `tf.feature_column.numeric_column`; losses and metrics are weighted by it.
        thresholds: Iterable of numbers in (0, 1). For each, accuracy, precision and recall over all
            classes are reported with that probability as the decision threshold.
        label_vocabulary: List or tuple of `n_classes` label strings, in the order of the class ids.
        loss_reduction: "sum_over_batch_size" (weighted sum divided by the number of examples) or
            "sum".
        loss_fn: Function of `labels` (the dense 0/1 form), `logits` and optionally `features`,
            `loss_reduction`, that returns the unreduced loss, shape [D0, ..., DN, 1].
        classes_for_class_based_metrics: List of the class ids, or names in the vocabulary, for
            which mean probability and AUC are reported separately.
        name: Name of the head: a suffix of metric and summary names, and a name scope.

    Raises:
        ValueError: If an argument is not as described above.
    """

    _n_classes = TaskAttribute("n_classes")
    _thresholds = TaskAttribute("thresholds")
    _label_vocabulary = TaskAttribute("label_vocabulary")
    _classes_for_class_based_metrics = TaskAttribute("classes_for_class_based_metrics")

    def __init__(
        self,
        n_classes: int,
        weight_column: WeightColumn | None = None,
        thresholds: Iterable[float] | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
        loss_fn: LossFn | None = None,
        classes_for_class_based_metrics: Sequence[int] | Sequence[str] | None = None,
        name: str | None = None,
    ) -> None:
        hint = " (for 1 class use BinaryClassHead)"
        n_classes = arguments.checked_n_classes(n_classes, 2, hint)
        arguments.check_label_vocabulary(label_vocabulary, n_classes)
        arguments.check_loss_reduction(loss_reduction)
        task = MultiLabelTask(
            weight_column=weight_column,
            loss_fn=loss_fn,
            label_vocabulary=label_vocabulary,
            n_classes=n_classes,
            thresholds=thresholds,
            classes_for_class_based_metrics=classes_for_class_based_metrics,
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
            A dict of Tensors: `logits` and `probabilities`, of the shape of the logits; `classes`,
            the name (or id, as a string) of every class, shape [batch_size, n_classes].

        Raises:
            ValueError: If a key is unknown, or the logits have a different shape.
        """
        return super().predictions(logits, keys)

    # Written out for the original's name of the second argument.
    def _unweighted_loss_and_weights(self, logits, processed_labels, features):
        return super()._unweighted_loss_and_weights(logits, processed_labels, features)
