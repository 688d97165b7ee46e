"""The inputs of `tf.contrib.learn`."""
