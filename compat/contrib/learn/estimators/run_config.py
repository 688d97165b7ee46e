"""`RunConfig` of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Iterable

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.cluster_config import ClusterConfig
from estimator_heads.estimator.config import run_config as core
from estimator_heads.estimator.config import tf_config
from estimator_heads.types import Path


# On a single machine, `task_type` is None here, and "worker" in the RunConfig of the core.
class RunConfig(ClusterConfig, core.RunConfig):  # type: ignore[misc, unused-ignore]
    """How and where an Estimator runs. Reproduces `tf.contrib.learn.RunConfig` of TF 1.15.

    Estimators of `tf.estimator` take one too.

    Args:
        master: As for `ClusterConfig`.
        num_cores: Number of threads of `tf_config`; 0 leaves it to TensorFlow.
        log_device_placement: Whether `tf_config` logs where each operation runs.
        gpu_memory_fraction: Part of the memory of each GPU that `tf_config` allows to be used.
        tf_random_seed: Graph-level random seed, or None.
        save_summary_steps: Training writes summaries every this many steps.
        save_checkpoints_secs: Training saves a checkpoint every this many seconds. 0, the default:
            600, or never if `save_checkpoints_steps` is given.
        save_checkpoints_steps: The same in steps.
        keep_checkpoint_max: Number of latest checkpoints to keep; 0 or None keeps all.
        keep_checkpoint_every_n_hours: Every this many hours, one checkpoint is kept for good.
        log_step_count_steps: How often an Estimator of `tf.estimator` logs loss and speed. That of
            `tf.contrib.learn` does every 100 steps, as ever.
        protocol: Protocol between the servers of a cluster; None for the default.
        evaluation_master: As for `ClusterConfig`.
        model_dir: Folder for checkpoints and event files.
        session_config: A `tf.compat.v1.ConfigProto` for all sessions, or None. The settings in
            `tf_config` are not part of it.
        session_creation_timeout_secs: How long to wait for a session, in seconds.

    Raises:
        ValueError: As of `ClusterConfig`, or if `model_dir` is not that of TF_CONFIG.
    """

    _USE_DEFAULT = 0

    def __init__(
        self,
        master: str | None = None,
        num_cores: int = 0,
        log_device_placement: bool = False,
        gpu_memory_fraction: float = 1,
        tf_random_seed: int | None = None,
        save_summary_steps: int | None = 100,
        save_checkpoints_secs: int | None = _USE_DEFAULT,
        save_checkpoints_steps: int | None = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        protocol: str | None = None,
        evaluation_master: str | None = "",
        model_dir: Path | None = None,
        session_config: tf.compat.v1.ConfigProto | None = None,
        session_creation_timeout_secs: int = 7200,
    ) -> None:
        ClusterConfig.__init__(self, master=master, evaluation_master=evaluation_master)
        if save_checkpoints_secs == RunConfig._USE_DEFAULT:
            save_checkpoints_secs = 600 if save_checkpoints_steps is None else None
        self._train_distribute = None
        self._eval_distribute = None
        self._experimental_max_worker_delay_secs = None
        self._device_fn = None
        self._tf_config = tf.compat.v1.ConfigProto(
            log_device_placement=log_device_placement,
            inter_op_parallelism_threads=num_cores,
            intra_op_parallelism_threads=num_cores,
            gpu_options=tf.compat.v1.GPUOptions(
                per_process_gpu_memory_fraction=gpu_memory_fraction
            ),
        )
        self._tf_random_seed = tf_random_seed
        self._save_summary_steps = save_summary_steps
        self._save_checkpoints_secs = save_checkpoints_secs
        self._save_checkpoints_steps = save_checkpoints_steps
        self._log_step_count_steps = log_step_count_steps
        self._protocol = protocol
        self._session_config = session_config
        self._keep_checkpoint_max = keep_checkpoint_max
        self._keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self._model_dir = _model_dir(model_dir)
        self._session_creation_timeout_secs = session_creation_timeout_secs

    # What only a core RunConfig is given.
    _experimental_distribute = None
    _checkpoint_save_graph_def = True
    _is_coordinated = False
    _service = None
    _global_id_in_cluster = None

    @property
    def tf_config(self) -> tf.compat.v1.ConfigProto:
        """A `tf.compat.v1.ConfigProto` of `num_cores`, `log_device_placement` and so on."""
        return self._tf_config

    def uid(self, whitelist: Iterable[str] | None = None) -> str:
        """A text that is the same for two RunConfigs that differ only where it does not matter.

        Args:
            whitelist: Names of the arguments that do not matter; None for those that say when to
                save, to log and what to keep, the seed and `session_config`.

        Returns:
            The text.
        """
        ignored = _NOT_OF_UID if whitelist is None else whitelist
        state = {
            name: value
            for name, value in sorted(vars(self).items())
            if not name.startswith("__") and name not in [f"_{argument}" for argument in ignored]
        }
        if "_cluster_spec" in state:
            state["_cluster_spec"] = dict(sorted(self.cluster_spec.as_dict().items()))
        return ", ".join(f"{name}={value!r}" for name, value in state.items())


_NOT_OF_UID = (
    "tf_random_seed",
    "save_summary_steps",
    "save_checkpoints_steps",
    "save_checkpoints_secs",
    "session_config",
    "keep_checkpoint_max",
    "keep_checkpoint_every_n_hours",
    "log_step_count_steps",
)


def _model_dir(model_dir):
    from_environment = tf_config.read().get("model_dir")
    if model_dir is not None and from_environment not in (None, model_dir):
        raise ValueError(
            "`model_dir` and the environment variable TF_CONFIG name different folders. Received: "
            f"model_dir={model_dir!r}, TF_CONFIG['model_dir']={from_environment!r}."
        )
    return model_dir or from_environment
