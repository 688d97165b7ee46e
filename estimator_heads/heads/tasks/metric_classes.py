"""Metric objects of tf_keras with a `result` of our own.

tf_keras takes seconds to import: each class is made when it is first asked for.
"""

from __future__ import annotations

import functools
from typing import Any

import tensorflow as tf


@functools.cache
def accuracy_baseline() -> type[Any]:
    """Class of the accuracy of always predicting the commoner of two classes."""
    import tf_keras

    class AccuracyBaseline(tf_keras.metrics.Mean):
        """max(mean, 1 - mean) of 0/1 labels; 0 without any, as other means."""

        def result(self):
            most = tf.maximum(self.total, self.count - self.total)
            return tf.math.divide_no_nan(most, self.count)

    return AccuracyBaseline


@functools.cache
def area_under_curve() -> type[Any]:
    """Class of an area under a curve: that of tf_keras, whose result takes half as many operations.

    The formulas are the same, with what appears in them several times computed once.
    """
    import tf_keras

    class AUC(tf_keras.metrics.AUC):
        """Approximate area under the curve; see `tf_keras.metrics.AUC`."""

        # In a graph of TF1, tf_keras calls the `update_state` of classes from elsewhere in a
        # tf.function, where this one fails.
        __module__ = tf_keras.metrics.AUC.__module__

        def result(self):
            options = self.get_config()
            if (options["curve"], options["summation_method"]) != ("ROC", "interpolation"):
                return super().result()
            if self.multi_label:
                return super().result()
            true_positives = tf.convert_to_tensor(self.true_positives)
            false_positives = tf.convert_to_tensor(self.false_positives)
            positives = true_positives + self.false_negatives
            negatives = false_positives + self.true_negatives
            lower, upper = _ends_of_intervals(self.num_thresholds)
            x = tf.math.divide_no_nan(false_positives, negatives)
            y = tf.math.divide_no_nan(true_positives, positives)
            return tf.reduce_sum((lower(x) - upper(x)) * ((lower(y) + upper(y)) / 2.0))

        def interpolate_pr_auc(self):
            """Interpolated as in Davis and Goadrich, 2006 (section 4), as tf_keras derives it."""
            if self.multi_label:
                return super().interpolate_pr_auc()
            lower, upper = _ends_of_intervals(self.num_thresholds)
            true_positives = tf.convert_to_tensor(self.true_positives)
            predicted = true_positives + self.false_positives
            positives = true_positives + self.false_negatives
            more_true = lower(true_positives) - upper(true_positives)
            before, after = lower(predicted), upper(predicted)
            slope = tf.math.divide_no_nan(more_true, tf.maximum(before - after, 0))
            intercept = upper(true_positives) - slope * after
            ratio = tf.where((before > 0) & (after > 0), tf.math.divide_no_nan(before, after), 1.0)
            area = slope * (more_true + intercept * tf.math.log(ratio))
            return tf.reduce_sum(tf.math.divide_no_nan(area, tf.maximum(upper(positives), 0)))

    return AUC


def _ends_of_intervals(thresholds):
    """Functions that return what a Tensor holds at the lower and upper ends of all intervals.

    Args:
        thresholds: How many there are: the size of the Tensor.
    """
    first, second, count = (tf.constant([number]) for number in (0, 1, thresholds - 1))
    return (lambda values: tf.slice(values, first, count)), (
        lambda values: tf.slice(values, second, count)
    )
