"""What every head promises, tested over the table of descriptors."""

import inspect

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from tests.heads.descriptors import DESCRIPTORS


@pytest.fixture(params=DESCRIPTORS)
def descriptor(request):
    return DESCRIPTORS[request.param]


def test_every_public_head_has_a_descriptor():
    heads = {
        name
        for name in eh.__all__
        if inspect.isclass(getattr(eh, name)) and issubclass(getattr(eh, name), eh.Head)
    }
    described = {type(each.make("any")).__name__ for each in DESCRIPTORS.values()}
    # Head is abstract, and MultiHead is tested around every other head.
    assert described == heads - {"Head", "MultiHead"}


def everything(head, logits, labels, features):
    """Loss and predictions of the first batch."""
    return {
        "loss": head.loss(labels, logits, features=features, regularization_losses=[1.5, 0.25]),
        **head.predictions(logits),
    }


def in_eager_mode(descriptor, head):
    batches = list(zip(descriptor.logits, descriptor.labels, descriptor.features, strict=True))
    results = everything(head, *batches[0])
    metrics = head.metrics(regularization_losses=[1.5])
    for logits, labels, features in batches:
        head.update_metrics(metrics, features, logits, labels, regularization_losses=[1.5])
    results |= {key: metric.result() for key, metric in metrics.items()}
    return {key: value.numpy() for key, value in results.items()}


def in_a_function(descriptor, head):
    batches = list(zip(descriptor.logits, descriptor.labels, descriptor.features, strict=True))
    results = tf.function(everything)(head, *batches[0])
    metrics = head.metrics(regularization_losses=[1.5])

    @tf.function
    def update(logits, labels, features):
        head.update_metrics(metrics, features, logits, labels, regularization_losses=[1.5])

    for batch in batches:
        update(*batch)
    results |= {key: metric.result() for key, metric in metrics.items()}
    return {key: value.numpy() for key, value in results.items()}


def in_a_graph(descriptor, head):
    with tf.Graph().as_default():
        first = [part[0] for part in (descriptor.logits, descriptor.labels, descriptor.features)]
        tensors = tf.nest.map_structure(tf.constant, first)
        placeholders = tf.nest.map_structure(
            # The weights are of rank 1 in the first batch, of rank 2 in the second.
            lambda tensor: (
                tf.compat.v1.placeholder_with_default(tensor, [None] * max(2, len(tensor.shape)))
                if len(tensor.shape) > 1
                else tf.compat.v1.placeholder_with_default(tensor[:, tf.newaxis], [None, 1])
            ),
            tensors,
        )
        logits, labels, features = placeholders
        results = everything(head, *placeholders)
        spec = head.create_estimator_spec(
            features, eh.ModeKeys.EVAL, logits, labels, regularization_losses=[tf.constant(1.5)]
        )
        values = {key: value for key, (value, _) in spec.eval_metric_ops.items()}
        updates = [update for _, update in spec.eval_metric_ops.values()]
        with tf.compat.v1.Session() as session:
            session.run([tf.compat.v1.local_variables_initializer()])
            session.run(tf.compat.v1.tables_initializer())
            results = session.run(results)
            session.run(updates)
            second = [descriptor.logits[1], descriptor.labels[1], descriptor.features[1]]
            feed = dict(zip(tf.nest.flatten(placeholders), tf.nest.flatten(second), strict=True))
            session.run(updates, feed)
            return results | session.run(values)


@pytest.mark.parametrize("other", [in_a_function, in_a_graph])
def test_eager_mode_functions_and_graphs_agree(descriptor, other):
    eager = in_eager_mode(descriptor, descriptor.make("h"))
    same = other(descriptor, descriptor.make("h"))
    assert eager.keys() == same.keys()
    for key, value in eager.items():
        if value.dtype.kind in "OS":
            np.testing.assert_array_equal(same[key], value, err_msg=key)
        else:
            np.testing.assert_allclose(same[key], value, rtol=1e-5, atol=1e-5, err_msg=key)


