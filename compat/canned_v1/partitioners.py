"""How the estimators of TF1 spread variables over parameter servers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import tensorflow as tf

from estimator_heads.estimator import RunConfig

# A function of a shape and a dtype that returns the number of parts along each axis.
Partitioner: TypeAlias = Callable[..., Sequence[int]]

# Input layers are cut into parts of this many bytes at least.
_INPUT_SLICE_SIZE = 64 << 20


def hidden_layers_partitioner(config: RunConfig | None) -> Partitioner:
    """Cuts a variable into at most one part a parameter server.

    Args:
        config: A `RunConfig`, or None.
    """
    return tf.compat.v1.min_max_variable_partitioner(max_partitions=_parameter_servers(config))


def input_layer_partitioner(config: RunConfig | None) -> Partitioner:
    """Cuts a large variable into at most one part a parameter server.

    Args:
        config: A `RunConfig`, or None.
    """
    return tf.compat.v1.min_max_variable_partitioner(
        max_partitions=_parameter_servers(config), min_slice_size=_INPUT_SLICE_SIZE
    )


def _parameter_servers(config):
    return config.num_ps_replicas if config else 0
