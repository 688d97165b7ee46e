"""How sessions of the cases run their graphs."""

import tensorflow as tf


def unoptimized():
    """Sessions that run small graphs once are faster when they do not optimize them first."""
    config = tf.compat.v1.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    config.graph_options.optimizer_options.opt_level = -1
    return config


def in_one_thread():
    """The configuration of sessions whose operations are run in one order."""
    return tf.compat.v1.ConfigProto(
        inter_op_parallelism_threads=1,
        intra_op_parallelism_threads=1,
        use_per_session_threads=True,
    )
