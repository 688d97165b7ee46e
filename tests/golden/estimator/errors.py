"""Mistakes, run under the original and under ours: the type of error is what counts."""

import os

import tensorflow as tf

from tests.golden.estimator.exports import FEATURE_SPEC
from tests.golden.estimator.programs import CONSTANT, dataset, linear_config, linear_model_fn

v1 = tf.compat.v1


def linear(api, folder, **kwargs):
    return api.Estimator(linear_model_fn(api, CONSTANT), folder, linear_config(api), **kwargs)


def no_model_fn(api, folder):
    api.Estimator(None, folder)


def model_fn_without_features(api, folder):
    api.Estimator(lambda labels, mode: None, folder)


def model_fn_with_unknown_argument(api, folder):
    api.Estimator(lambda features, labels, mode, extra: None, folder)


def params_not_taken(api, folder):
    linear(api, folder, params={"a": 1})


def labels_not_taken(api, folder):
    api.Estimator(lambda features, mode: None, folder).train(dataset, steps=1)


def model_fn_returns_none(api, folder):
    api.Estimator(lambda features, labels: None, folder).train(dataset, steps=1)


def model_fn_returns_tuple(api, folder):
    api.Estimator(lambda features, labels: (1, 2, 3), folder).train(dataset, steps=1)


def model_dirs_differ(api, folder):
    config = api.RunConfig(model_dir=os.path.join(folder, "other"))
    api.Estimator(linear_model_fn(api), folder, config)


def config_of_other_type(api, folder):
    api.Estimator(linear_model_fn(api), folder, config={"model_dir": folder})


def warm_start_from_number(api, folder):
    linear(api, folder, warm_start_from=3)


def warm_start_without_path(api, folder):
    api.WarmStartSettings("")


def warm_start_from_empty_folder(api, folder):
    empty = os.path.join(folder, "empty")
    os.makedirs(empty)
    linear(api, os.path.join(folder, "model"), warm_start_from=empty).train(dataset, steps=1)


def steps_and_max_steps(api, folder):
    linear(api, folder).train(dataset, steps=1, max_steps=1)


def steps_zero(api, folder):
    linear(api, folder).train(dataset, steps=0)


def max_steps_negative(api, folder):
    linear(api, folder).train(dataset, max_steps=-1)


def evaluation_steps_zero(api, folder):
    linear(api, folder).evaluate(dataset, steps=0)


def training_hook_of_other_type(api, folder):
    linear(api, folder).train(dataset, hooks=["hook"], steps=1)


def evaluation_hook_of_other_type(api, folder):
    linear(api, folder).evaluate(dataset, hooks=["hook"], steps=1)


def prediction_hook_of_other_type(api, folder):
    list(linear(api, folder).predict(lambda: dataset(repeat=False), hooks=["hook"]))


def listener_of_other_type(api, folder):
    linear(api, folder).train(dataset, steps=1, saving_listeners=["listener"])


def listener_without_checkpoints(api, folder):
    config = api.RunConfig(save_checkpoints_secs=None, save_checkpoints_steps=None)
    api.Estimator(linear_model_fn(api), folder, config).train(
        dataset, steps=1, saving_listeners=[v1.train.CheckpointSaverListener()]
    )


def input_fn_not_callable(api, folder):
    linear(api, folder).train("input", steps=1)


def input_fn_returns_three(api, folder):
    linear(api, folder).train(lambda: (1, 2, 3), steps=1)


def input_fn_with_unknown_argument(api, folder):
    linear(api, folder).train(lambda extra: dataset(), steps=1)


def nan_loss(api, folder):
    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=-1.0)
        loss = v1.log(weight)
        train_op = v1.train.GradientDescentOptimizer(1.0).minimize(loss, v1.train.get_global_step())
        return api.EstimatorSpec(mode, loss=loss, train_op=train_op)

    api.Estimator(model_fn, folder).train(dataset, steps=3)


def metric_named_global_step(api, folder):
    _with_metric(api, folder, "global_step")


def metric_named_loss(api, folder):
    _with_metric(api, folder, "loss")


def _with_metric(api, folder, name):
    def model_fn(features, labels, mode):
        spec = linear_model_fn(api, CONSTANT)(features, labels, mode)
        return spec._replace(eval_metric_ops={name: v1.metrics.mean(spec.loss)})

    api.Estimator(model_fn, folder).evaluate(dataset, steps=1)


def unknown_predict_keys(api, folder):
    list(linear(api, folder).predict(lambda: dataset(repeat=False), predict_keys=["absent"]))


