"""Metrics that heads update by themselves have the values that tf_keras gives them."""

import numpy as np
import pytest
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads.heads.tasks import metric_updates

v1 = tf.compat.v1
SIZE = 200
RANDOM = np.random.RandomState(1)
UNIFORM = RANDOM.uniform(size=[SIZE, 1]).astype(np.float32)
LABELS = (UNIFORM + RANDOM.normal(size=[SIZE, 1]) > 0.5).astype(np.int64)
WEIGHTS = RANDOM.uniform(0, 3, size=[SIZE, 1]).astype(np.float32)

PREDICTIONS = {
    "uniform": UNIFORM,
    "certain": np.round(UNIFORM),
    "at thresholds": np.round(UNIFORM * 199) / np.float32(199),
    "beyond 0 and 1": UNIFORM * 3 - 1,
    "NaN": np.where(UNIFORM < 0.1, np.float32("nan"), UNIFORM),
    "none": UNIFORM[:0],
}
METRICS = {
    "Mean": tf_keras.metrics.Mean,
    "Precision": tf_keras.metrics.Precision,
    "Precision at 0.3": lambda: tf_keras.metrics.Precision(thresholds=0.3),
    "Recall": tf_keras.metrics.Recall,
    "AUC": tf_keras.metrics.AUC,
}


def add(metric, labels, predictions, weights):
    values = [predictions] if isinstance(metric, tf_keras.metrics.Mean) else [labels, predictions]
    assert metric_updates.add(metric, values, weights, {})


def update_state(metric, labels, predictions, weights):
    values = [predictions] if isinstance(metric, tf_keras.metrics.Mean) else [labels, predictions]
    metric.update_state(*values, sample_weight=weights)


def eagerly(new, update, batch):
    metric = new()
    for _ in range(2):
        update(metric, *batch)
    return [variable.numpy() for variable in metric.variables], metric.result().numpy()


def in_a_function(new, update, batch):
    metric = new()
    function = tf.function(lambda: update(metric, *batch), autograph=False)
    for _ in range(2):
        function()
    return [variable.numpy() for variable in metric.variables], metric.result().numpy()


def in_a_graph(new, update, batch):
    arrays = [None if value is None else value.numpy() for value in batch]
    with tf.Graph().as_default():
        metric = new()
        update(metric, *(None if array is None else tf.constant(array) for array in arrays))
        result = metric.result()
        with v1.Session() as session:
            session.run([variable.initializer for variable in metric.variables])
            for _ in range(2):
                session.run(metric.updates[0])
            return session.run([metric.variables, result])


WAYS = [
    *((eagerly, predictions) for predictions in PREDICTIONS),
    (in_a_function, "uniform"),
    (in_a_graph, "uniform"),
    (in_a_graph, "NaN"),
]


@pytest.mark.parametrize(("values_in", "predictions"), WAYS)
@pytest.mark.parametrize("weights", [None, WEIGHTS, np.float32(0.5)], ids=["", "weights", "weight"])
@pytest.mark.parametrize("metric", METRICS)
def test_values_are_those_of_tf_keras(metric, weights, values_in, predictions):
    count = len(PREDICTIONS[predictions])
    if weights is not None and np.ndim(weights):
        weights = weights[:count]
    batch = [
        None if value is None else tf.constant(value)
        for value in (LABELS[:count], PREDICTIONS[predictions], weights)
    ]
    variables, result = values_in(METRICS[metric], add, batch)
    expected_variables, expected = values_in(METRICS[metric], update_state, batch)
    for variable, expected_variable in zip(variables, expected_variables, strict=True):
        np.testing.assert_allclose(variable, expected_variable, rtol=1e-6)
    np.testing.assert_allclose(result, expected, rtol=1e-6)


class Doubling(tf_keras.metrics.Precision):
    """Not what its name says."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        for _ in range(2):
            super().update_state(y_true, y_pred, sample_weight)


UNKNOWN = {
    "several thresholds": lambda: tf_keras.metrics.Precision(thresholds=[0.2, 0.8]),
    "top_k": lambda: tf_keras.metrics.Recall(top_k=1),
    "class_id": lambda: tf_keras.metrics.Recall(class_id=0),
    "thresholds of the user's": lambda: tf_keras.metrics.AUC(thresholds=[0.2, 0.9]),
    "from_logits": lambda: tf_keras.metrics.AUC(from_logits=True),
    "multi_label": lambda: tf_keras.metrics.AUC(multi_label=True),
    "label_weights": lambda: tf_keras.metrics.AUC(label_weights=[1.0]),
    "a subclass": Doubling,
    "another metric": tf_keras.metrics.BinaryAccuracy,
}


@pytest.mark.parametrize("metric", UNKNOWN)
def test_others_are_left_to_tf_keras(metric):
    assert not metric_updates.add(
        UNKNOWN[metric](), [tf.constant(LABELS), tf.constant(UNIFORM)], None, {}
    )


@pytest.mark.parametrize(
    ("labels", "weights"),
    [
        (LABELS[:, 0], None),
        (LABELS[:3], None),
        (LABELS.tolist(), None),
        (LABELS, WEIGHTS[:, 0]),
    ],
    ids=["rank", "size", "list", "weights"],
)
def test_shapes_that_tf_keras_fits_or_refuses_are_left_to_it(labels, weights):
    values = [labels if isinstance(labels, list) else tf.constant(labels), tf.constant(UNIFORM)]
    weights = None if weights is None else tf.constant(weights)
    assert not metric_updates.add(tf_keras.metrics.Precision(), values, weights, {})


class HeadOfTheUser(eh.BinaryClassHead):
    """Whose precision is a metric of its own."""

    def metrics(self, regularization_losses=None):
        return {**super().metrics(regularization_losses), "precision": Doubling(name="precision")}


def test_update_state_of_a_users_metric_is_called():
    head = HeadOfTheUser()
    metrics = head.update_metrics(head.metrics(), {}, UNIFORM - 0.5, LABELS)
    positives = (UNIFORM > 0.5) & (LABELS == 1)
    assert metrics["precision"].true_positives.numpy() == [2 * positives.sum()]
    assert metrics["recall"].true_positives.numpy() == [positives.sum()]


def test_an_update_state_that_was_replaced_is_called():
    head = eh.BinaryClassHead()
    metrics = head.metrics()
    called = []
    metrics["precision"].update_state = lambda *values, **options: called.append(values)
    head.update_metrics(metrics, {}, UNIFORM - 0.5, LABELS)
    assert len(called) == 1


def test_metrics_in_a_graph_have_one_update_each():
    with tf.Graph().as_default():
        head = eh.BinaryClassHead()
        logits, labels = tf.constant(UNIFORM - 0.5), tf.constant(LABELS)
        metrics = head.update_metrics(head.metrics(), {}, logits, labels)
        assert [len(metric.updates) for metric in metrics.values()] == [1] * len(metrics)
