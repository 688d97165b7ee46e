"""What becomes of a Keras model with a head on two replicas, as JSON.

    python -m tests.keras_bridge.mirrored train|loss|metrics

It is a program, as a process that has used its CPU cannot have two any more.
"""

import contextlib
import json
import sys

import keras
import numpy as np
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads import keras as bridge
from tests.keras_bridge import shop


def trained(context):
    """The metrics of a model of tf_keras after two epochs, and its weights."""
    with context:
        model = shop.model_of(tf_keras)
        shop.compile_with_head(model, tf_keras.optimizers.SGD(0.1))
    random = np.random.default_rng(3)
    model.set_weights([random.normal(size=weight.shape) for weight in model.weights])
    model.fit(shop.dataset(), epochs=2, verbose=0)
    weights = [value for weight in model.get_weights() for value in weight.ravel().tolist()]
    return {**shop.evaluated(model), "weights": weights}


def error_of_keras_3(context, with_metrics):
    """The message of the ValueError that a model of Keras 3 ends in."""
    head = eh.RegressionHead()
    with context:
        model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
        metrics = bridge.metrics(head, model) if with_metrics else None
        model.compile("sgd", loss=bridge.loss(head), weighted_metrics=metrics)
    try:
        return model.fit(np.ones([4, 2]), np.ones([4, 1]), verbose=0).history
    except ValueError as error:
        return str(error)


if __name__ == "__main__":
    (cpu,) = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
    assert strategy.num_replicas_in_sync == 2
    what = sys.argv[1]
    if what == "train":
        result = [trained(strategy.scope()), trained(contextlib.nullcontext())]
    else:
        result = error_of_keras_3(strategy.scope(), with_metrics=what == "metrics")
    print(json.dumps(result))
