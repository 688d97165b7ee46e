"""Predictions and exports that binary, multi-class and multi-label heads have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable

import tensorflow as tf

from estimator_heads.export.outputs import ClassificationOutput, ExportOutput, PredictOutput
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary
from estimator_heads.keys import PredictionKeys, ServingKeys

_FEW_CLASSES = 32  # With some 100 classes, softmax is faster for large batches.


def prediction_parts(
    class_logits: tf.Tensor, n_classes: int, vocabulary: LabelVocabulary | None
) -> dict[str, Callable[[], tf.Tensor]]:
    """The predictions that follow from one logit for each class, by key.

    Args:
        class_logits: Tensor of shape [D0, ..., DN, n_classes].
        n_classes: Number of classes.
        vocabulary: `LabelVocabulary`, or None to call classes by their ids.

    Returns:
        A dict from prediction keys to functions without arguments that make the Tensors:
        probabilities [D0, ..., DN, n_classes], the likeliest class [D0, ..., DN, 1], and all
        classes [batch_size, n_classes], as ids and as strings.
    """

    @functools.cache
    def class_ids():
        ids = tf.argmax(class_logits, axis=-1, name=PredictionKeys.CLASS_IDS)
        return tf.expand_dims(ids, axis=-1)

    def classes():
        if vocabulary is None:
            return tf.strings.as_string(class_ids(), name="str_classes")
        return vocabulary.class_strings(class_ids())

    return {
        PredictionKeys.PROBABILITIES: lambda: class_probabilities(class_logits, n_classes),
        PredictionKeys.CLASS_IDS: class_ids,
        PredictionKeys.CLASSES: classes,
        PredictionKeys.ALL_CLASS_IDS: lambda: all_class_ids(class_logits, n_classes),
        PredictionKeys.ALL_CLASSES: lambda: all_classes(class_logits, n_classes, vocabulary),
    }


def class_probabilities(class_logits: tf.Tensor, n_classes: int) -> tf.Tensor:
    """Probabilities [D0, ..., DN, n_classes] of the classes, from a logit for each of them.

    They are softmax(class_logits), but for a few classes TensorFlow's softmax takes longer than a
    small model's other operations together; its logarithm does not. Halves of a float would lose
    too much in the logarithm.
    """
    if n_classes <= _FEW_CLASSES and class_logits.dtype.size >= tf.float32.size:
        return tf.exp(tf.nn.log_softmax(class_logits), name="probabilities")
    return tf.nn.softmax(class_logits, name="probabilities")


def two_class_probabilities(logits: tf.Tensor) -> tf.Tensor:
    """Probabilities [D0, ..., DN, 2] of the classes 0 and 1, from the logit of class 1.

    They are softmax([0, logit]); see `class_probabilities` for why they are not computed by it.
    """
    both = [tf.sigmoid(-logits), tf.sigmoid(logits)]
    return tf.concat(both, axis=-1, name="probabilities")


def all_class_ids(logits: tf.Tensor, n_classes: int) -> tf.Tensor:
    """int32 Tensor [batch_size, n_classes] that has every class id in each row."""
    return _in_each_row(tf.range(n_classes), logits)


def all_classes(logits: tf.Tensor, n_classes: int, vocabulary: LabelVocabulary | None) -> tf.Tensor:
    """String Tensor [batch_size, n_classes] that has every class in each row."""
    if vocabulary is None:
        return _in_each_row(tf.strings.as_string(tf.range(n_classes)), logits)
    return _in_each_row(tf.constant(vocabulary.strings), logits)


def export_outputs(
    predictions: dict[str, tf.Tensor], n_classes: int, vocabulary: LabelVocabulary | None
) -> dict[str, ExportOutput]:
    """What a classifier serves: classes with their probabilities, and all predictions.

    Args:
        predictions: The head's predictions, by key.
        n_classes: Number of classes.
        vocabulary: `LabelVocabulary`, or None.

    Returns:
        A dict of `ExportOutput`s.
    """
    probabilities = predictions[PredictionKeys.PROBABILITIES]
    classification = ClassificationOutput(
        scores=probabilities, classes=all_classes(probabilities, n_classes, vocabulary)
    )
    return {
        ServingKeys.DEFAULT: classification,
        ServingKeys.CLASSIFY: classification,
        ServingKeys.PREDICT: PredictOutput(predictions),
    }


def _in_each_row(values, logits):
    return tf.tile(tf.expand_dims(values, 0), [tf.shape(logits)[0], 1])