def predict_keys_of_single_tensor(api, folder):
    def model_fn(features, mode):
        return api.EstimatorSpec(mode, predictions=features["x"])

    estimator = api.Estimator(model_fn, folder)
    list(estimator.predict(lambda: dataset(repeat=False), predict_keys=["x"]))


def batch_sizes_differ(api, folder):
    def model_fn(features, mode):
        return api.EstimatorSpec(mode, predictions={"x": features["x"], "y": features["x"][:1]})

    list(api.Estimator(model_fn, folder).predict(lambda: dataset(repeat=False)))


def variable_value_untrained(api, folder):
    linear(api, folder).get_variable_value("linear/bias")


def variable_names_untrained(api, folder):
    linear(api, folder).get_variable_names()


def unknown_variable(api, folder):
    linear(api, folder).train(dataset, steps=1).get_variable_value("absent")


def foreign_checkpoint_other_names(api, folder):
    linear(api, folder).train(dataset, steps=1)

    def model_fn(features, labels, mode):
        with v1.variable_scope("other"):
            return linear_model_fn(api, CONSTANT)(features, labels, mode)

    api.Estimator(model_fn, folder).train(dataset, steps=1)


def foreign_checkpoint_other_shapes(api, folder):
    linear(api, folder).train(dataset, steps=1)
    api.Estimator(_wide_model_fn(api), folder).train(dataset, steps=1)


def foreign_checkpoint_in_evaluation(api, folder):
    linear(api, folder).train(dataset, steps=1)
    api.Estimator(_wide_model_fn(api), folder).evaluate(dataset, steps=1)


def foreign_checkpoint_in_prediction(api, folder):
    linear(api, folder).train(dataset, steps=1)
    list(api.Estimator(_wide_model_fn(api), folder).predict(lambda: dataset(repeat=False)))


def _wide_model_fn(api):
    def model_fn(features, labels, mode):
        with v1.variable_scope("linear"):
            weights = v1.get_variable("weights", [2, 3], initializer=CONSTANT)
        predictions = tf.matmul(features["x"], weights)
        loss = tf.reduce_mean(predictions)
        train_op = v1.train.AdamOptimizer(0.1).minimize(loss, v1.train.get_global_step())
        return api.EstimatorSpec(mode, predictions=predictions, loss=loss, train_op=train_op)

    return model_fn


def truncated_index(api, folder):
    linear(api, folder).train(dataset, steps=1)
    truncate(os.path.join(folder, "model.ckpt-1.index"))
    linear(api, folder).train(dataset, steps=1)


def truncated_data(api, folder):
    linear(api, folder).train(dataset, steps=1)
    truncate(os.path.join(folder, "model.ckpt-1.data-00000-of-00001"))
    linear(api, folder).train(dataset, steps=1)


def truncated_data_in_evaluation(api, folder):
    linear(api, folder).train(dataset, steps=1)
    truncate(os.path.join(folder, "model.ckpt-1.data-00000-of-00001"))
    linear(api, folder).evaluate(dataset, steps=1)


def garbled_data(api, folder):
    linear(api, folder).train(dataset, steps=1)
    garble(os.path.join(folder, "model.ckpt-1.data-00000-of-00001"))
    linear(api, folder).train(dataset, steps=1)


def checkpoint_path_absent(api, folder):
    linear(api, folder).evaluate(dataset, steps=1, checkpoint_path=os.path.join(folder, "absent"))


def truncate(path):
    with open(path, "rb+") as file:
        file.truncate(os.path.getsize(path) // 2)


def garble(path):
    with open(path, "rb+") as file:
        content = file.read()
        file.seek(0)
        file.write(bytes(byte ^ 0xFF for byte in content))


def export_untrained(api, folder):
    linear(api, folder).export_saved_model(folder, _receiver_fn(api))


def export_without_receiver_fn(api, folder):
    linear(api, folder).train(dataset, steps=1).export_saved_model(folder, None)


def export_of_no_mode(api, folder):
    estimator = linear(api, folder).train(dataset, steps=1)
    estimator.experimental_export_all_saved_models(folder, {})


def export_of_foreign_checkpoint(api, folder):
    linear(api, folder).train(dataset, steps=1)

    def model_fn(features, labels, mode):
        with v1.variable_scope("other"):
            return linear_model_fn(api, CONSTANT)(features, labels, mode)

    api.Estimator(model_fn, folder).export_saved_model(folder, _receiver_fn(api))


def _receiver_fn(api):
    return api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)


ERRORS = [
    case
    for name, case in list(globals().items())
    if getattr(case, "__module__", None) == __name__
    and not name.startswith("_")
    and name not in ("linear", "truncate", "garble")
]
