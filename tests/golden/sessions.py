"""How sessions of the cases run their graphs."""

import tensorflow as tf


def unoptimized():
    """Sessions that run small graphs once are faster when they do not optimize them first."""
    config = tf.compat.v1.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    config.graph_options.optimizer_options.opt_level = -1
    return config


def in_one_thread():
    """Sessions that run their operations in one order."""
    config = unoptimized()
    config.inter_op_parallelism_threads = 1
    config.intra_op_parallelism_threads = 1
    config.use_per_session_threads = True
    return config
