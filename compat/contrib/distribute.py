"""`tf.contrib.distribute`: the strategies of `tf.distribute`, with their older arguments.

What is called the same there, the table of names takes from `tf.distribute`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

_AUTO = tf.distribute.experimental.CommunicationImplementation.AUTO

DistributeConfig = namedtuple(
    "DistributeConfig",
    ["train_distribute", "eval_distribute", "remote_cluster"],
    defaults=[None, None, None],
)
DistributeConfig.__doc__ = """What `RunConfig(experimental_distribute=...)` takes.

Attributes:
    train_distribute: The strategy to train with.
    eval_distribute: The strategy to evaluate with.
    remote_cluster: The cluster to run on; not supported any more.
"""


class MirroredStrategy(tf.compat.v1.distribute.MirroredStrategy):
    """`tf.distribute.MirroredStrategy`.

    Args:
        devices: List of the devices; None: all GPUs, or the CPU if there are none.
        num_gpus: Number of GPUs to use, instead of `devices`; 0 for the CPU.
        num_gpus_per_worker: The same.
        cross_device_ops: A `tf.distribute.CrossDeviceOps`.
        auto_shard_dataset: Ignored; `tf.data.Options` has a policy for it.
        cross_tower_ops: The older name of `cross_device_ops`.

    Raises:
        ValueError: If two of `devices`, `num_gpus` and `num_gpus_per_worker` are given.
        AssertionError: If both `cross_device_ops` and `cross_tower_ops` are given.
    """

    def __init__(
        self,
        devices: Sequence[str] | None = None,
        num_gpus: int | None = None,
        num_gpus_per_worker: int | None = None,
        cross_device_ops: tf.distribute.CrossDeviceOps | None = None,
        auto_shard_dataset: bool = False,
        cross_tower_ops: tf.distribute.CrossDeviceOps | None = None,
    ) -> None:
        assert not (cross_device_ops and cross_tower_ops), (
            "Only one of `cross_device_ops` and `cross_tower_ops` can be given."
        )
        given: dict[str, Any] = {
            "devices": devices,
            "num_gpus": num_gpus,
            "num_gpus_per_worker": num_gpus_per_worker,
        }
        given = {argument: value for argument, value in given.items() if value is not None}
        if len(given) > 1:
            raise ValueError(
                "Only one of `devices`, `num_gpus` and `num_gpus_per_worker` can be given. "
                f"Received: {given}."
            )
        if devices is None and given:
            (count,) = given.values()
            devices = [f"/gpu:{index}" for index in range(count)] or ["/cpu:0"]
        super().__init__(devices, cross_device_ops or cross_tower_ops)


class CollectiveAllReduceStrategy(tf.compat.v1.distribute.experimental.MultiWorkerMirroredStrategy):
    """`tf.distribute.MultiWorkerMirroredStrategy`, for the processes that TF_CONFIG tells of.

    Args:
        num_gpus_per_worker: Ignored: all GPUs that a process sees are used. Which ones it sees, the
            environment variable CUDA_VISIBLE_DEVICES says.
        communication: A `tf.distribute.experimental.CommunicationImplementation`.
    """

    def __init__(
        self,
        num_gpus_per_worker: int = 0,
        communication: tf.distribute.experimental.CommunicationImplementation = _AUTO,
    ) -> None:
        super().__init__(communication=communication)


class ParameterServerStrategy(tf.compat.v1.distribute.experimental.ParameterServerStrategy):
    """`tf.compat.v1.distribute.experimental.ParameterServerStrategy`.

    Args:
        num_gpus_per_worker: Ignored: all GPUs that a process sees are used.
    """

    def __init__(self, num_gpus_per_worker: int = 0) -> None:
        super().__init__()


def AllReduceCrossDeviceOps(
    all_reduce_alg: str = "nccl", num_packs: int = 1, *_: Any
) -> tf.distribute.NcclAllReduce | tf.distribute.HierarchicalCopyAllReduce:
    """How gradients are added up over devices.

    Args:
        all_reduce_alg: "nccl" or "hierarchical_copy".
        num_packs: In how many parts.

    Returns:
        A `tf.distribute.NcclAllReduce` or `HierarchicalCopyAllReduce`.

    Raises:
        ValueError: If there is no such algorithm.
    """
    kinds = {
        "nccl": tf.distribute.NcclAllReduce,
        "hierarchical_copy": tf.distribute.HierarchicalCopyAllReduce,
    }
    if all_reduce_alg not in kinds:
        raise ValueError(
            f"Invalid value for argument `all_reduce_alg`. Expected one of {sorted(kinds)}. "
            f"Received: {all_reduce_alg!r}."
        )
    return kinds[all_reduce_alg](num_packs)
