"""A model whose weight counts the steps, for tests of what is in its model_dir."""

import tensorflow as tf

from estimator_heads import (
    EstimatorSpec,
    ModeKeys,
    export,
)

v1 = tf.compat.v1


def model_fn(features, labels, mode):
    """The weight counts the steps."""
    weight = v1.get_variable("weight", initializer=0.0)
    train_op = tf.group(weight.assign_add(1.0), v1.train.get_global_step().assign_add(1))
    predictions = {"weight": weight * features["x"]}
    loss = None if mode == ModeKeys.PREDICT else tf.reduce_mean(predictions["weight"])
    return EstimatorSpec(mode, predictions, loss, train_op)


def input_fn():
    return tf.data.Dataset.from_tensors({"x": [1.0]}).repeat(3)


def receiver_fn():
    x = v1.placeholder(tf.float32, [None], "x")
    return export.ServingInputReceiver({"x": x}, {"x": x})


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
