"""Model functions of every kind, and what an Estimator tells of itself."""

import functools
import os

import tensorflow as tf

from tests.golden.errors import attempt
from tests.golden.estimator.results import plain

from .models import (
    X,
    Y,
    cases_of,
    config,
    estimator,
    fitted,
    input_fn,
    linear,
    linear_model_fn,
    minimize,
    squared,
    variables,
)


def _results(api, folder, model_fn, **kwargs):
    model = fitted(api, folder, model_fn, **kwargs)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=input_fn, steps=1)),
        "predictions": plain(list(model.predict(input_fn=input_fn))),
    }


def _tuple(features, labels, rate=0.05):
    """Predictions, loss and train_op; labels are there in prediction too, as placeholders."""
    values = linear(features)
    loss = squared(labels, values)
    return values, loss, minimize(loss, rate)


def returns_ops(api, folder):
    return _results(api, folder, linear_model_fn(api))


def returns_a_tuple(api, folder):
    return _results(api, folder, lambda features, labels: _tuple(features, labels))


def returns_a_list(api, folder):
    return _results(api, folder, lambda features, labels: list(_tuple(features, labels)))


def returns_a_spec(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        if mode == api.learn.ModeKeys.INFER:
            return api.core.EstimatorSpec(mode, predictions={"value": values})
        loss = squared(labels, values)
        return api.core.EstimatorSpec(
            mode,
            predictions={"value": values},
            loss=loss,
            train_op=minimize(loss),
            eval_metric_ops={"mean": tf.compat.v1.metrics.mean(values)},
        )

    return attempt(_results, api, folder, model_fn)


def names_of_arguments(api, folder):
    """Features and labels are given by position."""
    return _results(api, folder, lambda x, y: _tuple(x, y))


def every_argument(api, folder):
    seen = []

    def model_fn(features, labels, mode, params, config, model_dir):
        seen.append(
            [
                mode,
                params,
                config.tf_random_seed,
                config.model_dir == folder,
                model_dir == folder,
            ]
        )
        return _tuple(features, labels, params["rate"])

    model = fitted(api, folder, model_fn, params={"rate": 0.5})
    model.evaluate(input_fn=input_fn, steps=1)
    list(model.predict(input_fn=input_fn))
    return {"seen": seen, "variables": variables(model)}


def each_argument(api, folder):
    """Any of the arguments may be left out."""
    seen = []

    def with_mode(features, labels, mode):
        seen.append(mode)
        return _tuple(features, labels)

    def with_params(features, labels, params):
        seen.append(params)
        return _tuple(features, labels)

    def with_config(features, labels, config):
        seen.append(type(config).__name__)
        return _tuple(features, labels)

    def with_model_dir(features, labels, model_dir):
        seen.append(os.path.basename(model_dir))
        return _tuple(features, labels)

    def with_defaults(features, labels, mode=None, params=None):
        seen.append([mode, params])
        return _tuple(features, labels)

    for model_fn in (with_mode, with_params, with_config, with_model_dir, with_defaults):
        fitted(api, os.path.join(folder, model_fn.__name__), model_fn, steps=1)
    return seen


def partial_function(api, folder):
    def model_fn(rate, features, labels, mode, offset):
        return _tuple(features, labels + offset, rate)

    return _results(api, folder, functools.partial(model_fn, 0.2, offset=1.0))


def bound_method(api, folder):
    class Model:
        rate = 0.3

        def model_fn(self, features, labels, mode):
            return _tuple(features, labels, self.rate)

    return _results(api, folder, Model().model_fn)


def feature_engineering(api, folder):
    def feature_engineering_fn(features, labels):
        labels = labels if labels is None else labels * 2.0
        return {"x": features["x"] + 1.0}, labels

    return _results(
        api, folder, linear_model_fn(api), feature_engineering_fn=feature_engineering_fn
    )


def heads(api, folder):
    """A head of tf.contrib.learn, with its metrics and predictions."""

    def model_fn(features, labels, mode):
        if labels is not None:
            labels = tf.cast(labels > 0, tf.int64)
        return api.learn.multi_class_head(2).create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=minimize,
            logits=tf.reshape(linear(features), [-1, 1]),
        )

    model = fitted(api, folder, model_fn)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=input_fn, steps=2)),
        "predictions": plain(list(model.predict(input_fn=input_fn))),
    }


def sparse_input(api, folder):
    """Sparse features and labels, and the placeholders for these when predicting."""
    kinds = []

    def sparse_input_fn():
        indices = [[0, 0], [1, 1], [2, 0], [3, 1]]
        features = {"x": tf.SparseTensor(indices, tf.constant([1.0, 2.0, 3.0, 4.0]), [4, 2])}
        return features, tf.SparseTensor([[0], [3]], tf.constant([5.0, 6.0]), [4])

    def model_fn(features, labels, mode):
        kinds.append([mode, type(labels).__name__])
        dense = {"x": tf.sparse.to_dense(features["x"])}
        if mode != api.learn.ModeKeys.INFER:
            labels = tf.sparse.to_dense(labels)
        return linear_model_fn(api)(dense, labels, mode)

    model = estimator(api, folder, model_fn).fit(input_fn=sparse_input_fn, steps=2)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=sparse_input_fn, steps=1)),
        "predictions": plain(list(model.predict(input_fn=sparse_input_fn))),
        "kinds": kinds,
    }


