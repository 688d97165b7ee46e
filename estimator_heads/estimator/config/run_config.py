"""RunConfig: how an Estimator runs, as opposed to what it computes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.estimator.config import cluster, tf_config
from estimator_heads.estimator.config.cluster import default_session_config
from estimator_heads.estimator.config.tf_config import TaskType
from estimator_heads.types import Path

__all__ = ["RunConfig", "TaskType", "default_session_config"]

_Config = TypeVar("_Config", bound="RunConfig")

_UNSET: Any = object()

# What `replace` may change: every argument of the constructor.
REPLACEABLE = (
    "model_dir",
    "tf_random_seed",
    "save_summary_steps",
    "save_checkpoints_steps",
    "save_checkpoints_secs",
    "session_config",
    "keep_checkpoint_max",
    "keep_checkpoint_every_n_hours",
    "log_step_count_steps",
    "train_distribute",
    "device_fn",
    "protocol",
    "eval_distribute",
    "experimental_distribute",
    "experimental_max_worker_delay_secs",
    "session_creation_timeout_secs",
    "checkpoint_save_graph_def",
)

_STRATEGY = (
    lambda value: not isinstance(value, tf.distribute.experimental.ParameterServerStrategy),
    "for parameter servers, a tf.compat.v1.distribute.experimental.ParameterServerStrategy",
)

# Argument -> (what is allowed besides None, the same in words).
_CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "model_dir": (lambda value: value != "", "a non-empty path"),
    "tf_random_seed": (lambda value: isinstance(value, int), "an int"),
    "save_summary_steps": (lambda value: value >= 0, "a number of steps >= 0"),
    "save_checkpoints_steps": (lambda value: value >= 0, "a number of steps >= 0"),
    "save_checkpoints_secs": (lambda value: value >= 0, "a number of seconds >= 0"),
    "session_config": (
        lambda value: isinstance(value, tf.compat.v1.ConfigProto),
        "a tf.compat.v1.ConfigProto",
    ),
    "keep_checkpoint_max": (lambda value: value >= 0, "a number of checkpoints >= 0"),
    "keep_checkpoint_every_n_hours": (lambda value: value > 0, "a number of hours > 0"),
    "log_step_count_steps": (lambda value: value > 0, "a number of steps > 0"),
    "device_fn": (
        lambda value: callable(value) and fn_args(value) == ("op",),
        "a function with exactly one argument, `op`",
    ),
    "protocol": (lambda value: value in ("grpc", "grpc+verbs"), "'grpc' or 'grpc+verbs'"),
    "train_distribute": _STRATEGY,
    "eval_distribute": _STRATEGY,
    "experimental_max_worker_delay_secs": (lambda value: isinstance(value, int), "an int"),
    "session_creation_timeout_secs": (lambda value: value > 0, "a number of seconds > 0"),
}


class RunConfig:
    """How and where an `Estimator` runs. Reproduces `tf.estimator.RunConfig`.

    The environment variable TF_CONFIG (JSON) gives this process its place in a cluster. "cluster"
    maps the roles "chief" (exactly one), "worker" and "ps" to lists of addresses; "task" holds the
    "type" and the "index" of this process; an "evaluator" is not part of the cluster. Processes of
    a cluster share one model_dir. It may also set "model_dir", "session_master",
    "eval_session_master" and "service", a dict of whatever the platform passes on.

    >>> import json, os
    >>> hosts = {"chief": ["host0:2222"], "worker": ["host1:2222"], "ps": ["host2:2222"]}
    >>> task = {"type": "worker", "index": 0}
    >>> os.environ["TF_CONFIG"] = json.dumps({"cluster": hosts, "task": task})
    >>> config = RunConfig()
    >>> config.master, config.is_chief, config.num_worker_replicas, config.num_ps_replicas
    ('grpc://host1:2222', False, 2, 1)
    >>> del os.environ["TF_CONFIG"]

    Args:
        model_dir: Folder for checkpoints and event files; None leaves it to the Estimator.
        tf_random_seed: Graph-level random seed, an int; None gives different numbers in every run.
        save_summary_steps: Training writes summaries every this many steps; 0 or None: never.
        save_checkpoints_steps: Training saves a checkpoint every this many steps, and at the start
            and the end. Cannot be combined with `save_checkpoints_secs`.
        save_checkpoints_secs: The same in seconds. 600 if neither is given. No checkpoints if both
            are None.
        session_config: A `tf.compat.v1.ConfigProto`; None allows soft placement and one round of
            graph optimization, and lets each process of a cluster see only itself and the parameter
            servers.
        keep_checkpoint_max: Number of latest checkpoints to keep; 0 or None keeps all.
        keep_checkpoint_every_n_hours: Every this many hours, one checkpoint is kept for good.
        log_step_count_steps: Training logs loss and speed every this many steps; None: never.
        train_distribute: A `tf.distribute.Strategy` for training. Each of its replicas gets its own
            batches from the input_fn, which must return a `tf.data.Dataset`.
        device_fn: Function from an operation to the name of its device. None puts variables on the
            parameter servers, if there are any.
        protocol: Protocol between the servers of a cluster: None, "grpc" or "grpc+verbs".
        eval_distribute: A `tf.distribute.Strategy` for evaluation.
        experimental_distribute: An object with the attributes `train_distribute` and
            `eval_distribute`, in place of the arguments of the same names.
        experimental_max_worker_delay_secs: Longest delay before a worker starts, in seconds; None
            for 60. Worker n waits 5 * (n + 1) seconds, but no longer than this.
        session_creation_timeout_secs: How long to wait for a session, in seconds.
        checkpoint_save_graph_def: Whether to write graph.pbtxt and a .meta file with each
            checkpoint.

    Raises:
        ValueError: If an argument is out of its range, both ways to time checkpoints are given, or
            TF_CONFIG is contradictory.
        TypeError: If an argument, or a part of TF_CONFIG, has the wrong type.
    """

    # Of the `Place` of this process.
    _cluster_spec: tf.train.ClusterSpec
    _service: dict[str, Any] | None
    _task_type: str
    _task_id: int
    _global_id_in_cluster: int | None
    _master: str
    _evaluation_master: str
    _is_chief: bool
    _num_ps_replicas: int
    _num_worker_replicas: int

    def __init__(
        self,
        model_dir: Path | None = None,
        tf_random_seed: int | None = None,
        save_summary_steps: int | None = 100,
        save_checkpoints_steps: int | None = _UNSET,
        save_checkpoints_secs: float | None = _UNSET,
        session_config: tf.compat.v1.ConfigProto | None = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        train_distribute: tf.distribute.Strategy | None = None,
        device_fn: Callable[[tf.Operation], str] | None = None,
        protocol: str | None = None,
        eval_distribute: tf.distribute.Strategy | None = None,
        experimental_distribute: Any = None,
        experimental_max_worker_delay_secs: int | None = None,
        session_creation_timeout_secs: float = 7200,
        checkpoint_save_graph_def: bool = True,
    ) -> None:
        if save_checkpoints_secs is _UNSET:
            save_checkpoints_secs = 600 if save_checkpoints_steps is _UNSET else None
        if save_checkpoints_steps is _UNSET:
            save_checkpoints_steps = None
        environment = tf_config.read()
        self._model_dir = chosen_model_dir(model_dir, environment)
        self._tf_random_seed = tf_random_seed
        self._save_summary_steps = save_summary_steps
        self._save_checkpoints_steps = save_checkpoints_steps
        self._save_checkpoints_secs = save_checkpoints_secs
        self._session_config = session_config
        self._keep_checkpoint_max = keep_checkpoint_max
        self._keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self._log_step_count_steps = log_step_count_steps
        self._train_distribute = train_distribute
        self._device_fn = device_fn
        self._protocol = protocol
        self._eval_distribute = eval_distribute
        self._experimental_distribute = experimental_distribute
        self._experimental_max_worker_delay_secs = experimental_max_worker_delay_secs
        self._session_creation_timeout_secs = session_creation_timeout_secs
        self._checkpoint_save_graph_def = checkpoint_save_graph_def
        self._check()
        self._take_experimental_distribute()
        self._take_place(environment)

    def _take_experimental_distribute(self):
        both = self._experimental_distribute
        if getattr(both, "remote_cluster", None):
            raise ValueError(
                "`experimental_distribute.remote_cluster` is not supported. Start the program once "
                "per process of the cluster, each with its own TF_CONFIG. Received: "
                f"experimental_distribute={both!r}."
            )
        for name in ("train_distribute", "eval_distribute"):
            strategy = getattr(both, name, None)
            if strategy is not None and getattr(self, "_" + name) is not None:
                raise ValueError(
                    f"Only one of `{name}` and `experimental_distribute.{name}` can be set. "
                    f"Received: {name}={getattr(self, '_' + name)!r}, {strategy!r}."
                )
            if strategy is not None:
                setattr(self, "_" + name, strategy)
        self._check()

    def _take_place(self, environment):
        """Sets the properties that tell this process from the others of a cluster."""
        jobs = environment.get("cluster") or {}
        self._is_coordinated = (
            self._train_distribute is not None and bool(jobs) and TaskType.MASTER not in jobs
        )
        place = tf_config.place(environment, chief_required=not self._is_coordinated)
        for name, value in place._asdict().items():
            setattr(self, "_" + name, value)
        self._maybe_overwrite_session_config_for_distributed_training()

    # The original's name: the RunConfig of TPUEstimators overrides it.
    def _maybe_overwrite_session_config_for_distributed_training(self):
        if self._session_config is None and self._cluster_spec and not self._is_coordinated:
            self._session_config = cluster.session_config(self._task_type, self._task_id)

    def _check(self):
        for name, (is_allowed, expected) in _CHECKS.items():
            value = getattr(self, "_" + name)
            if value is None:
                continue
            message = (
                f"Invalid value for argument `{name}`. Expected {expected}. Received: "
                f"{name}={value!r}."
            )
            try:
                if not is_allowed(value):
                    raise ValueError(message)
            except TypeError as error:
                raise TypeError(message) from error
        if self._save_checkpoints_steps is not None and self._save_checkpoints_secs is not None:
            raise ValueError(
                "Only one of `save_checkpoints_steps` and `save_checkpoints_secs` can be set. "
                f"Received: save_checkpoints_steps={self._save_checkpoints_steps!r}, "
                f"save_checkpoints_secs={self._save_checkpoints_secs!r}."
            )

    def replace(self: _Config, **kwargs: Any) -> _Config:
        """A copy with some arguments of the constructor changed.

        Setting one of `save_checkpoints_steps` and `save_checkpoints_secs` unsets the other.

        Args:
            **kwargs: New values by argument name.

        Returns:
            A new `RunConfig` (of the same subclass).

        Raises:
            ValueError: If a name is not one of the arguments, or as for the constructor.
        """
        unknown = sorted(set(kwargs) - set(REPLACEABLE))
        if unknown:
            raise ValueError(
                f"RunConfig cannot replace {unknown}. Expected some of {list(REPLACEABLE)}."
            )
        new = copy.deepcopy(self)
        if kwargs.get("save_checkpoints_steps") is not None:
            new._save_checkpoints_secs = None
        if kwargs.get("save_checkpoints_secs") is not None:
            new._save_checkpoints_steps = None
        for name, value in kwargs.items():
            setattr(new, "_" + name, value)
        new._check()
        return new

    @property
    def model_dir(self) -> str | None:
        """Folder for checkpoints and event files, or None."""
        return self._model_dir

    @property
    def tf_random_seed(self) -> int | None:
        """Graph-level random seed, or None."""
        return self._tf_random_seed

    @property
    def save_summary_steps(self) -> int | None:
        """Steps between summaries."""
        return self._save_summary_steps

    @property
    def save_checkpoints_steps(self) -> int | None:
        """Steps between checkpoints, or None."""
        return self._save_checkpoints_steps

    @property
    def save_checkpoints_secs(self) -> float | None:
        """Seconds between checkpoints, or None."""
        return self._save_checkpoints_secs

    @property
    def session_config(self) -> tf.compat.v1.ConfigProto | None:
        """The `tf.compat.v1.ConfigProto` of sessions, or None."""
        return self._session_config

    @property
    def keep_checkpoint_max(self) -> int | None:
        """Number of latest checkpoints to keep; 0 or None keeps all."""
        return self._keep_checkpoint_max

    @property
    def keep_checkpoint_every_n_hours(self) -> float:
        """Hours between checkpoints that are kept for good."""
        return self._keep_checkpoint_every_n_hours

    @property
    def log_step_count_steps(self) -> int | None:
        """Steps between log lines of loss and speed, or None."""
        return self._log_step_count_steps

    @property
    def train_distribute(self) -> tf.distribute.Strategy | None:
        """Strategy for training, or None."""
        return self._train_distribute

    @property
    def eval_distribute(self) -> tf.distribute.Strategy | None:
        """Strategy for evaluation, or None."""
        return self._eval_distribute

    @property
    def device_fn(self) -> Callable[[tf.Operation], str] | None:
        """Function from an operation to the name of its device, or None."""
        return self._device_fn

    @property
    def protocol(self) -> str | None:
        """Protocol between servers, or None for the default."""
        return self._protocol

    @property
    def experimental_max_worker_delay_secs(self) -> int | None:
        """Longest delay before a worker starts, in seconds, or None."""
        return self._experimental_max_worker_delay_secs

    @property
    def session_creation_timeout_secs(self) -> float:
        """How long to wait for a session, in seconds."""
        return self._session_creation_timeout_secs

    @property
    def checkpoint_save_graph_def(self) -> bool:
        """Whether graph.pbtxt and .meta files are written."""
        return self._checkpoint_save_graph_def

    @property
    def cluster_spec(self) -> tf.train.ClusterSpec:
        """The `tf.train.ClusterSpec`; an empty one on a single machine."""
        return self._cluster_spec

    @property
    def service(self) -> dict[str, Any] | None:
        """The "service" dict of TF_CONFIG, or None."""
        return self._service

    @property
    def task_type(self) -> str:
        """Role of this process: "worker" on a single machine."""
        return self._task_type

    @property
    def task_id(self) -> int:
        """Index of this process in its role."""
        return self._task_id

    @property
    def global_id_in_cluster(self) -> int | None:
        """Index of this process among chief, workers and parameter servers.

        None for other roles.
        """
        return self._global_id_in_cluster

    @property
    def master(self) -> str:
        """Address of the master of sessions; empty for this process."""
        return self._master

    @property
    def evaluation_master(self) -> str:
        """Address of the master for evaluation; empty for this process."""
        return self._evaluation_master

    @property
    def is_chief(self) -> bool:
        """Whether this process saves checkpoints and summaries."""
        return self._is_chief

    @property
    def num_ps_replicas(self) -> int:
        """Number of parameter servers."""
        return self._num_ps_replicas

    @property
    def num_worker_replicas(self) -> int:
        """Number of workers, the chief included."""
        return self._num_worker_replicas


def chosen_model_dir(model_dir: Path | None, environment: Mapping[str, Any]) -> str | None:
    """The `model_dir` of a RunConfig, or that in TF_CONFIG; a ValueError if both differ."""
    path: str | None = tf.compat.path_to_str(model_dir)
    from_environment = environment.get("model_dir")
    if from_environment == "":
        raise ValueError("'model_dir' in the environment variable TF_CONFIG must not be empty.")
    if path and from_environment and path != from_environment:
        raise ValueError(
            "`model_dir` and the environment variable TF_CONFIG name different folders. Received: "
            f"model_dir={path!r}, TF_CONFIG['model_dir']={from_environment!r}."
        )
    return from_environment if path is None else path
