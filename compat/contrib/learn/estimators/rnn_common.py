"""Cells, masks and predictions of the recurrent estimators of `tf.contrib.learn`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.estimator.rnn_logits import _select_last_activations
from estimator_heads.compat.contrib.learn.estimators.rnn_targets import ClassTarget, NumberTarget
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.compat.tf1.layers import SERVED

select_last_activations = _select_last_activations


class PredictionType:
    """What is predicted for a sequence: one value, or one for each of its steps."""

    SINGLE_VALUE = 1
    MULTIPLE_VALUE = 2


class RNNKeys:
    """Names of features and predictions."""

    FINAL_STATE_KEY = "final_state"
    LABELS_KEY = "__labels__"
    SEQUENCE_LENGTH_KEY = "sequence_length"
    STATE_PREFIX = "rnn_cell_state"


_CLASS_NAMES = {"basic_rnn": "BasicRNNCell", "lstm": "LSTMCell", "gru": "GRUCell"}


def construct_rnn_cell(
    num_units: int | Sequence[int],
    cell_type: str | type = "basic_rnn",
    dropout_keep_probabilities: Sequence[float] | None = None,
) -> Any:
    """A cell of TF1, of one or several layers.

    Args:
        num_units: Size of the cell, or a list of sizes, the input's side first.
        cell_type: "basic_rnn", "lstm" or "gru", or a class derived from TF1's `RNNCell`.
        dropout_keep_probabilities: As for `apply_dropout`; None for no dropout.

    Returns:
        A `tf.nn.rnn_cell.RNNCell`.

    Raises:
        ValueError: `cell_type` is another class, or there are not enough probabilities.
        TypeError: `cell_type` is neither a class nor one of the names.
    """
    sizes = num_units if isinstance(num_units, (list, tuple)) else (num_units,)
    cells = [_single_cell(cell_type, size) for size in sizes]
    if dropout_keep_probabilities:
        cells = apply_dropout(cells, dropout_keep_probabilities)
    return cells[0] if len(cells) == 1 else _cells().MultiRNNCell(cells)


def _single_cell(cell_type, size):
    cell_class = cell_type
    if isinstance(cell_type, str) and cell_type in _CLASS_NAMES:
        cell_class = getattr(_cells(), _CLASS_NAMES[cell_type])
    is_class = isinstance(cell_class, type)
    if not (is_class and issubclass(cell_class, _cells().RNNCell)):
        raise (ValueError if is_class else TypeError)(
            f"Invalid value for argument `cell_type`. Expected one of {sorted(_CLASS_NAMES)}, or a "
            f"class derived from tf.compat.v1.nn.rnn_cell.RNNCell. Received: {cell_type!r}."
        )
    return cell_class(num_units=size)


def apply_dropout(
    cells: Sequence[Any],
    dropout_keep_probabilities: Sequence[float],
    random_seed: int | None = None,
) -> list[Any]:
    """Cells that drop some of their input, the last one some of its output too.

    Args:
        cells: List of cells, the input's side first.
        dropout_keep_probabilities: List of the probabilities of keeping a value: of the input of
            each cell, and of the output of the last one.
        random_seed: Seed of all but the last cell.

    Returns:
        List of cells.

    Raises:
        ValueError: There is not one probability more than there are cells.
    """
    if len(dropout_keep_probabilities) != len(cells) + 1:
        raise ValueError(
            "Invalid value for argument `dropout_keep_probabilities`. Expected one number for the "
            f"input of each of the {len(cells)} cells, and one for the output of the last. "
            f"Received: {dropout_keep_probabilities!r}."
        )
    wrapper = _cells().DropoutWrapper
    *of_inputs, of_last_input, of_output = dropout_keep_probabilities
    wrapped = [
        wrapper(cell, probability, 1.0, seed=random_seed)
        for cell, probability in zip(cells[:-1], of_inputs, strict=True)
    ]
    return [*wrapped, wrapper(cells[-1], of_last_input, of_output)]


def mask_activations_and_labels(
    activations: tf.Tensor, labels: tf.Tensor, sequence_lengths: tf.Tensor | None
) -> tuple[tf.Tensor, tf.Tensor]:
    """The steps of all sequences in a row, without padding.

    Args:
        activations: Tensor [batch, length, values], or [batch, length].
        labels: Tensor [batch, length].
        sequence_lengths: Tensor [batch], or None if nothing is padding.

    Returns:
        A tuple of a Tensor [steps, values] and a Tensor of labels [steps].
    """
    with tf.compat.v1.name_scope(
        "mask_activations_and_labels", values=[activations, labels, sequence_lengths]
    ):
        if sequence_lengths is None:
            steps = tf.size(labels)
            return tf.reshape(activations, [steps, -1]), tf.reshape(labels, [steps])
        mask = tf.sequence_mask(sequence_lengths, tf.shape(labels)[1])
        return tf.boolean_mask(activations, mask), tf.boolean_mask(labels, mask)


def single_value_predictions(
    activations: tf.Tensor,
    sequence_length: tf.Tensor | None,
    target: NumberTarget | ClassTarget,
    predict_probabilities: bool,
) -> dict[str, tf.Tensor]:
    """What is predicted for whole sequences.

    Args:
        activations: Tensor [batch, length, values].
        sequence_length: Tensor [batch], or None if nothing is padding.
        target: A target of `rnn_targets`.
        predict_probabilities: Whether to predict the probabilities of classes too.

    Returns:
        Dict from keys to Tensors [batch, ...].
    """
    with tf.compat.v1.name_scope("SingleValuePrediction"):
        logits = select_last_activations(activations, sequence_length)
        return _predictions(target, logits, predict_probabilities)


def multi_value_predictions(
    activations: tf.Tensor, target: NumberTarget | ClassTarget, predict_probabilities: bool
) -> dict[str, tf.Tensor]:
    """What is predicted for each step.

    Args:
        activations: Tensor [batch, length, values].
        target: A target of `rnn_targets`.
        predict_probabilities: Whether to predict the probabilities of classes too.

    Returns:
        Dict from keys to Tensors [batch, length, ...].
    """
    with tf.compat.v1.name_scope("MultiValuePrediction"):
        shape = tf.shape(activations)
        logits = tf.reshape(activations, [-1, shape[2]])
        predictions = _predictions(target, logits, predict_probabilities)
        return {
            key: _of_steps(values, [shape[0], shape[1], *values.shape.as_list()[1:]], key)
            for key, values in predictions.items()
        }


def _of_steps(values, shape, key):
    if len(shape) > 2:
        return tf.reshape(values, shape, name=key)
    # The original's signatures do not tell how long the sequences are.
    return tf.compat.v1.placeholder_with_default(tf.reshape(values, shape), [None, None], name=key)


def _predictions(target, logits, predict_probabilities):
    key = PredictionKey.CLASSES if hasattr(target, "probabilities") else PredictionKey.SCORES
    if not predict_probabilities:
        return {key: target.predictions(logits)}
    probabilities = target.probabilities(logits)
    return {PredictionKey.PROBABILITIES: probabilities, key: tf.argmax(probabilities, 1)}


def get_eval_metric_ops(
    problem_type: int,
    prediction_type: int,
    sequence_length: tf.Tensor | None,
    prediction_dict: Mapping[str, tf.Tensor],
    labels: tf.Tensor,
) -> dict[str, tuple[tf.Tensor, tf.Tensor]]:
    """The metrics of an evaluation: the accuracy of classes.

    Args:
        problem_type: One of `ProblemType`.
        prediction_type: One of `PredictionType`.
        sequence_length: Tensor [batch], or None if nothing is padding.
        prediction_dict: Dict with the predictions.
        labels: Tensor [batch], or [batch, length] for one of each step.

    Returns:
        Dict from names to metrics.
    """
    if problem_type != ProblemType.CLASSIFICATION:
        return {}
    classes = prediction_dict[PredictionKey.CLASSES]
    if prediction_type == PredictionType.MULTIPLE_VALUE:
        classes, labels = mask_activations_and_labels(classes, labels, sequence_length)
    return {"accuracy": tf.compat.v1.metrics.accuracy(labels=labels, predictions=classes)}


def _cells():
    return importlib.import_module(SERVED["nn.rnn_cell"])
