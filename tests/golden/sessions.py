"""How sessions of the cases run their graphs."""

import tensorflow as tf


def unoptimized():
    """Sessions that run small graphs once are faster when they do not optimize them first."""
    config = tf.compat.v1.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    config.graph_options.optimizer_options.opt_level = -1
    return config
