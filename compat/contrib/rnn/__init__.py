"""What `tf.contrib.rnn` had, and `tf.compat.v1.nn` has not.

tf_keras carries the cells of the latter. Variables have the names that they had, so
checkpoints of TensorFlow 1.15 fit.
"""
