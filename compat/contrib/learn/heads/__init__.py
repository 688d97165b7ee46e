"""The heads of `tf.contrib.learn`, over the tasks of `estimator_heads.heads.tasks`."""
