"""Labels as users give them, to labels as losses and metrics want them."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.heads.tasks import checks
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary
from estimator_heads.types import Labels


def dense_labels(labels: Labels | None, logits: tf.Tensor, dimension: int) -> tf.Tensor:
    """Labels as a dense Tensor whose shape fits the logits.

    Args:
        labels: Tensor of shape [D0, ..., DN, dimension]; or [D0, ..., DN] if `dimension` is 1.
        logits: Tensor of shape [D0, ..., DN, logits_dimension].
        dimension: How many values a label has.

    Returns:
        A Tensor of shape [D0, ..., DN, dimension], of the dtype of `labels`.

    Raises:
        ValueError: Labels are missing, sparse, ragged, or of a shape known not to fit.
    """
    labels = to_tensor(labels)
    if isinstance(labels, tf.SparseTensor):
        raise ValueError(
            "Invalid value for argument `labels`. Expected a dense Tensor of shape [D0, D1, ... "
            f"DN, {dimension}], with {dimension} value(s) for each example; convert a SparseTensor "
            f"with tf.sparse.to_dense in input_fn. Received: {labels}."
        )
    labels = checks.with_rank_of(labels, logits)
    return checks.with_shape_of(
        logits,
        labels,
        dimension,
        "labels",
        f"[D0, D1, ... DN, {dimension}] (check the labels that input_fn returns, and n_classes or "
        "label_dimension of the head)",
    )


def to_tensor(labels: Labels | None) -> tf.Tensor | tf.SparseTensor:
    """Labels as a Tensor; as a SparseTensor if they are one, or a `SparseTensorValue`.

    Raises:
        ValueError: Labels are missing or ragged.
    """
    check_labels_are_given(labels)
    if isinstance(labels, tf.RaggedTensor):
        raise ValueError(
            "Invalid value for argument `labels`. Expected a Tensor; convert a RaggedTensor in "
            "input_fn, with its method to_tensor(), or with to_sparse() for lists of class ids. "
            f"Received: {labels}."
        )
    return tf.compat.v1.convert_to_tensor_or_sparse_tensor(labels)


def check_labels_are_given(labels: Labels | None) -> None:
    """Raises ValueError if there are no labels."""
    if labels is None:
        raise ValueError(
            "Invalid value for argument `labels`. Expected a Tensor: training and evaluation need "
            "labels; check that input_fn returns (features, labels). Received: labels=None."
        )


def class_ids(labels: tf.Tensor, n_classes: int, vocabulary: LabelVocabulary | None) -> tf.Tensor:
    """Class ids of integer labels, or of string labels by way of a vocabulary.

    Args:
        labels: Dense Tensor; strings if there is a vocabulary, integers otherwise.
        n_classes: Number of classes.
        vocabulary: `LabelVocabulary`, or None.

    Returns:
        An integer Tensor of the shape of `labels`, with values in [0, n_classes).

    Raises:
        ValueError: Labels have the wrong dtype, or (eagerly) values outside [0, n_classes).
    """
    if vocabulary is None:
        check_integers(labels)
        return checks.in_range(labels, n_classes, "labels", f"class ids in [0, {n_classes})")
    return ids_in_vocabulary(labels, vocabulary)


def ids_in_vocabulary(
    labels: tf.Tensor, vocabulary: LabelVocabulary, dtype_error: type[Exception] = ValueError
) -> tf.Tensor:
    """Class ids of string labels; none may be outside the vocabulary.

    `dtype_error` is raised for labels that are no strings: the originals do not agree on one.
    """
    if labels.dtype != tf.string:
        raise dtype_error(
            "Invalid dtype of `labels`. Expected strings, because the head has a label_vocabulary; "
            "omit it if the labels are already class ids. Received: labels of dtype "
            f"{labels.dtype.name}."
        )
    ids = vocabulary.class_ids(labels)
    return checks.checked(
        ids,
        tf.reduce_all(ids >= 0),
        f"Invalid value for argument `labels`. Expected strings in label_vocabulary="
        f"{list(vocabulary.strings)}.",
        "labels",
        labels,
    )


def indicators(
    sparse_labels: tf.SparseTensor, n_classes: int, vocabulary: LabelVocabulary | None
) -> tf.Tensor:
    """0/1 labels for each class, from a SparseTensor that lists the classes of each example.

    Args:
        sparse_labels: SparseTensor of dense shape [D0, ..., DN, ?], of integers or, if there is a
            vocabulary, of strings.
        n_classes: Number of classes.
        vocabulary: `LabelVocabulary`, or None.

    Returns:
        An int64 Tensor of shape [D0, ..., DN, n_classes].

    Raises:
        ValueError: The labels have the wrong dtype, or (eagerly) values outside [0, n_classes).
    """
    if sparse_labels.dtype != tf.string:
        vocabulary = None  # Unlike other heads, the original takes ids all the same.
    ids = class_ids(sparse_labels.values, n_classes, vocabulary)
    sparse_ids = tf.SparseTensor(sparse_labels.indices, ids, sparse_labels.dense_shape)
    return tf.cast(tf.sparse.to_indicator(sparse_ids, n_classes), tf.int64)


def check_integers(labels: tf.Tensor) -> None:
    """Raises ValueError unless the labels are integers."""
    if not labels.dtype.is_integer:
        raise ValueError(
            "Invalid dtype of `labels`. Expected integer class ids (for strings, give the head a "
            f"label_vocabulary). Received: labels of dtype {labels.dtype.name}."
        )


def to_numbers(labels: tf.Tensor) -> tf.Tensor:
    """The labels, bools as integers; ValueError for strings."""
    if labels.dtype == tf.string:
        raise ValueError(
            "Invalid dtype of `labels`. Expected numbers; string labels need a classification head "
            "with a label_vocabulary (a SparseTensor of strings for MultiLabelHead). Received: "
            "labels of dtype string."
        )
    return tf.cast(labels, tf.int64) if labels.dtype == tf.bool else labels


def to_float(labels: tf.Tensor) -> tf.Tensor:
    """Number or bool labels as float32; ValueError for strings."""
    return tf.cast(to_numbers(labels), tf.float32)
