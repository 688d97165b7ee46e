"""Trains and evaluates on two logical devices and on one; prints the results as JSON.

Logical devices can only be made before TensorFlow is used, so this is a program of its own.
"""

import json
import sys

import numpy as np
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from tests.golden.estimator.results import plain

v1 = tf.compat.v1
X = np.linspace(-1.0, 1.0, 96, dtype=np.float32).reshape(48, 2)
Y = (X[:, :1] - 0.5 * X[:, 1:] > 0.1).astype(np.float32)


def input_fn(batch_size, repeat=True):
    """Batches of one replica."""

    def dataset():
        data = tf.data.Dataset.from_tensor_slices(({"x": X}, Y))
        return (data.repeat() if repeat else data).batch(batch_size)

    return dataset


def linear(features):
    weights = v1.get_variable("weights", [2, 1], initializer=v1.constant_initializer(0.1))
    bias = v1.get_variable("bias", [1], initializer=v1.zeros_initializer())
    return tf.matmul(features["x"], weights) + bias


def squared(features, labels, mode):
    """Metrics, a summary, hooks and a Scaffold of each replica."""
    value = linear(features)
    if mode == eh.ModeKeys.PREDICT:
        return eh.EstimatorSpec(mode, predictions=value)
    loss = v1.losses.mean_squared_error(labels, value)
    v1.summary.scalar("loss_of_replica", loss)
    hooks = [v1.train.FinalOpsHook(v1.train.get_global_step())]
    return eh.EstimatorSpec(
        mode,
        loss=loss,
        train_op=v1.train.AdamOptimizer(0.05).minimize(loss, v1.train.get_global_step()),
        eval_metric_ops={"mean": v1.metrics.mean(value)},
        training_hooks=hooks,
        evaluation_hooks=hooks,
        scaffold=v1.train.Scaffold(
            local_init_op=v1.local_variables_initializer(),
            init_fn=lambda scaffold, session: session.run(scaffold.init_op),
        ),
    )


def head_model_fn(head, optimizer):
    def model_fn(features, labels, mode):
        return head.create_estimator_spec(
            features,
            mode,
            linear(features),
            labels,
            optimizer=optimizer(),
            trainable_variables=v1.trainable_variables(),
        )

    return model_fn


def gradient_descent():
    return v1.train.GradientDescentOptimizer(0.02)


def adagrad():
    return v1.train.AdagradOptimizer(0.1)


def keras_adagrad():
    return tf_keras.optimizers.legacy.Adagrad(0.1)


MODELS = {
    "squared": squared,
    "binary_head": head_model_fn(eh.BinaryClassHead(), adagrad),
    "keras_optimizer": head_model_fn(eh.RegressionHead(), keras_adagrad),
    "sum_head": head_model_fn(eh.RegressionHead(loss_reduction="sum"), gradient_descent),
}


class LastLoss(v1.train.SessionRunHook):
    """Keeps the loss that training reports."""

    def before_run(self, run_context):
        (loss,) = v1.get_collection(v1.GraphKeys.LOSSES)[-1:]
        return v1.train.SessionRunArgs(loss)

    def after_run(self, run_context, run_values):
        self.value = float(run_values.results)


def results(estimator, batch_size):
    hook = LastLoss()
    estimator.train(input_fn(batch_size), steps=4)
    estimator.train(input_fn(batch_size), max_steps=7, hooks=[hook])
    evaluation = estimator.evaluate(input_fn(batch_size, repeat=False))
    return {
        "variables": {
            name: plain(estimator.get_variable_value(name))
            for name in estimator.get_variable_names()
            if "replica" not in name  # Keras optimizers save what they keep for each replica.
        },
        "evaluation": {name: float(value) for name, value in evaluation.items()},
        "training_loss": hook.value,
    }


def train_and_evaluate(strategy, folder):
    config = eh.RunConfig(
        train_distribute=strategy, eval_distribute=strategy, save_checkpoints_steps=5
    )
    estimator = eh.Estimator(squared, f"{folder}/loop", config)
    metrics, _ = eh.train_and_evaluate(
        estimator,
        eh.TrainSpec(input_fn(4), max_steps=12),
        eh.EvalSpec(input_fn(4, repeat=False), steps=None, throttle_secs=0),
    )
    predictions = list(estimator.predict(input_fn(4, repeat=False)))
    return {"global_step": int(metrics["global_step"]), "predictions": len(predictions)}


def main(folder):
    tf.config.set_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2
    )
    strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
    mirrored = eh.RunConfig(train_distribute=strategy, eval_distribute=strategy)
    printed = {"loop": train_and_evaluate(strategy, folder)}
    for name, model_fn in MODELS.items():
        printed[name] = {
            "mirrored": results(eh.Estimator(model_fn, f"{folder}/{name}/two", mirrored), 4),
            "single": results(eh.Estimator(model_fn, f"{folder}/{name}/one"), 8),
        }
    newer = head_model_fn(eh.RegressionHead(), tf_keras.optimizers.SGD)
    try:
        eh.Estimator(newer, f"{folder}/newer", mirrored).train(input_fn(4), steps=1)
    except ValueError as error:
        printed["newer_optimizer"] = str(error)
    print(json.dumps(printed))


if __name__ == "__main__":
    main(sys.argv[1])
