"""The head of a classifier, for two classes or for more."""

from __future__ import annotations

from estimator_heads.heads.base import Head
from estimator_heads.heads.binary_class import BinaryClassHead
from estimator_heads.heads.multi_class import MultiClassHead
from estimator_heads.heads.tasks import arguments
from estimator_heads.types import WeightColumn


def binary_or_multi_class_head(
    n_classes: int,
    weight_column: WeightColumn | None,
    label_vocabulary: list[str] | tuple[str, ...] | None,
    loss_reduction: str,
) -> Head:
    """A `BinaryClassHead` for two classes, a `MultiClassHead` for more.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights, or a numeric column.
        label_vocabulary: List or tuple of the labels, if they are strings.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.

    Returns:
        A `Head`.

    Raises:
        ValueError: `n_classes` is not an integer > 1, or the head refuses an argument.

    Reproduces `tensorflow_estimator.python.estimator.head.head_utils` of TF 2.15.
    """
    if arguments.checked_n_classes(n_classes, 2) == 2:
        return BinaryClassHead(
            weight_column=weight_column,
            label_vocabulary=label_vocabulary,
            loss_reduction=loss_reduction,
        )
    return MultiClassHead(
        n_classes,
        weight_column=weight_column,
        label_vocabulary=label_vocabulary,
        loss_reduction=loss_reduction,
    )
