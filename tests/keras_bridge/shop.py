"""A model of two heads in three forms: an Estimator, and models of Keras 3 and of tf_keras."""

import numpy as np
import tensorflow as tf

import estimator_heads as eh
from estimator_heads import keras as bridge

v1 = tf.compat.v1

_RANDOM = np.random.default_rng(5)
FEATURES = {
    "x": _RANDOM.normal(size=(8, 4)).astype(np.float32),
    "weight": np.array([1, 2, 0.5, 0, 1, 1, 3, 0.25], np.float32),
}
LABELS = {
    "buys": np.array([["no"], ["yes"], ["yes"], ["no"], ["yes"], ["no"], ["no"], ["yes"]]),
    "kind": np.array([[0], [1], [2], [0], [1], [2], [2], [1]]),
}
L2 = 0.1


def input_fn(batch_size=4):
    return tf.data.Dataset.from_tensor_slices((FEATURES, LABELS)).batch(batch_size)


def make_head():
    buys = eh.BinaryClassHead(
        name="buys", weight_column="weight", label_vocabulary=["no", "yes"], thresholds=[0.3]
    )
    return eh.MultiHead([buys, eh.MultiClassHead(3, name="kind")], head_weights=[2.0, 0.5])


def model_fn(features, labels, mode):
    kernels = []

    def dense(values, units, name):
        with v1.variable_scope(name):
            kernels.append(v1.get_variable("kernel", [values.shape[1], units]))
            bias = v1.get_variable("bias", [units], initializer=v1.zeros_initializer())
            return values @ kernels[-1] + bias

    hidden = tf.nn.relu(dense(features["x"], 5, "hidden"))
    return make_head().create_estimator_spec(
        features,
        mode,
        {"buys": dense(hidden, 1, "buys"), "kind": dense(hidden, 3, "kind")},
        labels=labels,
        optimizer=v1.train.GradientDescentOptimizer(0.2),
        regularization_losses=[L2 * tf.reduce_sum(tf.square(kernels[0]))],
    )


def trained_estimator(folder, steps=2):
    estimator = eh.Estimator(model_fn, folder, eh.RunConfig(tf_random_seed=1))
    estimator.train(input_fn, steps=steps)
    return estimator


def model_of(keras, hidden="hidden", classes=3):
    """The same model of layers, with weights of its own."""
    layers = keras.layers
    x = keras.Input([4], name="x")
    regularizer = keras.regularizers.L2(L2)
    values = layers.Dense(5, "relu", kernel_regularizer=regularizer, name=hidden)(x)
    outputs = {
        "buys": layers.Dense(1, name="buys")(values),
        "kind": layers.Dense(classes, name="kind")(values),
    }
    return keras.Model({"x": x}, outputs)


def compile_with_head(model, optimizer="sgd", **options):
    head = make_head()
    metrics = bridge.metrics(head, model)
    model.compile(optimizer, loss=bridge.loss(head), weighted_metrics=metrics, **options)


def dataset(batch_size=4):
    """What Keras is given in place of the input_fn."""
    return bridge.with_sample_weights(make_head(), input_fn(batch_size))


def evaluated(model, batch_size=4):
    return model.evaluate(dataset(batch_size), verbose=0, return_dict=True)
