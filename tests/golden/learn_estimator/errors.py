"""Mistakes: the type of the error is what counts."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.exports import FEATURE_SPEC

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
    queue_input_fn,
    v1,
)


def steps_and_max_steps(api, folder):
    estimator(api, folder).fit(input_fn=input_fn, steps=1, max_steps=1)


def fit_without_input(api, folder):
    estimator(api, folder).fit(steps=1)


def fit_with_x_and_input_fn(api, folder):
    estimator(api, folder).fit(x=X, input_fn=input_fn, steps=1)


def fit_with_y_and_input_fn(api, folder):
    estimator(api, folder).fit(y=Y, input_fn=input_fn, steps=1)


def fit_with_batch_size_and_input_fn(api, folder):
    estimator(api, folder).fit(input_fn=input_fn, batch_size=3, steps=1)


def fit_with_a_tensor(api, folder):
    with tf.Graph().as_default():
        estimator(api, folder).fit(x=tf.constant(X), y=Y, steps=1)


def fit_with_a_tensor_of_labels(api, folder):
    with tf.Graph().as_default():
        estimator(api, folder).fit(x=X, y=tf.constant(Y), steps=1)


def fit_with_a_list(api, folder):
    estimator(api, folder).fit(x=[[1.0, 2.0]], y=[1.0], steps=1)


def fit_with_a_negative_batch_size(api, folder):
    estimator(api, folder).fit(x=X, y=Y, steps=1, batch_size=-1)


def fit_with_batch_size_zero(api, folder):
    estimator(api, folder).fit(x=X, y=Y, steps=1, batch_size=0)


def fit_with_iterator_and_array(api, folder):
    estimator(api, folder).fit(x=iter(X), y=Y, steps=1, batch_size=2)


def fit_with_text_in_a_data_frame(api, folder):
    import pandas as pd

    estimator(api, folder).fit(x=pd.DataFrame({"a": ["b", "c"]}), y=Y[:2], steps=1)


def fit_with_labels_of_two_columns(api, folder):
    import pandas as pd

    labels = pd.DataFrame({"a": [1, 2], "b": [1, 2]})
    estimator(api, folder).fit(x=X[:2], y=labels, steps=1)


def fit_with_an_empty_iterator(api, folder):
    estimator(api, folder).fit(x=iter([]), y=iter([]), steps=1)


def max_steps_negative(api, folder):
    """The original trains a step."""
    model = estimator(api, folder).fit(input_fn=input_fn, max_steps=-1)
    assert model.get_variable_value("global_step") == 1


def evaluate_without_input(api, folder):
    fitted(api, folder).evaluate(steps=1)


def evaluate_with_x_and_input_fn(api, folder):
    fitted(api, folder).evaluate(x=X, y=Y, input_fn=input_fn)


def evaluate_with_x_and_feed_fn(api, folder):
    fitted(api, folder).evaluate(x=X, y=Y, feed_fn=lambda: {})


def evaluate_untrained(api, folder):
    estimator(api, folder).evaluate(input_fn=input_fn, steps=1)


def evaluate_untrained_with_arrays(api, folder):
    estimator(api, folder).evaluate(x=X, y=Y)


def evaluate_metrics_in_a_list(api, folder):
    fitted(api, folder).evaluate(input_fn=input_fn, steps=1, metrics=[v1.metrics.mean])


def score_metrics_in_a_list(api, folder):
    api.learn.SKCompat(fitted(api, folder)).score(x={"x": X}, y=Y, metrics=[v1.metrics.mean])


def metric_with_unknown_key(api, folder):
    spec = api.learn.MetricSpec(v1.metrics.mean_absolute_error, prediction_key="absent")
    fitted(api, folder).evaluate(input_fn=input_fn, steps=1, metrics={"a": spec})


def metric_without_key(api, folder):
    spec = api.learn.MetricSpec(v1.metrics.mean_absolute_error)
    fitted(api, folder).evaluate(input_fn=input_fn, steps=1, metrics={"a": spec})


def bare_metric_without_key(api, folder):
    fitted(api, folder).evaluate(
        input_fn=input_fn, steps=1, metrics={"a": v1.metrics.mean_absolute_error}
    )


def bare_metric_with_three_keys(api, folder):
    fitted(api, folder).evaluate(
        input_fn=input_fn, steps=1, metrics={("a", "b", "c"): v1.metrics.mean_absolute_error}
    )


def bare_metric_with_key_of_single_tensor(api, folder):
    def model_fn(features, labels, mode):
        ops = linear_model_fn(api)(features, labels, mode)
        return ops._replace(predictions=ops.predictions["value"])

    fitted(api, folder, model_fn).evaluate(
        input_fn=input_fn, steps=1, metrics={("a", "b"): v1.metrics.mean_absolute_error}
    )


def evaluate_absent_checkpoint(api, folder):
    path = os.path.join(folder, "absent")
    fitted(api, folder).evaluate(input_fn=input_fn, steps=1, checkpoint_path=path)


def evaluate_other_features(api, folder):
    fitted(api, folder).evaluate(input_fn=lambda: ({"y": X}, Y), steps=1)


def evaluate_features_of_another_rank(api, folder):
    def other_input_fn():
        return {"x": tf.zeros([4, 2, 1])}, tf.constant(Y[:4])

    fitted(api, folder).evaluate(input_fn=other_input_fn, steps=1)


def evaluate_features_of_another_dtype(api, folder):
    def other_input_fn():
        return {"x": tf.zeros([4, 2], tf.int32)}, tf.constant(Y[:4])

    fitted(api, folder).evaluate(input_fn=other_input_fn, steps=1)


def evaluate_labels_of_another_shape(api, folder):
    def other_input_fn():
        return {"x": tf.constant(X[:4])}, tf.zeros([4, 2])

    fitted(api, folder).evaluate(input_fn=other_input_fn, steps=1)


def evaluate_labels_in_a_dict(api, folder):
    def other_input_fn():
        return {"x": tf.constant(X[:4])}, {"y": tf.constant(Y[:4])}

    fitted(api, folder).evaluate(input_fn=other_input_fn, steps=1)


def predict_without_input(api, folder):
    list(fitted(api, folder).predict())


def predict_with_x_and_input_fn(api, folder):
    list(fitted(api, folder).predict(x=X, input_fn=input_fn))


def predict_untrained(api, folder):
    """At once, and not when the first prediction is asked for."""
    estimator(api, folder).predict(input_fn=input_fn)


def predict_unknown_outputs(api, folder):
    fitted(api, folder).predict(input_fn=input_fn, outputs=["absent"])


def predict_outputs_of_single_tensor(api, folder):
    def model_fn(features, labels, mode):
        ops = linear_model_fn(api)(features, labels, mode)
        return ops._replace(predictions=ops.predictions["value"])

    fitted(api, folder, model_fn).predict(input_fn=input_fn, outputs=["value"])


def sk_compat_predict_untrained(api, folder):
    api.learn.SKCompat(estimator(api, folder)).predict(x={"x": X})


def monitor_of_other_type(api, folder):
    estimator(api, folder).fit(input_fn=input_fn, steps=1, monitors=["monitor"])


def input_fn_returns_three(api, folder):
    estimator(api, folder).fit(input_fn=lambda: (X, Y, Y), steps=1)


def input_fn_returns_none(api, folder):
    estimator(api, folder).fit(input_fn=lambda: None, steps=1)


def input_fn_returns_a_tensor(api, folder):
    estimator(api, folder).fit(input_fn=lambda: tf.constant(1.0), steps=1)


def input_fn_with_arguments(api, folder):
    estimator(api, folder).fit(input_fn=lambda params: (X, Y), steps=1)


def input_fn_not_callable(api, folder):
    estimator(api, folder).fit(input_fn="input", steps=1)


def no_model_fn(api, folder):
    api.learn.Estimator(model_dir=folder).fit(input_fn=input_fn, steps=1)


def model_fn_returns_none(api, folder):
    fitted(api, folder, lambda features, labels: None)


def model_fn_returns_two(api, folder):
    fitted(api, folder, lambda features, labels: (1.0, 2.0))


def model_fn_without_train_op(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        return values, tf.reduce_mean(values), None

    fitted(api, folder, model_fn)


def model_fn_without_loss(api, folder):
    fitted(api, folder, lambda features, labels: (linear(features), None, tf.no_op()))


def model_fn_without_labels(api, folder):
    fitted(api, folder, lambda features: None)


def model_fn_with_unknown_argument(api, folder):
    fitted(api, folder, lambda features, labels, other: None)


def params_not_taken(api, folder):
    estimator(api, folder, params={"a": 1})


def unknown_params(api, folder):
    estimator(api, folder).set_params(absent=1)


def unknown_deep_params(api, folder):
    estimator(api, folder).set_params(absent__params=1)


def model_dirs_differ(api, folder):
    estimator(api, folder, config=config(api, model_dir=os.path.join(folder, "other")))


def variable_value_untrained(api, folder):
    estimator(api, folder).get_variable_value("linear/bias")


def variable_names_untrained(api, folder):
    estimator(api, folder).get_variable_names()


def unknown_variable(api, folder):
    fitted(api, folder).get_variable_value("absent")


def foreign_checkpoint(api, folder):
    fitted(api, folder)

    def model_fn(features, labels, mode):
        with v1.variable_scope("other"):
            return linear_model_fn(api)(features, labels, mode)

    fitted(api, folder, model_fn)


def feature_ops_before_training(api, folder):
    estimator(api, folder)._get_feature_ops_from_example(None)


def export_without_serving_input_fn(api, folder):
    fitted(api, folder).export_savedmodel(folder, None)


def export_untrained(api, folder):
    estimator(api, folder).export_savedmodel(folder, _serving_input_fn(api))


def export_with_unknown_default(api, folder):
    fitted(api, folder).export_savedmodel(
        folder, _serving_input_fn(api), default_output_alternative_key="absent"
    )


def export_without_default(api, folder):
    problem = api.learn.ProblemType.UNSPECIFIED

    def alternatives(labels, values, mode):
        return {"a": (problem, {"a": values}), "b": (problem, {"b": values})}

    model = fitted(api, folder, linear_model_fn(api, output_alternatives=alternatives))
    model.export_savedmodel(folder, _serving_input_fn(api))


def export_without_features(api, folder):
    def serving_input_fn():
        return api.learn.InputFnOps({}, None, {"x": v1.placeholder(tf.float32)})

    fitted(api, folder).export_savedmodel(folder, serving_input_fn)


def export_without_default_inputs(api, folder):
    def serving_input_fn():
        return {"x": v1.placeholder(tf.float32, [None, 2])}, None

    fitted(api, folder).export_savedmodel(folder, serving_input_fn)


def export_of_transformed_graph_first(api, folder):
    specs = (api.GraphRewriteSpec(("serve",), ("strip_unused_nodes",)),)
    fitted(api, folder).export_savedmodel(folder, _serving_input_fn(api), graph_rewrite_specs=specs)


def export_of_no_graph(api, folder):
    fitted(api, folder).export_savedmodel(folder, _serving_input_fn(api), graph_rewrite_specs=())


def export_of_unknown_transformation(api, folder):
    specs = (
        api.GraphRewriteSpec(("serve",), ()),
        api.GraphRewriteSpec(("other",), ("no_such_transformation",)),
    )
    fitted(api, folder).export_savedmodel(folder, _serving_input_fn(api), graph_rewrite_specs=specs)


def export_of_frozen_graph(api, folder):
    """Not even the original could: it does not say which checkpoint."""
    specs = (api.GraphRewriteSpec(("serve",), ()), api.GraphRewriteSpec(("b",), ("freeze_graph",)))
    fitted(api, folder).export_savedmodel(folder, _serving_input_fn(api), graph_rewrite_specs=specs)


def export_of_absent_extra_asset(api, folder):
    fitted(api, folder).export_savedmodel(
        folder, _serving_input_fn(api), assets_extra={"a": os.path.join(folder, "absent")}
    )


def _serving_input_fn(api):
    return api.learn.build_parsing_serving_input_fn(FEATURE_SPEC)


def model_dir_is_a_file(api, folder):
    path = os.path.join(folder, "file")
    with open(path, "w") as file:
        file.write("here")
    fitted(api, path)


def fewer_labels_than_features(api, folder):
    def model_fn(features, labels, mode):
        return linear_model_fn(api)({"x": features}, labels, mode)

    estimator(api, folder, model_fn).fit(x=X, y=np.zeros([3], np.float32), steps=1)


def queue_of_failing_input(api, folder):
    def failing_input_fn():
        features, labels = queue_input_fn()
        with tf.control_dependencies([v1.assert_equal(1, 2)]):
            return features, tf.identity(labels)

    estimator(api, folder).fit(input_fn=failing_input_fn, steps=1)


CASES = cases_of(globals())
