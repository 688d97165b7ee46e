"""TF1 source: what tf.layers, tf.nn.rnn_cell and tf.keras do, from fixed weights, as JSON.

Runs on TensorFlow 1.15 by itself and on today's through the runner.
"""

import json
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


def fixed(shape, dtype=tf.float32, partition_info=None):
    size = int(np.prod([int(dimension) for dimension in shape]))
    return tf.cast(tf.reshape(0.5 * tf.cos(tf.to_float(tf.range(1, size + 1))), shape), dtype)


def values(*shape):
    return np.sin(np.arange(1, 1 + np.prod(shape))).reshape(shape).astype(np.float32)


def penalty(kernel):
    return 0.1 * tf.reduce_sum(tf.square(kernel))


L = tf.layers
K = {"kernel_initializer": fixed, "kernel_regularizer": penalty}
SEPARABLE = {"depthwise_initializer": fixed, "pointwise_initializer": fixed}
LINE, IMAGE, VOLUME = values(2, 6, 3), values(2, 6, 6, 3), values(1, 4, 4, 4, 2)
CASES = {
    "dense": lambda: L.dense(values(4, 3), 2, **K),
    "dense twice": lambda: L.dense(L.dense(values(4, 3), 2, **K), 2, tf.nn.relu, **K),
    "dense named": lambda: L.dense(values(4, 3), 2, use_bias=False, name="top", **K),
    "dense rank 3": lambda: L.dense(LINE, 2, **K),
    "Dense": lambda: L.Dense(2, kernel_initializer=fixed)(tf.constant(values(4, 3))),
    "conv1d": lambda: L.conv1d(LINE, 2, 3, **K),
    "conv2d": lambda: L.conv2d(IMAGE, 2, 3, padding="same", strides=2, **K),
    "conv2d first": lambda: L.conv2d(IMAGE, 2, [3, 2], dilation_rate=2, **K),
    "conv3d": lambda: L.conv3d(VOLUME, 2, 2, **K),
    "conv2d_transpose": lambda: L.conv2d_transpose(IMAGE, 2, 3, strides=2, **K),
    "conv3d_transpose": lambda: L.conv3d_transpose(VOLUME, 2, 2, **K),
    "separable_conv1d": lambda: L.separable_conv1d(LINE, 2, 3, **SEPARABLE),
    "separable_conv2d": lambda: L.separable_conv2d(IMAGE, 2, 3, **SEPARABLE),
    "Conv2D": lambda: L.Conv2D(2, 3, kernel_initializer=fixed)(tf.constant(IMAGE)),
    "max_pooling1d": lambda: L.max_pooling1d(LINE, 2, 2),
    "max_pooling2d": lambda: L.max_pooling2d(IMAGE, 2, 2, padding="same"),
    "max_pooling3d": lambda: L.max_pooling3d(VOLUME, 2, 2),
    "average_pooling1d": lambda: L.average_pooling1d(LINE, 2, 2),
    "average_pooling2d": lambda: L.average_pooling2d(IMAGE, 3, 1),
    "average_pooling3d": lambda: L.average_pooling3d(VOLUME, 2, 2),
    "flatten": lambda: L.flatten(tf.constant(IMAGE)),
    "batch_normalization": lambda: L.batch_normalization(values(4, 3), training=True),
    "batch_normalization image": lambda: L.batch_normalization(tf.constant(IMAGE), training=True),
    "batch_normalization eval": lambda: L.batch_normalization(tf.constant(IMAGE), epsilon=0.1),
    "batch_normalization regular": lambda: L.batch_normalization(
        values(4, 3), training=True, gamma_regularizer=penalty
    ),
    "dropout eval": lambda: L.dropout(values(4, 3), 0.5),
    "BasicRNNCell": lambda: unrolled(tf.nn.rnn_cell.BasicRNNCell(2)),
    "BasicLSTMCell": lambda: unrolled(tf.nn.rnn_cell.BasicLSTMCell(2)),
    "LSTMCell": lambda: unrolled(tf.nn.rnn_cell.LSTMCell(2, use_peepholes=True, num_proj=3)),
    "GRUCell": lambda: unrolled(tf.nn.rnn_cell.GRUCell(2)),
    "MultiRNNCell": lambda: unrolled(
        tf.nn.rnn_cell.MultiRNNCell(
            [
                tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.GRUCell(3), 1.0),
                tf.nn.rnn_cell.ResidualWrapper(tf.nn.rnn_cell.GRUCell(3)),
            ]
        )
    ),
    "keras": lambda: tf.keras.layers.Dense(2, kernel_initializer=fixed)(tf.constant(values(4, 3))),
}


def unrolled(cell):
    with tf.variable_scope("rnn", initializer=fixed):
        outputs, _ = tf.nn.dynamic_rnn(cell, tf.constant(LINE), dtype=tf.float32)
    return outputs


def describe(case):
    """Output, names of variables and what is in the collections, before and after an update."""
    with tf.Graph().as_default(), tf.variable_scope("scope"):
        output = case()
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        variables = tf.global_variables()
        losses = tf.losses.get_regularization_losses()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            result = {
                "name": output.op.name,
                "output": session.run(output).tolist(),
                "variables": [[v.op.name, v.shape.as_list()] for v in variables],
                "trainable": [v.op.name for v in tf.trainable_variables()],
                "updates": len(updates),
                "losses": [loss.op.name for loss in losses],
                "loss": session.run(losses),
            }
            session.run(updates)
            result["updated"] = {
                v.op.name: session.run(v).tolist() for v in variables if "moving" in v.op.name
            }
    result["loss"] = [float(value) for value in result["loss"]]
    return result


def model_fn(features, labels, mode):
    training = mode == tf.estimator.ModeKeys.TRAIN
    hidden = tf.layers.dense(features["x"], 3, kernel_initializer=fixed)
    hidden = tf.layers.batch_normalization(hidden, momentum=0.5, training=training)
    hidden = tf.layers.dropout(tf.nn.relu(hidden), 0.0, training=training)
    outputs = tf.layers.dense(hidden, 1, kernel_initializer=fixed)
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions={"outputs": outputs})
    loss = tf.losses.mean_squared_error(labels, outputs)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = optimizer.minimize(loss, tf.train.get_global_step())
    metrics = {"error": tf.metrics.mean_absolute_error(labels, outputs)}
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)


def input_fn():
    data = ({"x": values(6, 2)}, values(6, 1))
    return tf.data.Dataset.from_tensors(data).repeat(5)


def through_an_estimator():
    estimator = tf.estimator.Estimator(model_fn, tempfile.mkdtemp())
    estimator.train(input_fn)
    metrics = estimator.evaluate(input_fn, steps=1)
    predictions = [float(row["outputs"][0]) for row in estimator.predict(input_fn)]
    return {
        "metrics": {key: float(value) for key, value in metrics.items()},
        "predictions": predictions[:6],
        "variables": {
            name: estimator.get_variable_value(name).tolist()
            for name in estimator.get_variable_names()
        },
    }


def rounded(result):
    if isinstance(result, dict):
        return {key: rounded(value) for key, value in result.items()}
    if isinstance(result, list):
        return [rounded(value) for value in result]
    return round(result, 7) if isinstance(result, float) else result


results = {name: describe(case) for name, case in CASES.items()}
results["estimator"] = through_an_estimator()
print(json.dumps(rounded(results), sort_keys=True))
