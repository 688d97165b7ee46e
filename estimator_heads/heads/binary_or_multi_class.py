"""The head of a classifier, for two classes or for more."""

from estimator_heads.heads.binary_class import BinaryClassHead
from estimator_heads.heads.multi_class import MultiClassHead
from estimator_heads.heads.tasks import arguments


def binary_or_multi_class_head(n_classes, weight_column, label_vocabulary, loss_reduction):
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
