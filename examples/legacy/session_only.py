"""A TensorFlow 1 program with nothing but a Session: linear regression by gradient descent.

python -m estimator_heads run examples/legacy/session_only.py
"""

# ruff: noqa: UP010, UP031
import os
import tempfile

import numpy as np
import tensorflow as tf

xs = np.linspace(-1, 1, 9).astype(np.float32)
ys = (3 * xs + 2).astype(np.float32)

x = tf.placeholder(tf.float32, shape=[None], name="x")
y = tf.placeholder(tf.float32, shape=[None], name="y")
slope = tf.Variable(0.0, name="slope")
intercept = tf.get_variable("intercept", initializer=tf.constant(0.5))
loss = tf.reduce_mean(tf.squared_difference(slope * x + intercept, y))
train = tf.train.AdamOptimizer(learning_rate=0.3).minimize(loss)
saver = tf.train.Saver()

folder = tempfile.mkdtemp()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(41):
        value, _ = sess.run([loss, train], feed_dict={x: xs, y: ys})
        if step % 10 == 0:
            print("step %2d loss %.5f" % (step, value))
    print("y = %.4f x + %.4f" % tuple(sess.run([slope, intercept])))
    path = saver.save(sess, os.path.join(folder, "model"))

tf.reset_default_graph()
with tf.Session() as sess:
    tf.train.import_meta_graph(path + ".meta").restore(sess, path)
    print("restored: %.4f" % sess.run("slope:0"))
    print("saved: %s" % sorted(name for name, _ in tf.train.list_variables(folder)))
