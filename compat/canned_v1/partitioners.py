"""How the estimators of TF1 spread variables over parameter servers."""

import tensorflow as tf

# Input layers are cut into parts of this many bytes at least.
_INPUT_SLICE_SIZE = 64 << 20


def hidden_layers_partitioner(config):
    """Cuts a variable into at most one part a parameter server.

    Args:
        config: A `RunConfig`, or None.
    """
    return tf.compat.v1.min_max_variable_partitioner(max_partitions=_parameter_servers(config))


def input_layer_partitioner(config):
    """Cuts a large variable into at most one part a parameter server.

    Args:
        config: A `RunConfig`, or None.
    """
    return tf.compat.v1.min_max_variable_partitioner(
        max_partitions=_parameter_servers(config), min_slice_size=_INPUT_SLICE_SIZE
    )


def _parameter_servers(config):
    return config.num_ps_replicas if config else 0
