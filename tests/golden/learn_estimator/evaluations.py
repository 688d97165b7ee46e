"""Evaluation: `evaluate`, metrics of the model and of the caller."""

import os

import tensorflow as tf

from tests.golden.errors import attempt
from tests.golden.estimator.hooks import RecordingHook
from tests.golden.estimator.results import events, plain

from .models import (
    LogLines,
    X,
    Y,
    cases_of,
    estimator,
    fitted,
    input_fn,
    linear,
    linear_model_fn,
    minimize,
    queue_input_fn,
    squared,
    v1,
)


def _mean_error(predictions, labels, weights=None):
    return v1.metrics.mean(tf.abs(predictions - labels), weights)


def steps(api, folder):
    model = fitted(api, folder)
    return [
        plain(model.evaluate(input_fn=input_fn, steps=1)),
        plain(model.evaluate(input_fn=queue_input_fn, steps=2)),
        plain(model.evaluate(input_fn=queue_input_fn, steps=None)),
        plain(model.evaluate(input_fn=queue_input_fn, steps=0)),
        plain(model.evaluate(input_fn=queue_input_fn, steps=100)),
    ]


def checkpoint_path(api, folder):
    model = fitted(api, folder, steps=1)
    older = v1.train.latest_checkpoint(folder)
    model.fit(input_fn=input_fn, steps=2)
    other = estimator(api, os.path.join(folder, "other"))
    return [
        plain(model.evaluate(input_fn=input_fn, steps=1, checkpoint_path=older)),
        plain(other.evaluate(input_fn=input_fn, steps=1, checkpoint_path=older)),
    ]


def names(api, folder):
    model = fitted(api, folder)
    for name in (None, "", "test", "a/b"):
        model.evaluate(input_fn=input_fn, steps=1, name=name)
    return sorted(
        os.path.relpath(path, folder)
        for path, _, found in os.walk(folder)
        if any("tfevents" in name for name in found)
    )


def feed_fn(api, folder):
    """Placeholders that are fed, until the function raises StopIteration."""
    model = fitted(api, folder)
    fed = []

    def placeholders():
        fed[:] = [
            v1.placeholder(tf.float32, [None, 2], name="my_x"),
            v1.placeholder(tf.float32, [None], name="my_y"),
        ]
        return {"x": fed[0]}, fed[1]

    rows = iter([slice(0, 5), slice(5, 12)])

    def feed_next():
        taken = next(rows)
        return {fed[0]: X[taken], fed[1]: Y[taken]}

    return plain(model.evaluate(input_fn=placeholders, feed_fn=feed_next))


def metric_specs(api, folder):
    """Metrics over predictions and labels of any key, with weights."""
    spec = api.learn.MetricSpec

    def weighted_input_fn():
        features, labels = queue_input_fn()
        return dict(features, weight=tf.abs(features["x"][:, 0])), labels

    model = fitted(api, folder)
    metrics = {
        "error": spec(_mean_error, prediction_key="value"),
        "double_error": spec(metric_fn=_mean_error, prediction_key="double"),
        "weighted": spec(_mean_error, prediction_key="value", weight_key="weight"),
        "rmse": spec(v1.metrics.root_mean_squared_error, prediction_key="value"),
    }
    return plain(model.evaluate(input_fn=weighted_input_fn, metrics=metrics))


def metric_specs_of_labels_in_a_dict(api, folder):
    def model_fn(features, labels, mode):
        return linear_model_fn(api)(features, labels["a"], mode)

    def dict_input_fn():
        features, labels = input_fn()
        return features, {"a": labels, "b": 2 * labels}

    model = estimator(api, folder, model_fn).fit(input_fn=dict_input_fn, steps=1)
    spec = api.learn.MetricSpec
    metrics = {
        "a": spec(_mean_error, prediction_key="value", label_key="a"),
        "b": spec(_mean_error, prediction_key="value", label_key="b"),
    }
    return plain(model.evaluate(input_fn=dict_input_fn, steps=1, metrics=metrics))


def bare_functions_as_metrics(api, folder):
    """Keys are (name, key of the predictions)."""
    metrics = {("error", "value"): _mean_error, ("other", "double"): _mean_error}
    model = fitted(api, folder)
    return plain(model.evaluate(input_fn=queue_input_fn, metrics=metrics))