def numpy_input_fn(api, folder):
    """Queues that tf.estimator.inputs fills with arrays."""

    def make(**kwargs):
        settings = dict({"batch_size": 5, "num_epochs": 1, "shuffle": False}, **kwargs)
        return api.core.inputs.numpy_input_fn({"x": X}, Y, **settings)

    model = estimator(api, folder).fit(input_fn=make(num_epochs=2))
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=make())),
        "predictions": plain(list(model.predict(input_fn=make(), outputs=["value"]))),
    }


def features_from_examples(api, folder):
    """Features as in training, of serialized examples."""

    def int_input_fn():
        x = tf.constant([[1, 2], [3, 4]], tf.int32)
        return {"x": x, "y": tf.constant([[1.0], [2.0]], tf.float64)}, tf.constant([1.0, 2.0])

    model = estimator(api, folder).fit(input_fn=int_input_fn, steps=1)
    one = tf.train.Example()
    one.features.feature["x"].int64_list.value.extend([5, 6])
    one.features.feature["y"].float_list.value.append(7.0)
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        features = model._get_feature_ops_from_example(tf.constant([one.SerializeToString()]))
        return plain(session.run(features))


def several_heads(api, folder):
    """A multi_head, whose predictions have keys of the head and the prediction."""

    def several_input_fn():
        features, labels = input_fn()
        return features, {"value": labels, "kind": tf.cast(labels > 0, tf.int64)}

    def model_fn(features, labels, mode):
        head = api.learn.multi_head(
            [
                api.learn.regression_head("value", head_name="value"),
                api.learn.multi_class_head(2, "kind", head_name="kind"),
            ]
        )
        values = tf.reshape(linear(features), [-1, 1])
        return head.create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=minimize,
            logits=tf.concat([values, 2 * values], 1),
        )

    model = estimator(api, folder, model_fn).fit(input_fn=several_input_fn, steps=2)
    predictions = list(model.predict(input_fn=several_input_fn))
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=several_input_fn, steps=1)),
        "predictions": plain(predictions),
    }


def params_of_an_estimator(api, folder):
    """Those that the constructor is given, or set later."""

    def model_fn(features, labels, params):
        return _tuple(features, labels, params["rate"])

    model = estimator(api, folder, model_fn, params={"rate": 0.5})
    found = [model.get_params(), model.get_params(deep=False), model.params]
    assert model.set_params(params={"rate": 0.0}) is model
    assert model.set_params() is model
    model.fit(input_fn=input_fn, steps=1)
    return found + [model.get_params(), variables(model)]


def deep_params(api, folder):
    """Those of an Estimator inside another one's attribute."""
    inner = estimator(api, folder, params=None)
    outer = estimator(api, folder)
    outer.inner = inner
    outer.size = 3
    outer.function = len
    before = sorted(outer.get_params(deep=True)), sorted(outer.get_params(deep=False))
    outer.set_params(inner__params={"a": 1}, size=4)
    return [before, inner.params, outer.size]


def as_text(api, folder):
    model = estimator(api, folder, lambda features, labels, params: None, params={"a": 1})
    return [repr(model), repr(estimator(api, folder))]


def properties(api, folder):
    model = estimator(api, folder)
    settings = model.config
    settings._tf_random_seed = 7
    return {
        "model_dir": model.model_dir == folder,
        "config": [model.config.tf_random_seed, model.config.model_dir == folder],
        "default_config": type(estimator(api, folder, config=None).config).__name__,
        "temporary": os.path.isdir(estimator(api, None, config=None).model_dir),
        "of_config": estimator(api, None, config=config(api, model_dir="there")).model_dir,
    }


def public_model_fn(api, folder):
    """The property model_fn, with params and config bound."""

    def model_fn(features, labels, mode, params, config):
        values = linear(features) * params["scale"] + config.tf_random_seed
        return api.learn.ModelFnOps(mode, predictions={"value": values})

    model = estimator(api, folder, model_fn, params={"scale": 2.0})
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        ops = model.model_fn({"x": [[1.0, 2.0]]}, None, api.learn.ModeKeys.INFER, config(api))
        session.run(tf.compat.v1.global_variables_initializer())
        return [type(ops).__name__, plain(session.run(ops.predictions))]


def params_not_copied(api, folder):
    """The model_fn gets the very object."""
    params = {"seen": []}

    def model_fn(features, labels, params):
        params["seen"].append("here")
        return _tuple(features, labels)

    fitted(api, folder, model_fn, params=params, steps=1)
    return params["seen"]


CASES = cases_of(globals())
