"""Mistakes in the arguments of export outputs, receivers and RunConfig."""

import tensorflow as tf

v1 = tf.compat.v1


def classification_output_empty(api, folder):
    api.export.ClassificationOutput()


def classification_output_of_ids(api, folder):
    with tf.Graph().as_default():
        api.export.ClassificationOutput(classes=tf.constant([1]))


def classification_output_of_integer_scores(api, folder):
    with tf.Graph().as_default():
        api.export.ClassificationOutput(scores=tf.constant([1]))


def regression_output_of_integers(api, folder):
    with tf.Graph().as_default():
        api.export.RegressionOutput(tf.constant([1]))


def predict_output_with_int_key(api, folder):
    with tf.Graph().as_default():
        api.export.PredictOutput({1: tf.constant([1])})


def predict_output_of_list(api, folder):
    api.export.PredictOutput({"a": [1]})


def predict_output_with_mixed_tuple_key(api, folder):
    with tf.Graph().as_default():
        api.export.PredictOutput({("a", 1): tf.constant([1])})


def eval_output_with_bad_metric(api, folder):
    with tf.Graph().as_default():
        api.export.EvalOutput(metrics={"a": (1.0, tf.no_op())})


def receiver_without_features(api, folder):
    api.export.ServingInputReceiver(None, None)


def receiver_of_list(api, folder):
    api.export.ServingInputReceiver([1], {"x": 1})


def receiver_with_int_input_name(api, folder):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32)
        api.export.ServingInputReceiver({1: x}, {1: x})


def tensor_receiver_of_dict(api, folder):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32)
        api.export.TensorServingInputReceiver({"x": x}, x)


def receiver_alternatives_of_list(api, folder):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32)
        api.export.ServingInputReceiver(x, x, [x])


def supervised_receiver_with_same_names(api, folder):
    api.export.build_raw_supervised_input_receiver_fn({"x": 1}, {"x": 2})


def config_with_both_save_settings(api, folder):
    api.RunConfig(save_checkpoints_steps=1, save_checkpoints_secs=1)


def config_replace_with_both_save_settings(api, folder):
    api.RunConfig().replace(save_checkpoints_steps=1, save_checkpoints_secs=1)


def config_replace_unknown(api, folder):
    api.RunConfig().replace(task_id=1)


def config_with_empty_model_dir(api, folder):
    api.RunConfig(model_dir="")


def config_with_negative_steps(api, folder):
    api.RunConfig(save_checkpoints_steps=-1)


def config_with_log_steps_zero(api, folder):
    api.RunConfig(log_step_count_steps=0)


def config_with_float_seed(api, folder):
    api.RunConfig(tf_random_seed=1.0)


def config_with_session_config_dict(api, folder):
    api.RunConfig(session_config={})


def config_with_device_fn_without_op(api, folder):
    api.RunConfig(device_fn=lambda x: x)


def config_with_unknown_protocol(api, folder):
    api.RunConfig(protocol="http")


def config_with_string_steps(api, folder):
    api.RunConfig(save_summary_steps="100")


ARGUMENT_ERRORS = [
    case for case in list(globals().values()) if getattr(case, "__module__", None) == __name__
]
