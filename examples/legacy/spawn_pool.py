"""A search for the learning rate: each value is trained in a process of its own, of a spawn pool.

Written for TensorFlow 1.15. Processes that are spawned import this file anew, so they need what it
imports as much as the first one does.
"""

from __future__ import print_function

import multiprocessing
import shutil
import tempfile

import numpy as np
import tensorflow as tf

HEIGHTS = np.array([[1.2], [1.5], [1.6], [1.7], [1.8], [2.0]], np.float32)
WEIGHTS = np.array([[35.0], [48.0], [57.0], [66.0], [75.0], [93.0]], np.float32)


def input_fn():
    data = tf.data.Dataset.from_tensors(({"height": HEIGHTS}, WEIGHTS))
    return data.repeat(20).make_one_shot_iterator().get_next()


def model_fn(features, labels, mode, params):
    logits = tf.layers.dense(features["height"], 1, kernel_initializer=tf.zeros_initializer())
    return tf.contrib.estimator.regression_head().create_estimator_spec(
        features,
        mode,
        logits,
        labels=labels,
        train_op_fn=lambda loss: tf.train.GradientDescentOptimizer(
            params["learning_rate"]
        ).minimize(loss, global_step=tf.train.get_global_step()),
    )


def loss_after_training(learning_rate):
    model_dir = tempfile.mkdtemp()
    try:
        estimator = tf.estimator.Estimator(model_fn, model_dir, params={"learning_rate": learning_rate})
        estimator.train(input_fn)
        return estimator.evaluate(input_fn, steps=1)["average_loss"]
    finally:
        shutil.rmtree(model_dir)


if __name__ == "__main__":
    rates = [0.01, 0.05, 0.1]
    pool = multiprocessing.get_context("spawn").Pool(2)
    losses = pool.map(loss_after_training, rates)
    pool.close()
    pool.join()
    for rate, loss in zip(rates, losses):
        print("learning rate %.2f: loss %.2f" % (rate, loss))
    print("best: %.2f" % rates[int(np.argmin(losses))])
