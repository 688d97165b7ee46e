"""Data and model functions of the cases.

An `api` has `core`, the names of `tf.estimator` of TF1, and `towers`, those of the module
`replicate_model_fn`. The code runs on TensorFlow 1.15 (Python 3.7) and later.
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

X = np.linspace(-1.0, 1.0, 24, dtype=np.float32).reshape(12, 2)
Y = (X @ np.array([[1.5], [-2.0]], np.float32) + 0.25).astype(np.float32)
CONSTANT = v1.constant_initializer(0.1)
TWO = ["/cpu:0", "/cpu:0"]
THREE = TWO + ["/cpu:0"]


def input_fn():
    """Two batches of six, over and over."""
    dataset = tf.data.Dataset.from_tensor_slices(({"x": X}, Y))
    return dataset.batch(6, drop_remainder=True).repeat()


def momentum():
    return v1.train.MomentumOptimizer(0.1, 0.9)


def linear_model_fn(api, make_optimizer=momentum, squared=None):
    """Least squares. `squared` reduces the squared errors to the loss: their mean by default."""
    squared = squared or tf.reduce_mean

    def model_fn(features, labels, mode, params):
        weights = v1.get_variable("weights", [2, 1], initializer=CONSTANT)
        bias = v1.get_variable("bias", [1], initializer=v1.zeros_initializer())
        values = tf.matmul(features["x"], weights) + bias
        predictions = {"values": values, "doubled": 2.0 * values}
        if mode == api.core.ModeKeys.PREDICT:
            return api.core.EstimatorSpec(
                mode,
                predictions=predictions,
                export_outputs={
                    "predict": api.core.export.PredictOutput(predictions),
                    "serving_default": api.core.export.RegressionOutput(values),
                    "scores": api.core.export.ClassificationOutput(scores=values),
                },
            )
        loss = squared(tf.square(values - labels))
        metrics = {
            "error": v1.metrics.mean_absolute_error(labels, values),
            "positive": v1.metrics.accuracy(labels > 0.0, values > 0.0),
        }
        optimizer = api.towers.TowerOptimizer(make_optimizer)
        train_op = optimizer.minimize(loss, v1.train.get_or_create_global_step())
        return api.core.EstimatorSpec(
            mode, predictions, loss, train_op, metrics if mode == "eval" else None
        )

    return model_fn