def bare_functions_of_a_single_tensor(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        loss = squared(labels, values)
        return values, loss, minimize(loss)

    model = fitted(api, folder, model_fn)
    return plain(model.evaluate(input_fn=input_fn, steps=2, metrics={"error": _mean_error}))


def bare_functions_of_labels_in_a_dict(api, folder):
    """Labels of the key of the predictions; else the only ones."""

    def model_fn(features, labels, mode):
        only = None if labels is None else list(labels.values())[0]
        return linear_model_fn(api)(features, only, mode)

    results = []
    for key in ("value", "label"):

        def dict_input_fn():
            features, labels = input_fn()
            return features, {key: labels}  # noqa: B023

        model = estimator(api, os.path.join(folder, key), model_fn)
        model.fit(input_fn=dict_input_fn, steps=1)
        metrics = {("error", "value"): _mean_error}
        results.append(plain(model.evaluate(input_fn=dict_input_fn, steps=1, metrics=metrics)))
    return results


def metrics_of_the_model(api, folder):
    """Tuples, a bare tensor, a tuple of three; arrays and other dtypes; their events."""

    def make_metrics(labels, values, mode):
        if mode != api.learn.ModeKeys.EVAL:
            return None
        return {
            "mean": v1.metrics.mean(values),
            "tensor": tf.constant(3.5),
            "three": (tf.constant(1), tf.no_op(), tf.constant(2)),
            "double": (tf.constant(0.25, tf.float64), tf.no_op()),
            "integer": (tf.constant(4, tf.int32), tf.no_op()),
            "long": (tf.constant(5, tf.int64), tf.no_op()),
            "vector": (tf.constant([1.0, 2.0]), tf.no_op()),
            "text": (tf.constant("no summary"), tf.no_op()),
        }

    model = fitted(api, folder, linear_model_fn(api, eval_metric_ops=make_metrics))
    results = model.evaluate(input_fn=input_fn, steps=2)
    three = results.pop("three")
    return {
        "results": plain(results),
        "three": plain(list(three)[::2]),
        "events": [
            event
            for event in events(os.path.join(folder, "eval"), steps=True)
            if event[2] != "three"
        ],
    }


def metric_of_an_image(api, folder):
    """A serialized Summary, which the original can write with Python 2 only."""

    def make_metrics(labels, values, mode):
        image = v1.summary.image("image", tf.ones([2, 2, 2, 1]), collections=[])
        return {"image": (image, tf.no_op())}

    model = fitted(api, folder, linear_model_fn(api, eval_metric_ops=make_metrics))
    model.evaluate(input_fn=input_fn, steps=1)
    return events(os.path.join(folder, "eval"), steps=True)


def metric_named_loss(api, folder):
    """That of the model counts."""

    def make_metrics(labels, values, mode):
        return {"loss": v1.metrics.mean(tf.constant(7.0))}

    model = fitted(api, folder, linear_model_fn(api, eval_metric_ops=make_metrics))
    return plain(model.evaluate(input_fn=input_fn, steps=1))


def metric_named_global_step(api, folder):
    def make_metrics(labels, values, mode):
        return {"global_step": v1.metrics.mean(tf.constant(7.0))}

    model = fitted(api, folder, linear_model_fn(api, eval_metric_ops=make_metrics))
    return {
        "results": plain(model.evaluate(input_fn=input_fn, steps=1)),
        "events": events(os.path.join(folder, "eval"), steps=True),
    }


def metrics_over_those_of_the_model(api, folder):
    """The caller's metric takes the place of the model's of the same name."""

    def make_metrics(labels, values, mode):
        return {"error": v1.metrics.mean(tf.constant(7.0))}

    model = fitted(api, folder, linear_model_fn(api, eval_metric_ops=make_metrics))
    metrics = {"error": api.learn.MetricSpec(_mean_error, prediction_key="value")}
    return plain(model.evaluate(input_fn=input_fn, steps=1, metrics=metrics))


def progress(api, folder):
    """The lines "Evaluation [1/2]", and none without log_progress."""
    model = fitted(api, folder)
    with LogLines() as log:
        model.evaluate(input_fn=input_fn, steps=3)
        model.evaluate(input_fn=input_fn, steps=40)
        model.evaluate(input_fn=input_fn, steps=3, log_progress=False)
    return log.starting_with("Evaluation [")


def logged_results(api, folder):
    model = fitted(api, folder)
    with LogLines() as log:
        model.evaluate(input_fn=input_fn, steps=1)
    return len(log.starting_with("Saving dict for global step 3: "))


def hooks(api, folder):
    """Those of the caller, which is left its list."""
    calls = []
    given = [RecordingHook("hook", calls)]
    fitted(api, folder).evaluate(input_fn=input_fn, steps=2, hooks=given)
    return [calls, len(given)]


def scaffold_with_local_init_op(api, folder):
    """Its own local_init_op knows nothing of the metrics."""

    def make_scaffold(labels, values, mode):
        local = v1.get_variable(
            "counter", initializer=5.0, trainable=False, collections=[v1.GraphKeys.LOCAL_VARIABLES]
        )
        both = tf.group(local.initializer, v1.train.Scaffold.default_local_init_op())
        if mode == api.learn.ModeKeys.EVAL:
            return v1.train.Scaffold(local_init_op=both)
        return v1.train.Scaffold()

    model = fitted(api, folder, linear_model_fn(api, scaffold=make_scaffold))
    return attempt(lambda: plain(model.evaluate(input_fn=input_fn, steps=1)))


CASES = cases_of(globals())
