"""`tf.contrib.training`, but for what tf_slim has."""
