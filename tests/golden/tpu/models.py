"""Data, inputs and model functions of the cases.

An `api` has `tpu`, the names of `tf.contrib.tpu` or `tf.compat.v1.estimator.tpu`, and `core`, those
of `tf.compat.v1.estimator`. The code runs on TensorFlow 1.15 (Python 3.7) and later.
"""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain

v1 = tf.compat.v1

X = np.linspace(-1.0, 1.0, 24, dtype=np.float32).reshape(12, 2)
Y = (X @ np.array([[1.5], [-2.0]], np.float32) + 0.25).astype(np.float32)
CONSTANT = v1.constant_initializer(0.1)


def input_fn(params):
    """The rows over and over, in batches of params["batch_size"]."""
    data = tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).repeat()
    return data.batch(params["batch_size"], drop_remainder=True)


def once(params):
    """The rows once, in batches of params["batch_size"]."""
    return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(params["batch_size"])


def metric_fn(labels, values):
    return {
        "rmse": v1.metrics.root_mean_squared_error(labels, values),
        "mean/label": v1.metrics.mean(labels),
    }


def linear(features, initializer=CONSTANT):
    weights = v1.get_variable("linear/weights", [2, 1], initializer=initializer)
    bias = v1.get_variable("linear/bias", [1], initializer=v1.zeros_initializer())
    return tf.matmul(features["x"], weights) + bias


def minimize(loss, optimizer=None):
    optimizer = optimizer or v1.train.AdamOptimizer(0.05)
    return optimizer.minimize(loss, global_step=v1.train.get_global_step())


def linear_model_fn(api, initializer=CONSTANT, optimizer=None, **fields):
    """Least squares on features["x"] with Adam.

    `fields` are further ones of the TPUEstimatorSpec: functions of labels, values and mode.
    """

    def model_fn(features, labels, mode, params):
        values = linear(features, initializer)
        predictions = {"value": values, "x": features["x"]}
        made = {name: make(labels, values, mode) for name, make in fields.items()}
        if mode == api.core.ModeKeys.PREDICT:
            return api.tpu.TPUEstimatorSpec(mode, predictions=predictions, **made)
        loss = tf.reduce_mean(tf.square(values - labels))
        train_op = None
        if mode == api.core.ModeKeys.TRAIN:
            train_op = minimize(loss, optimizer() if optimizer else None)
        made.setdefault("eval_metrics", (metric_fn, [labels, values]))
        return api.tpu.TPUEstimatorSpec(
            mode, predictions=predictions, loss=loss, train_op=train_op, **made
        )

    return model_fn


def config(api, tpu_config=None, **kwargs):
    settings = {"tf_random_seed": 42, "save_summary_steps": 5}
    settings.update(kwargs)
    return api.tpu.RunConfig(tpu_config=tpu_config or api.tpu.TPUConfig(), **settings)


def estimator(api, folder, model_fn=None, **kwargs):
    kwargs.setdefault("config", config(api))
    settings = {
        "use_tpu": False,
        "train_batch_size": 4,
        "eval_batch_size": 6,
        "predict_batch_size": 3,
        "export_to_tpu": False,
    }
    settings.update(kwargs)
    return api.tpu.TPUEstimator(model_fn or linear_model_fn(api), folder, **settings)


def variables(trained):
    return plain({name: trained.get_variable_value(name) for name in trained.get_variable_names()})
