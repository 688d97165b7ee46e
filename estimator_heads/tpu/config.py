"""The RunConfig of a TPUEstimator."""

from __future__ import annotations

import copy
from typing import Any, TypeVar

import tensorflow as tf

from estimator_heads.estimator.config import run_config
from estimator_heads.estimator.config.tf_config import TaskType
from estimator_heads.tpu.tpu_config import TPUConfig

_Config = TypeVar("_Config", bound="RunConfig")


class RunConfig(run_config.RunConfig):
    """A `RunConfig` with a `TPUConfig`. Reproduces `tf.compat.v1.estimator.tpu.RunConfig`.

    Args:
        tpu_config: A `TPUConfig`; None for the default one.
        evaluation_master: Address of the master for evaluation; None for that of TF_CONFIG, or else
            for `master`.
        master: Address of the master for training; None for that of `cluster` or of TF_CONFIG.
        cluster: A `tf.distribute.cluster_resolver.ClusterResolver`, which gives the master and the
            addresses of the cluster.
        **kwargs: Any argument of `estimator_heads.RunConfig`.

    Raises:
        ValueError: If both `master` and `cluster` are given, `session_config` has a cluster too, or
            as for `estimator_heads.RunConfig`.
        TypeError: If there is no such argument.
    """

    def __init__(
        self,
        tpu_config: TPUConfig | None = None,
        evaluation_master: str | None = None,
        master: str | None = None,
        cluster: tf.distribute.cluster_resolver.ClusterResolver | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if master is not None and cluster is not None:
            raise ValueError(
                "Only one of `master` and `cluster` can be given. Received: "
                f"master={master!r}, cluster={cluster!r}."
            )
        self._tpu_config = tpu_config or TPUConfig()
        self._cluster = cluster
        if cluster:
            self._take_cluster(cluster)
        elif master is not None:
            self._master = master
        if evaluation_master is not None:
            self._evaluation_master = evaluation_master
        elif not self._evaluation_master and self.task_type != TaskType.EVALUATOR:
            self._evaluation_master = self._master

    def _take_cluster(self, cluster):
        self._master = cluster.master()
        self._cluster_spec = cluster.cluster_spec()
        session_config = copy.deepcopy(self._session_config) or tf.compat.v1.ConfigProto(
            allow_soft_placement=True, isolate_session_state=True
        )
        if session_config.HasField("cluster_def"):
            raise ValueError(
                "Only one of `cluster` and `session_config.cluster_def` can be given. Received: "
                f"cluster={cluster!r}, session_config={session_config!r}."
            )
        if self._cluster_spec:
            session_config.cluster_def.CopyFrom(self._cluster_spec.as_cluster_def())
        self._session_config = session_config

    def _maybe_overwrite_session_config_for_distributed_training(self) -> None:
        """Leaves the session_config as it is: one process sees all TPUs."""

    def replace(self: _Config, **kwargs: Any) -> _Config:
        """A copy with some arguments changed: `tpu_config`, and those of the base class.

        Args:
            **kwargs: New values by argument name.

        Returns:
            A new `RunConfig`.

        Raises:
            ValueError: If a name is not one of the arguments, or as for the constructor.
        """
        tpu_config = kwargs.pop("tpu_config", self._tpu_config)
        new = super().replace(**kwargs)
        new._tpu_config = tpu_config
        return new

    @property
    def tpu_config(self) -> TPUConfig:
        """The `TPUConfig`."""
        return self._tpu_config

    @property
    def cluster(self) -> tf.distribute.cluster_resolver.ClusterResolver | None:
        """The `ClusterResolver`, or None."""
        return self._cluster
