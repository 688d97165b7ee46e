"""A TensorFlow 1 program in two files: flags, tf.app.run, tf.layers, tf.metrics.

python -m estimator_heads run examples/legacy/flags_and_layers.py --steps 20
"""

# ruff: noqa: UP010, UP031
from __future__ import absolute_import, division, print_function

import flags_and_layers_model as model
import numpy as np
import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer("steps", 20, "Training steps.")
flags.DEFINE_float("learning_rate", 0.1, "Learning rate of gradient descent.")
flags.DEFINE_boolean("batch_norm", True, "Whether to normalise the hidden layer.")
FLAGS = tf.flags.FLAGS


def points():
    """Two clouds of points on a grid, and which cloud each point belongs to."""
    corner = np.array([[x, y] for x in range(4) for y in range(4)], np.float32) / 4
    data = np.concatenate([corner, corner + [0.9, 0.6]]).astype(np.float32)
    return data, np.repeat([0, 1], 16).astype(np.int64)


def main(unused_argv):
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.set_random_seed(1)
    data, classes = points()

    features = tf.placeholder(tf.float32, [None, 2], name="features")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    is_training = tf.placeholder_with_default(False, [], name="is_training")
    logits = model.logits(features, is_training, FLAGS.batch_norm)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    total_loss = tf.losses.get_total_loss()
    accuracy, update_accuracy = tf.metrics.accuracy(labels, tf.argmax(logits, 1))
    auc, update_auc = tf.metrics.auc(labels, tf.nn.softmax(logits)[:, 1])

    optimizer = tf.train.GradientDescentOptimizer(FLAGS.learning_rate)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = optimizer.minimize(total_loss, tf.train.get_or_create_global_step())

    print("variables:")
    for variable in tf.trainable_variables():
        print("  %s %s" % (variable.op.name, variable.shape.as_list()))

    with tf.train.SingularMonitoredSession() as session:
        for step in range(FLAGS.steps):
            feed = {features: data, labels: classes, is_training: True}
            _, value = session.run([train_op, total_loss], feed)
            if step % 5 == 0:
                print("step %d: total loss %.4f" % (step, value))
        feed = {features: data, labels: classes}
        session.run([update_accuracy, update_auc], feed)
        results = session.run([loss, accuracy, auc], feed)
        print("loss %.4f, accuracy %.4f, auc %.4f" % tuple(results))
        print("global step %d" % session.run(tf.train.get_global_step()))


if __name__ == "__main__":
    tf.app.run()
