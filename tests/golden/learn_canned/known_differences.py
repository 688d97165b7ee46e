"""Where the canned estimators of `tf.contrib.learn` differ on purpose, and what they do instead."""

KNOWN_DIFFERENCES = []
