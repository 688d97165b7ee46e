"""The training loop: hooks, saver and session around an EstimatorSpec."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import cast

import numpy as np
import tensorflow as tf

from estimator_heads import forks
from estimator_heads._tensorflow import global_steps, savers
from estimator_heads._tensorflow.saver_hook import SaverHook
from estimator_heads.estimator import distribution
from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.loop import StepLoop
from estimator_heads.estimator.readiness import ReadinessHook
from estimator_heads.estimator.storage import (
    checkpoint_saving,
    checkpoint_state,
    checkpoints,
    event_writing,
)
from estimator_heads.estimator.storage.other_trainings import WarnOfOtherTrainingsListener
from estimator_heads.estimator.storage.unfinished_saves import RemoveUnfinishedSavesListener
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Hooks


def run(
    spec: EstimatorSpec,
    hooks: Hooks,
    global_step: tf.Variable,
    saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    config: RunConfig,
    summarize_loss: bool = True,
) -> np.generic | None:
    """Trains the model in the default graph until a hook or the end of the input stops it.

    Args:
        spec: The `EstimatorSpec` of mode TRAIN.
        hooks: `SessionRunHook`s of the input and of the user, in the order they are to run.
        global_step: The global step variable.
        saving_listeners: `CheckpointSaverListener`s.
        config: The `RunConfig`.
        summarize_loss: Whether to write a summary of the loss, if the model_fn made none.

    Returns:
        The loss of the last step, a NumPy scalar, or None if there was no step.

    Raises:
        tf.compat.v1.train.NanLossDuringTrainingError: If the loss becomes NaN.
        ValueError: If there are saving listeners, but no checkpoints are saved.
        tf.errors.OpError: If the checkpoint to continue from is damaged or of another model.
    """
    model_dir = cast(str, config.model_dir)  # That of an Estimator always has one.
    # Other workers get the variables from the chief, which may delete a checkpoint meanwhile.
    resumed = checkpoint_state.latest_to_restore(model_dir) if config.is_chief else None
    checkpoints.check_restorable(resumed, spec.scaffold.saver)
    if summarize_loss:
        _add_loss_summary(spec.loss)
    tf.compat.v1.add_to_collection(tf.compat.v1.GraphKeys.LOSSES, spec.loss)
    global_steps.read_without_condition(global_step)
    all_hooks = [*hooks, *_loss_hooks(spec.loss, global_step, config), *spec.training_hooks]
    chief_hooks = _chief_hooks(spec, all_hooks, saving_listeners, config)
    all_hooks.extend(_summary_hooks_of_worker(spec.scaffold, config))
    if config.is_chief and _writes_events(config):
        all_hooks.append(event_writing.OpenWriterHook(model_dir))
    loop = StepLoop([spec.loss], spec.train_op, global_step, master=config.master)
    forks.check_session_can_run()
    with checkpoints.explained_damage(resumed):
        session = tf.compat.v1.train.MonitoredTrainingSession(
            master=config.master,
            is_chief=config.is_chief,
            checkpoint_dir=config.model_dir,
            scaffold=spec.scaffold,
            hooks=[*all_hooks, loop, ReadinessHook(spec.scaffold, config.master)],
            chief_only_hooks=chief_hooks,
            config=config.session_config,
            max_wait_secs=config.session_creation_timeout_secs,
            save_graph_def=config.checkpoint_save_graph_def,
            **_default_hooks_of_session(config),
        )
    values = loop.run(session, "train")
    if values is None:
        tf.compat.v1.logging.warning(
            "Training ran no steps: the input_fn produced no batch, or a hook stopped it "
            "immediately."
        )
        return None
    return values[0]


def _add_loss_summary(loss):
    """A summary "loss", unless the model_fn made one."""
    existing = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.SUMMARIES)
    if not any(summary.op.name == "loss" for summary in existing):
        tf.compat.v1.summary.scalar("loss", loss)


def _loss_hooks(loss, global_step, config):
    hooks = [tf.compat.v1.train.NanTensorHook(loss)]
    if config.log_step_count_steps is not None:
        hooks.append(
            tf.compat.v1.train.LoggingTensorHook(
                {"loss": loss, "step": global_step}, every_n_iter=config.log_step_count_steps
            )
        )
    return hooks


def _default_hooks_of_session(config):
    """What MonitoredTrainingSession is to save and to log by itself."""
    steps = {"save_checkpoint_secs": 0}  # A hook saves checkpoints.
    if distribution.is_collective(config):  # All workers take part when variables are saved.
        steps = {
            "save_checkpoint_secs": config.save_checkpoints_secs,
            "save_checkpoint_steps": config.save_checkpoints_steps,
        }
    if cluster.worker_writes_summaries(config):
        return {**steps, "save_summaries_steps": 0, "log_step_count_steps": None}
    return {
        **steps,
        "save_summaries_steps": config.save_summary_steps,
        "log_step_count_steps": config.log_step_count_steps,
    }


def _writes_events(config):
    return bool(
        config.save_summary_steps
        or config.log_step_count_steps
        or config.save_checkpoints_steps
        or config.save_checkpoints_secs
    )


def _summary_hooks_of_worker(scaffold, config):
    """Beside a master, which is busy evaluating now and then, worker 0 writes summaries."""
    hooks: list[tf.compat.v1.train.SessionRunHook] = []
    if not cluster.worker_writes_summaries(config) or config.is_chief or config.task_id:
        return hooks
    if config.save_summary_steps:
        hooks.append(
            tf.compat.v1.train.SummarySaverHook(
                save_steps=config.save_summary_steps,
                output_dir=config.model_dir,
                scaffold=scaffold,
            )
        )
    if config.log_step_count_steps:
        hooks.append(
            tf.compat.v1.train.StepCounterHook(
                every_n_steps=config.log_step_count_steps, output_dir=config.model_dir
            )
        )
    return hooks


def _chief_hooks(spec, hooks, saving_listeners, config):
    """The spec's hooks for the chief, and those that see to the checkpoints."""
    # First, since the one that saves may delete old checkpoints at once.
    keep_others = checkpoint_saving.KeepOtherFoldersHook(spec.scaffold, config.model_dir)
    if distribution.is_collective(config):
        if saving_listeners:
            raise ValueError(
                "`saving_listeners` do not work with a MultiWorkerMirroredStrategy on a cluster: "
                "every worker saves. Evaluate with an evaluator process. Received: "
                f"saving_listeners={saving_listeners!r}."
            )
        checkpoint_saving.prepare(spec.scaffold, [], config)
        return [keep_others, *spec.training_chief_hooks]
    saver_hooks = [
        hook
        for hook in [*hooks, *spec.training_chief_hooks]
        if isinstance(hook, tf.compat.v1.train.CheckpointSaverHook)
    ]
    default_saver_hooks = [] if saver_hooks else _default_saver_hooks(spec.scaffold, config)
    saver_hooks = saver_hooks or default_saver_hooks
    if saving_listeners and not saver_hooks:
        raise ValueError(
            "`saving_listeners` need checkpoints to be saved. Set "
            "RunConfig.save_checkpoints_steps or save_checkpoints_secs, or add a "
            "CheckpointSaverHook."
        )
    checkpoint_saving.prepare(spec.scaffold, saver_hooks, config)
    _add_own_listeners(saver_hooks, spec.scaffold, config)
    if saving_listeners:
        savers.add_saving_listeners(saver_hooks[0], saving_listeners)
    return [keep_others, *default_saver_hooks, *spec.training_chief_hooks]


def _default_saver_hooks(scaffold, config):
    if not (config.save_checkpoints_secs or config.save_checkpoints_steps):
        return []
    return [
        SaverHook(
            config.model_dir,
            save_secs=config.save_checkpoints_secs,
            save_steps=config.save_checkpoints_steps,
            scaffold=scaffold,
            save_graph_def=config.checkpoint_save_graph_def,
        )
    ]


def _add_own_listeners(saver_hooks, scaffold, config):
    """Makes the hooks that save in model_dir look after it."""
    others = WarnOfOtherTrainingsListener(config.model_dir, scaffold)
    unfinished = RemoveUnfinishedSavesListener(config.model_dir)
    for hook in saver_hooks:
        folder, _ = savers.folder_and_saver(hook)
        if os.path.realpath(folder) == os.path.realpath(config.model_dir):
            # First, since other listeners may take long, and others save meanwhile.
            savers.put_saving_listeners_first(hook, [others, unfinished])
