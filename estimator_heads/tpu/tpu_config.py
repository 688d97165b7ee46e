"""TPUConfig: what a program says about TPUs. On CPU and GPU little of it has an effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from estimator_heads.estimator.config import tf_config
from estimator_heads.tpu.arguments import check_positive_integer, parse_iterations_per_loop

_NUMBERS_OF_CORES = (1, 2, 4, 8, 16, 32, 64, 128)


class InputPipelineConfig:
    """How an input_fn feeds TPUs. Reproduces `tf.compat.v1.estimator.tpu.InputPipelineConfig`."""

    PER_SHARD_V1 = 1
    PER_HOST_V1 = 2
    PER_HOST_V2 = 3
    BROADCAST = 4
    SLICED = 5


class _Fields(NamedTuple):
    iterations_per_loop: int | str
    num_shards: int | None
    num_cores_per_replica: int | None
    per_host_input_for_training: int
    tpu_job_name: str | None
    initial_infeed_sleep_secs: int | None
    input_partition_dims: Sequence[Any] | None
    eval_training_input_configuration: int
    experimental_host_call_every_n_steps: int
    experimental_allow_per_host_v2_parallel_get_next: bool
    experimental_feed_hook: type | None


class TPUConfig(_Fields):
    """What a program says about TPUs. Reproduces `tf.compat.v1.estimator.tpu.TPUConfig`.

    On CPU and GPU, `iterations_per_loop` decides how often speed is logged (see `TPUEstimator`),
    SLICED evaluation is refused, and nothing else has an effect.

    Args:
        iterations_per_loop: Steps between returns to the host; or the time, as "30s", "5m" or "2h".
        num_shards: Number of replicas of the model.
        num_cores_per_replica: Number of cores for each of them: a power of 2 up to 128; None for
            one, and no parallelism within the model.
        per_host_input_for_training: A way of input, of `InputPipelineConfig`. True is PER_HOST_V1,
            and False is PER_SHARD_V1.
        tpu_job_name: Name of the job of TPUs in the cluster. If None, what the "service" in
            TF_CONFIG has as "tpu_worker_job_name".
        initial_infeed_sleep_secs: Seconds to wait before the first batch.
        input_partition_dims: List of one or two: the numbers of parts in each dimension of the
            features, and of the labels. Only with `num_cores_per_replica` and PER_HOST_V2.
        eval_training_input_configuration: PER_HOST_V1, or SLICED.
        experimental_host_call_every_n_steps: How often `host_call` runs within a loop on TPUs.
        experimental_allow_per_host_v2_parallel_get_next: Whether batches are got at the same time.
        experimental_feed_hook: Class of the hook that feeds TPUs.

    Raises:
        ValueError: If an argument is out of its range, or they do not fit each other.
        TypeError: If a number is no int.
    """

    __slots__ = ()

    def __new__(
        cls,
        iterations_per_loop: int | str = 2,
        num_shards: int | None = None,
        num_cores_per_replica: int | None = None,
        per_host_input_for_training: bool | int = True,
        tpu_job_name: str | None = None,
        initial_infeed_sleep_secs: int | None = None,
        input_partition_dims: Sequence[Any] | None = None,
        eval_training_input_configuration: int = InputPipelineConfig.PER_HOST_V1,
        experimental_host_call_every_n_steps: int = 1,
        experimental_allow_per_host_v2_parallel_get_next: bool = False,
        experimental_feed_hook: type | None = None,
    ) -> TPUConfig:
        parse_iterations_per_loop(iterations_per_loop)
        if num_shards is not None:
            check_positive_integer(num_shards, "num_shards")
        if input_partition_dims is not None:
            _check_partition(
                input_partition_dims, per_host_input_for_training, num_cores_per_replica
            )
        _check_is_one_of("num_cores_per_replica", num_cores_per_replica, (None, *_NUMBERS_OF_CORES))
        _check_is_one_of(
            "eval_training_input_configuration",
            eval_training_input_configuration,
            (InputPipelineConfig.PER_HOST_V1, InputPipelineConfig.SLICED),
        )
        if isinstance(per_host_input_for_training, bool):
            per_host_input_for_training = (
                InputPipelineConfig.PER_HOST_V1
                if per_host_input_for_training
                else InputPipelineConfig.PER_SHARD_V1
            )
        if initial_infeed_sleep_secs:
            check_positive_integer(initial_infeed_sleep_secs, "initial_infeed_sleep_secs")
        return super().__new__(
            cls,
            iterations_per_loop=iterations_per_loop,
            num_shards=num_shards,
            num_cores_per_replica=num_cores_per_replica,
            per_host_input_for_training=per_host_input_for_training,
            tpu_job_name=tpu_job_name or _job_name_of_environment(),
            initial_infeed_sleep_secs=initial_infeed_sleep_secs,
            input_partition_dims=input_partition_dims,
            eval_training_input_configuration=eval_training_input_configuration,
            experimental_host_call_every_n_steps=experimental_host_call_every_n_steps,
            experimental_allow_per_host_v2_parallel_get_next=(
                experimental_allow_per_host_v2_parallel_get_next
            ),
            experimental_feed_hook=experimental_feed_hook,
        )


def _check_is_one_of(name, value, allowed):
    if value not in allowed:
        raise ValueError(
            f"Invalid value for argument `{name}`. Expected one of {allowed}. Received: "
            f"{name}={value!r}."
        )


def _check_partition(input_partition_dims, per_host_input_for_training, num_cores_per_replica):
    if len(input_partition_dims) not in (1, 2):
        raise ValueError(
            "Invalid value for argument `input_partition_dims`. Expected one element for the "
            "features, and another one if there are labels. Received: "
            f"input_partition_dims={input_partition_dims!r}."
        )
    if per_host_input_for_training != InputPipelineConfig.PER_HOST_V2:
        raise ValueError(
            "`input_partition_dims` needs "
            "`per_host_input_for_training=InputPipelineConfig.PER_HOST_V2`. Received: "
            f"per_host_input_for_training={per_host_input_for_training!r}."
        )
    if num_cores_per_replica is None:
        raise ValueError(
            "`input_partition_dims` needs `num_cores_per_replica`, the number of parts. Received: "
            "num_cores_per_replica=None."
        )


def _job_name_of_environment():
    name = (tf_config.read().get("service") or {}).get("tpu_worker_job_name")
    if name:
        tf.compat.v1.logging.info("The job of TPUs that TF_CONFIG names: %s", name)
    return name
