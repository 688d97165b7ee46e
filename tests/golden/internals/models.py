"""A small model, and how calls are written down."""

import os

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

X = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0], [2.0, -1.0]], np.float32)
Y = np.array([[1.0], [2.0], [2.0], [0.5]], np.float32)


def model_fn_of(api):
    """Least squares from fixed weights."""

    def model_fn(features, labels, mode):
        weights = v1.get_variable("weights", initializer=[[0.5], [-0.5]])
        value = tf.matmul(features["x"], weights)
        if mode == api.ModeKeys.PREDICT:
            predictions = {"value": value, "x": features["x"]}
            outputs = {"value": api.PredictOutput(value)}
            return api.EstimatorSpec(mode, predictions=predictions, export_outputs=outputs)
        loss = tf.reduce_mean(tf.square(value - labels))
        optimizer = v1.train.GradientDescentOptimizer(0.125)
        train_op = optimizer.minimize(loss, v1.train.get_global_step())
        metrics = {"mean": v1.metrics.mean(value)} if mode == api.ModeKeys.EVAL else None
        return api.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    return model_fn


def input_fn():
    """Two batches of two."""
    return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(2)


def receiver_fn_of(api):
    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2], "x")
        return api.ServingInputReceiver({"x": x}, {"x": x})

    return receiver_fn


def config_of(api, **settings):
    return api.RunConfig(tf_random_seed=1, log_step_count_steps=None, **settings)


def described(value):
    """An argument as JSON can hold it: the value if it is a plain one, otherwise what it is."""
    if isinstance(value, bytes):
        value = value.decode()
    if isinstance(value, str) and os.sep in value:
        return os.path.basename(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)) and type(value).__name__ in ("list", "tuple"):
        return type(value).__name__ + " of " + str(len(value))
    if isinstance(value, dict):
        return sorted(value)
    if isinstance(value, tf.Tensor):
        return "tensor"
    if isinstance(value, tf.Variable):
        return "variable"
    if callable(value):
        return "function"
    return type(value).__name__
