"""Areas under curves are those of tf_keras, however they are computed."""

import numpy as np
import pytest
import tensorflow as tf
import tf_keras

from estimator_heads import metric_results

v1 = tf.compat.v1
SIZE = 200
RANDOM = np.random.RandomState(1)
UNIFORM = RANDOM.uniform(size=[SIZE, 1]).astype(np.float32)
LABELS = (UNIFORM + RANDOM.normal(size=[SIZE, 1]) > 0.5).astype(np.int64)

EXAMPLES = {
    "uniform": (LABELS, UNIFORM, None),
    "weights": (LABELS, UNIFORM, RANDOM.uniform(0, 3, size=[SIZE, 1])),
    "negative weights": (LABELS, UNIFORM, RANDOM.normal(size=[SIZE, 1])),
    "certain": (LABELS, np.round(UNIFORM), None),
    "one class": (LABELS * 0, UNIFORM, None),
    "the other class": (LABELS * 0 + 1, UNIFORM, None),
    "NaN": (LABELS, np.where(UNIFORM < 0.1, np.float32("nan"), UNIFORM), None),
    "none": (LABELS[:0], UNIFORM[:0], None),
}


@pytest.mark.parametrize("curve", ["ROC", "PR"])
@pytest.mark.parametrize("examples", EXAMPLES)
def test_areas(examples, curve):
    labels, predictions, weights = EXAMPLES[examples]
    metric = tf_keras.metrics.AUC(curve=curve)
    metric.update_state(labels, predictions, sample_weight=weights)
    np.testing.assert_allclose(metric_results.result_of(metric), metric.result(), rtol=1e-6)


def result_and_operations(make, result):
    """A result in a graph of TF1, and how many operations it takes."""
    with tf.Graph().as_default() as graph:
        metric = make()
        metric.update_state(tf.constant(LABELS), tf.constant(UNIFORM))
        before = len(graph.get_operations())
        value = result(metric)
        operations = len(graph.get_operations()) - before
        with v1.Session() as session:
            session.run([variable.initializer for variable in metric.variables])
            session.run(metric.updates)
            return session.run(value), operations


def result_of_keras(metric):
    return metric.result()


@pytest.mark.parametrize("curve", ["ROC", "PR"])
def test_areas_in_a_graph_take_fewer_operations(curve):
    def make():
        return tf_keras.metrics.AUC(curve=curve)

    value, operations = result_and_operations(make, metric_results.result_of)
    expected, operations_of_keras = result_and_operations(make, result_of_keras)
    np.testing.assert_allclose(value, expected, rtol=1e-6)
    assert operations < operations_of_keras


class Half(tf_keras.metrics.AUC):
    """Half of the area."""

    def result(self):
        return super().result() / 2


def replaced():
    """A metric whose result was replaced on the object."""
    metric = tf_keras.metrics.AUC()
    metric.result = lambda: tf.constant(7.0)
    return metric


OTHERS = {
    "summation_method": lambda: tf_keras.metrics.AUC(curve="PR", summation_method="minoring"),
    "multi_label": lambda: tf_keras.metrics.AUC(multi_label=True, num_labels=1),
    "a subclass": Half,
    "replaced": replaced,
    "another metric": lambda: tf_keras.metrics.Precision(thresholds=[0.2, 0.8]),
}


@pytest.mark.parametrize("metric", OTHERS)
def test_the_results_of_others_are_asked_for(metric):
    metric = OTHERS[metric]()
    metric.update_state(LABELS, UNIFORM)
    np.testing.assert_array_equal(metric_results.result_of(metric), metric.result())
