"""The training loop: hooks, saver and session around an EstimatorSpec."""

import tensorflow as tf

from estimator_heads import _tensorflow
from estimator_heads.estimator import checkpoints


def run(spec, hooks, global_step, saving_listeners, config):
    """Trains the model in the default graph until a hook or the end of the input stops it.

    Args:
        spec: The `EstimatorSpec` of mode TRAIN.
        hooks: `SessionRunHook`s of the input and of the user, in the order they are to run.
        global_step: The global step variable.
        saving_listeners: `CheckpointSaverListener`s.
        config: The `RunConfig`.

    Returns:
        The loss of the last step, a NumPy scalar, or None if there was no step.

    Raises:
        tf.compat.v1.train.NanLossDuringTrainingError: If the loss becomes NaN.
        ValueError: If there are saving listeners, but no checkpoints are saved.
        tf.errors.OpError: If the checkpoint to go on from is damaged or of another model.
    """
    resumed = checkpoints.path_to_resume(config.model_dir)
    checkpoints.check_restorable(resumed, spec.scaffold.saver)
    _add_loss_summary(spec.loss)
    hooks = [*hooks, *_loss_hooks(spec.loss, global_step, config), *spec.training_hooks]
    _add_default_saver(spec.scaffold, config)
    chief_hooks = _chief_hooks(spec, hooks, saving_listeners, config)
    with checkpoints.explained_damage(resumed):
        session = tf.compat.v1.train.MonitoredTrainingSession(
            master=config.master,
            is_chief=config.is_chief,
            checkpoint_dir=config.model_dir,
            scaffold=spec.scaffold,
            hooks=hooks,
            chief_only_hooks=chief_hooks,
            save_checkpoint_secs=0,  # A hook saves checkpoints.
            save_summaries_steps=config.save_summary_steps,
            config=config.session_config,
            max_wait_secs=config.session_creation_timeout_secs,
            log_step_count_steps=config.log_step_count_steps,
            save_graph_def=config.checkpoint_save_graph_def,
        )
    return _loop(session, spec)


def _loop(session, spec):
    fetches = [spec.train_op, spec.loss]
    loss, step = None, 0
    with session:
        while not session.should_stop():
            step += 1
            with tf.profiler.experimental.Trace("train", step_num=step, _r=1):
                _, loss = session.run(fetches)
    if loss is None:
        tf.compat.v1.logging.warning(
            "Training made no step: the input_fn gave no batch, or a hook stopped it at once."
        )
    return loss


def _add_loss_summary(loss):
    """A summary "loss", unless the model_fn made one; and the loss in its collection."""
    summaries = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.SUMMARIES)
    if not any(summary.op.name == "loss" for summary in summaries):
        tf.compat.v1.summary.scalar("loss", loss)
    tf.compat.v1.add_to_collection(tf.compat.v1.GraphKeys.LOSSES, loss)


def _loss_hooks(loss, global_step, config):
    hooks = [tf.compat.v1.train.NanTensorHook(loss)]
    if config.log_step_count_steps is not None:
        hooks.append(
            tf.compat.v1.train.LoggingTensorHook(
                {"loss": loss, "step": global_step}, every_n_iter=config.log_step_count_steps
            )
        )
    return hooks


def _add_default_saver(scaffold, config):
    savers = tf.compat.v1.GraphKeys.SAVERS
    if scaffold.saver or tf.compat.v1.get_collection(savers):
        return
    saver = tf.compat.v1.train.Saver(
        sharded=True,
        max_to_keep=config.keep_checkpoint_max,
        keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
        defer_build=True,  # The Scaffold builds it, when all variables are there.
        save_relative_paths=True,  # So that a model_dir can be moved.
    )
    tf.compat.v1.add_to_collection(savers, saver)


def _chief_hooks(spec, hooks, saving_listeners, config):
    """The spec's hooks for the chief, and one that saves checkpoints unless there is one."""
    chief_hooks = list(spec.training_chief_hooks)
    saver_class = tf.compat.v1.train.CheckpointSaverHook
    saver_hooks = [hook for hook in [*hooks, *chief_hooks] if isinstance(hook, saver_class)]
    if not saver_hooks and (config.save_checkpoints_secs or config.save_checkpoints_steps):
        saver_hooks = [
            saver_class(
                config.model_dir,
                save_secs=config.save_checkpoints_secs,
                save_steps=config.save_checkpoints_steps,
                scaffold=spec.scaffold,
                save_graph_def=config.checkpoint_save_graph_def,
            )
        ]
        chief_hooks = saver_hooks + chief_hooks
    if saving_listeners and not saver_hooks:
        raise ValueError(
            "`saving_listeners` need checkpoints to be saved. Set "
            "RunConfig.save_checkpoints_steps or save_checkpoints_secs, or add a "
            "CheckpointSaverHook."
        )
    if saving_listeners:
        _tensorflow.add_saving_listeners(saver_hooks[0], saving_listeners)
    return chief_hooks
