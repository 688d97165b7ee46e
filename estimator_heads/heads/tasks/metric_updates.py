"""Adds a batch to metric objects of tf_keras, with as few operations as their formulas need.

An evaluation builds its graph anew, and most of that used to be what the `update_state` of nine
metrics makes: 46 operations for a precision at one threshold, and the same confusion matrix at 200
thresholds for each area under a curve. Here, the metrics of a batch share what they have in common.
Their variables get the same values.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.heads.tasks.weights import are_one
from estimator_heads.metric_results import has_method_of_class


def add(
    metric: Any,
    values: Sequence[tf.Tensor],
    weights: tf.Tensor | float | None,
    shared: dict[Any, Any],
) -> bool:
    """Adds a batch to a metric, if its formula is known here.

    That is a `Mean` of tf_keras, a `Precision` or `Recall` at one threshold, or an `AUC` at the
    usual ones; also of a subclass that leaves `update_state` as it is. One that was replaced on the
    object is called.

    Args:
        metric: The metric object.
        values: One Tensor for a `Mean`; labels and predictions for others.
        weights: None or 1.0, or a Tensor that broadcasts against each of the values.
        shared: A dict for what the metrics of a batch have in common: the same for all of them, and
            empty at first.

    Returns:
        Whether the batch was added.
    """
    weights = None if are_one(weights) else weights
    amounts_of = _formula(metric)
    if amounts_of is None or not _are_elementwise(values, weights):
        return False
    update = None
    amounts = amounts_of(metric, values, weights, functools.partial(_once, shared))
    for variable, amount in amounts.items():
        # Each after the one before, since users take `metric.updates[0]` for the whole update.
        with tf.control_dependencies([] if update is None else [update]):
            update = getattr(metric, variable).assign_add(amount, read_value=False)
    if not tf.executing_eagerly():
        metric.add_update(update)
    return True


def _formula(metric):
    """Function that returns what is to be added to the variables of a metric, by their names."""
    from tf_keras import metrics

    def is_updated_as(original):
        return isinstance(metric, original) and type(metric).update_state is original.update_state

    if not has_method_of_class(metric, "update_state"):
        return None
    if is_updated_as(metrics.Mean):
        return _mean
    if is_updated_as(metrics.Precision) and _is_at_one_threshold(metric):
        return _precision
    if is_updated_as(metrics.Recall) and _is_at_one_threshold(metric):
        return _recall
    if is_updated_as(metrics.AUC) and _is_at_even_thresholds(metric):
        return _area_under_curve
    return None


def _is_at_one_threshold(metric):
    return len(metric.thresholds) == 1 and metric.top_k is None and metric.class_id is None


def _is_at_even_thresholds(auc):
    if auc.multi_label or auc.label_weights is not None:
        return False
    options = auc.get_config()
    return not options["from_logits"] and "thresholds" not in options


def _are_elementwise(values, weights):
    """Whether the shapes belong together as they are; tf_keras fits others to each other."""
    tensors = [*values, *([] if weights is None else [weights])]
    if not all(
        isinstance(tensor, tf.Tensor) and tensor.shape.rank is not None for tensor in tensors
    ):
        return False
    shape = values[0].shape
    return all(value.shape.is_compatible_with(shape) for value in values) and (
        weights is None or weights.shape.rank in (0, shape.rank)
    )


def _once(shared, function, *arguments):
    """The result of the function for these arguments, the same if it is asked for again."""
    key = (function, *map(id, arguments))
    if key not in shared:
        shared[key] = function(*arguments), arguments  # Which keeps the ids taken.
    return shared[key][0]


def _mean(metric, values, weights, once):
    return once(_total_and_count, *values, weights, metric.total.dtype)


def _precision(metric, values, weights, once):
    outcomes = _outcomes(metric, values, weights, once)
    return {
        "true_positives": outcomes.true_positives,
        "false_positives": outcomes.false_positives,
    }


def _recall(metric, values, weights, once):
    outcomes = _outcomes(metric, values, weights, once)
    return {
        "true_positives": outcomes.true_positives,
        "false_negatives": outcomes.false_negatives,
    }


def _outcomes(metric, values, weights, once):
    examples = once(_Examples, *values, weights, metric.true_positives.dtype)
    return once(_Outcomes, examples, metric.thresholds[0])


def _area_under_curve(metric, values, weights, once):
    examples = once(_Examples, *values, weights, metric.true_positives.dtype)
    return once(_outcomes_at_even_thresholds, examples, metric.num_thresholds)


def _total_and_count(values, weights, dtype):
    """What a weighted mean is made of."""
    values = tf.cast(values, dtype)
    if weights is None:
        return {"total": tf.reduce_sum(values), "count": tf.cast(tf.size(values), dtype)}
    weights = _broadcast(weights, values)
    return {"total": tf.reduce_sum(values * weights), "count": tf.reduce_sum(weights)}


def _broadcast(weights, values):
    return tf.broadcast_to(tf.cast(weights, values.dtype), tf.shape(values))


class _Examples:
    """Labels, predictions and weights of a batch, all of shape [number of predictions]."""

    def __init__(
        self,
        labels: tf.Tensor,
        predictions: tf.Tensor,
        weights: tf.Tensor | None,
        dtype: tf.DType,
    ) -> None:
        predictions = tf.cast(predictions, dtype)
        self.are_positive = tf.reshape(tf.cast(labels, tf.bool), [-1])
        self.predictions = tf.reshape(predictions, [-1])
        self._weights: tf.Tensor | None = None
        if weights is not None:
            self._weights = tf.reshape(_broadcast(weights, predictions), [-1])

    @functools.cached_property
    def are_negative(self) -> tf.Tensor:
        return tf.logical_not(self.are_positive)

    def weights_where(self, chosen: tf.Tensor) -> tf.Tensor:
        """The weights of some of the examples, and 0 elsewhere."""
        chosen = tf.cast(chosen, self.predictions.dtype)
        return chosen if self._weights is None else chosen * self._weights


class _Outcomes:
    """Weights of the predictions that are right and wrong at one threshold, each of shape [1]."""

    def __init__(self, examples: _Examples, threshold: float) -> None:
        self._examples = examples
        self._are_predicted = examples.predictions > threshold

    @functools.cached_property
    def true_positives(self) -> tf.Tensor:
        return self._total(self._are_predicted, self._examples.are_positive)

    @functools.cached_property
    def false_positives(self) -> tf.Tensor:
        return self._total(self._are_predicted, self._examples.are_negative)

    @functools.cached_property
    def false_negatives(self) -> tf.Tensor:
        return self._total(tf.logical_not(self._are_predicted), self._examples.are_positive)

    def _total(self, one, other):
        weights = self._examples.weights_where(tf.logical_and(one, other))
        return tf.reduce_sum(weights, keepdims=True)


def _outcomes_at_even_thresholds(examples, count):
    """The same at thresholds k / (count - 1), each of shape [count].

    A prediction exceeds all thresholds up to that of its bucket, and the first one always, which
    tf_keras lowers a little.
    """
    intervals = count - 1
    scaled = tf.clip_by_value(examples.predictions, 0.0, 1.0) * intervals
    buckets = tf.cast(tf.nn.relu(tf.math.ceil(scaled) - 1), tf.int32)

    def exceeding_and_total(chosen):
        weights = examples.weights_where(chosen)
        by_bucket = tf.math.unsorted_segment_sum(weights, buckets, count)
        return tf.cumsum(by_bucket, reverse=True), tf.reduce_sum(weights)

    true_positives, positives = exceeding_and_total(examples.are_positive)
    false_positives, negatives = exceeding_and_total(examples.are_negative)
    return {
        "true_positives": true_positives,
        "false_positives": false_positives,
        "true_negatives": negatives - false_positives,
        "false_negatives": positives - true_positives,
    }
