"""What `tf.contrib.layers` had and tf_slim has not. The layers themselves are tf_slim's."""
