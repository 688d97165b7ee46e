"""The RunConfig of an Estimator, with everything that the user left open."""

from __future__ import annotations

import tempfile

import tensorflow as tf

from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.types import Path


def complete_config(config: RunConfig | None, model_dir: Path | None) -> RunConfig:
    """A `RunConfig` with a model_dir and a session_config."""
    if config is None:
        config = RunConfig()
    if not isinstance(config, RunConfig):
        raise ValueError(
            "Invalid value for argument `config`. Expected a RunConfig. Received: "
            f"config={config!r} of type {type(config).__name__}."
        )
    path: str | None = tf.compat.path_to_str(model_dir)
    if path is not None and config.model_dir not in (None, path):
        raise ValueError(
            "`model_dir` is given to the Estimator and in its `config`, and they differ. "
            f"Received: model_dir={path!r}, config.model_dir={config.model_dir!r}."
        )
    path = path or config.model_dir
    if path is None:
        path = tempfile.mkdtemp()
        tf.compat.v1.logging.warning("Using a temporary folder as model_dir: %s", path)
    session_config = config.session_config or cluster.default_session_config()
    if config.train_distribute or config.eval_distribute:
        session_config = cluster.with_logical_cpus(session_config)
    return config.replace(model_dir=path, session_config=session_config)