def linear_model_fn(head, optimizer):
    """A model_fn with one dense layer under `head`."""

    def model_fn(features, labels, mode):
        weights = tf.compat.v1.get_variable(
            "weights", [3, head.logits_dimension], initializer=tf.compat.v1.zeros_initializer()
        )
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=tf.matmul(features["x"], weights),
            labels=labels,
            optimizer=optimizer() if mode == eh.ModeKeys.TRAIN else None,
            trainable_variables=[weights],
        )

    return model_fn


def round_trip(head, features, labels, model_dir):
    """Trains, evaluates, predicts and exports.

    Returns (metrics before, after, prediction, served).
    """

    def optimizer():
        return tf.compat.v1.train.GradientDescentOptimizer(0.1)

    estimator = eh.Estimator(linear_model_fn(head, optimizer), model_dir=str(model_dir / "model"))

    def input_fn():
        return tf.data.Dataset.from_tensors((features, labels))

    before = estimator.evaluate(input_fn)
    estimator.train(lambda: input_fn().repeat(), steps=20)
    after = estimator.evaluate(input_fn)
    predictions = list(estimator.predict(input_fn))
    receiver = eh.export.build_parsing_serving_input_receiver_fn(
        {"x": tf.io.FixedLenFeature([3], tf.float32)}
    )
    path = estimator.export_saved_model(str(model_dir / "export"), receiver)
    served = tf.saved_model.load(path.decode() if isinstance(path, bytes) else path)
    return before, after, predictions, served.signatures


def serialized(x):
    return tf.constant(
        [
            tf.train.Example(
                features=tf.train.Features(
                    feature={"x": tf.train.Feature(float_list=tf.train.FloatList(value=row))}
                )
            ).SerializeToString()
            for row in x
        ]
    )


def test_a_head_trains_evaluates_predicts_and_serves_in_an_estimator(descriptor, tmp_path):
    head = descriptor.make(None)
    features, labels = descriptor.features[1], descriptor.labels[1]
    before, after, predictions, signatures = round_trip(head, features, labels, tmp_path)
    assert after["loss"] < before["loss"]
    assert after["global_step"] == 20
    assert len(predictions) == 4
    serves_classes = descriptor.task.output is eh.export.ClassificationOutput
    default = "classification" if serves_classes else "regression"
    assert {"serving_default", default, "predict"} <= set(signatures)
    asked = signatures["predict"](examples=serialized(features["x"]))
    for key in predictions[0]:
        expected = np.array([each[key] for each in predictions])
        if expected.dtype.kind in "OS":
            np.testing.assert_array_equal(asked[key].numpy(), expected)
        else:
            np.testing.assert_allclose(asked[key].numpy(), expected, rtol=1e-5)


def test_a_head_inside_a_multi_head_keeps_its_numbers(descriptor, tmp_path):
    first, second = descriptor.make("first"), eh.RegressionHead(name="second")
    head = eh.MultiHead([first, second], head_weights=[2.0, -1.0])
    logits, features = descriptor.logits[0], descriptor.features[0]
    numbers = np.array([[1.0], [2.0], [3.0], [4.0]], np.float32)
    labels = {"first": descriptor.labels[0], "second": numbers}
    both = {"first": logits, "second": numbers + 3}
    expected = 2.0 * first.loss(labels["first"], logits, features) - 1.0 * 9.0
    np.testing.assert_allclose(head.loss(labels, both, features), expected, rtol=1e-5)
    one_tensor = np.concatenate([logits, numbers + 3], axis=-1)
    np.testing.assert_allclose(head.loss(labels, one_tensor, features), expected, rtol=1e-5)

    alone = first.update_metrics(first.metrics(), features, logits, labels["first"])
    together = head.update_metrics(head.metrics(), features, both, labels)
    for key, metric in alone.items():
        np.testing.assert_allclose(together[key].result(), metric.result(), rtol=1e-5, err_msg=key)
    assert float(together["loss/second"].result()) == 9.0

    predictions = head.predictions(both)
    for key, value in first.predictions(logits).items():
        np.testing.assert_array_equal(predictions["first", key], value)

    before, after, examples, signatures = round_trip(head, features, labels, tmp_path)
    assert after["global_step"] == 20
    assert set(examples[0]) == set(predictions)
    assert {"serving_default", "first", "second", "predict", "second/regression"} <= set(signatures)
