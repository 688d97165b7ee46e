"""The evaluation loop: metrics of an EstimatorSpec over the batches of an input."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads._tensorflow import eval_steps
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.loop import StepLoop
from estimator_heads.estimator.readiness import ReadinessHook
from estimator_heads.estimator.storage import checkpoints
from estimator_heads.model_fn import LOSS_METRIC_KEY, EstimatorSpec
from estimator_heads.types import Hooks

_GLOBAL_STEP = tf.compat.v1.GraphKeys.GLOBAL_STEP


def update_and_values(spec: EstimatorSpec) -> tuple[tf.Operation, dict[str, tf.Tensor]]:
    """The operation that adds a batch to every metric, and the tensors of their values.

    Args:
        spec: The `EstimatorSpec` of mode EVAL.

    Returns:
        A tuple of the operation, and a dict from metric name to value tensor, with "loss", the mean
        over the batches.

    Raises:
        ValueError: If a metric of the model has this name, or that of `add_global_step`.
    """
    _check_not_taken(LOSS_METRIC_KEY, spec.eval_metric_ops)
    _check_not_taken(_GLOBAL_STEP, spec.eval_metric_ops)
    metrics = {**spec.eval_metric_ops, LOSS_METRIC_KEY: tf.compat.v1.metrics.mean(spec.loss)}
    updates = [metrics[name][1] for name in sorted(metrics)]
    values = {name: metrics[name][0] for name in sorted(metrics)}
    return tf.group(*updates), values


def add_global_step(values: dict[str, tf.Tensor]) -> None:
    """Adds the global step of the default graph, as "global_step", to a dict of values.

    Raises:
        ValueError: If there is a metric of this name.
    """
    _check_not_taken(_GLOBAL_STEP, values)
    values[_GLOBAL_STEP] = tf.compat.v1.train.get_global_step()


def _check_not_taken(name, metrics):
    if name in metrics:
        raise ValueError(
            f"`eval_metric_ops` must not have a metric named {name!r}: the Estimator adds that one "
            f"itself. Received the names {sorted(metrics)}."
        )


def with_local_init(
    scaffold: tf.compat.v1.train.Scaffold | None,
) -> tf.compat.v1.train.Scaffold | None:
    """The scaffold; a local_init_op of its own gets to initialize metrics and eval_step too."""
    if scaffold is None or scaffold.local_init_op is None:
        return scaffold
    eval_steps.eval_step()
    default = tf.compat.v1.train.Scaffold.default_local_init_op()
    return tf.compat.v1.train.Scaffold(
        local_init_op=tf.group(scaffold.local_init_op, default), copy_from_scaffold=scaffold
    )


def run(
    checkpoint_path: str | None,
    scaffold: tf.compat.v1.train.Scaffold,
    update_op: tf.Operation,
    values: Mapping[str, tf.Tensor],
    hooks: Hooks,
    config: RunConfig,
) -> dict[str, Any]:
    """Evaluates the model in the default graph once; see `Evaluation`."""
    return Evaluation(scaffold, update_op, values, hooks, config).run(checkpoint_path)


class Evaluation:
    """Runs a model in the default graph over an input until a hook or the end stops it.

    Args:
        scaffold: The spec's `Scaffold`.
        update_op: Operation to run on every batch.
        values: Dict from name to tensor, to be computed once in the end.
        hooks: `SessionRunHook`s.
        config: The `RunConfig`.
        session_creator: Function that returns a `SessionCreator`, of the arguments of
            `ChiefSessionCreator`.
        keeps_session: Whether what that creates is the same session in all runs.
    """

    def __init__(
        self,
        scaffold: tf.compat.v1.train.Scaffold,
        update_op: tf.Operation,
        values: Mapping[str, tf.Tensor],
        hooks: Hooks,
        config: RunConfig,
        session_creator: Callable[
            ..., tf.compat.v1.train.SessionCreator
        ] = tf.compat.v1.train.ChiefSessionCreator,
        keeps_session: bool = False,
    ) -> None:
        self._scaffold = scaffold
        self._config = config
        self._session_creator = session_creator
        self._final_values = tf.compat.v1.train.FinalOpsHook(values)
        updates = _counted(update_op, hooks)
        self._loop = StepLoop(
            [],
            tf.group(*updates),
            original_fetches=updates,
            master=config.evaluation_master,
            keeps_session=keeps_session,
        )
        readiness = ReadinessHook(scaffold, config.evaluation_master)
        self._hooks = [*hooks, self._final_values, self._loop, readiness]

    def run(self, checkpoint_path: str | None) -> dict[str, Any]:
        """Evaluates a checkpoint.

        Args:
            checkpoint_path: Its path; None evaluates the initial values.

        Returns:
            Dict from name to NumPy value.
        """
        checkpoints.check_restorable(checkpoint_path, self._scaffold.saver)
        tf.compat.v1.logging.info("Starting evaluation.")
        start = time.monotonic()
        forks.check_session_can_run(self._config.session_config)
        creator = self._session_creator(
            scaffold=self._scaffold,
            master=self._config.evaluation_master,
            config=self._config.session_config,
            checkpoint_filename_with_path=plain_paths.plain(checkpoint_path),
        )
        with checkpoints.explained_damage(checkpoint_path):
            session = tf.compat.v1.train.MonitoredSession(creator, self._hooks)
        self._loop.run(session, "eval")
        tf.compat.v1.logging.info("Finished evaluation in %.3f s.", time.monotonic() - start)
        return self._final_values.final_ops_values

    def close(self) -> None:
        """Releases the session."""
        self._loop.close()


def _counted(update_op, hooks):
    """The operation, and the one that counts its runs in eval_step, by which hooks go."""
    eval_step = eval_steps.eval_step()
    updates = [update_op, tf.compat.v1.assign_add(eval_step, 1, use_locking=True)]
    with tf.control_dependencies(updates):
        count = tf.identity(eval_step.read_value())
    for hook in hooks:
        eval_steps.set_evals_completed(hook, count)
    return updates
