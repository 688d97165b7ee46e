"""`tf.contrib`, its modules where the import paths have them."""
