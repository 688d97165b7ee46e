"""`tensorflow_estimator.python.estimator.estimator`: functions beside the Estimator."""

from __future__ import annotations

import contextlib

import tensorflow as tf

from estimator_heads._tensorflow import strategies
from estimator_heads.estimator import arguments, input_pipeline
from estimator_heads.estimator.distribution import combined_scaffold
from estimator_heads.estimator.storage import checkpoint_state, checkpoints, event_writing
from estimator_heads.estimator.user_functions import MODEL_FN_ARGS
from estimator_heads.model_fn import LOSS_METRIC_KEY

v1 = tf.compat.v1

_VALID_MODEL_FN_ARGS = set(MODEL_FN_ARGS)
_ALLOWED_OVERRIDES = {
    "_create_and_assert_global_step",
    "_export_all_saved_models",
    "latest_checkpoint",
    "model_fn",
}


class _Gauge:
    """Stands for the counters of TensorFlow's own monitoring, which nothing reads."""

    def get_cell(self, *labels: object) -> _Gauge:
        """The cell for labels, which may be set."""
        del labels
        return self

    def set(self, value: object) -> None:
        """Does nothing.

        Args:
            value: Any value.
        """


_canned_estimator_api_gauge = _Gauge()
_estimator_api_gauge = _Gauge()


def _dict_to_str(dictionary):
    return event_writing.as_text(dictionary)


def _write_dict_to_summary(output_dir, dictionary, current_global_step):
    with _graph():
        event_writing.write_results(output_dir, dictionary, current_global_step)


def _write_checkpoint_path_to_summary(output_dir, checkpoint_path, current_global_step):
    with _graph():
        event_writing.write_checkpoint_path(output_dir, checkpoint_path, current_global_step)


def _graph():
    """The graph that a FileWriter needs where TensorFlow executes eagerly."""
    return tf.Graph().as_default() if tf.executing_eagerly() else contextlib.nullcontext()


def _load_global_step_from_checkpoint_dir(checkpoint_dir):
    """The global step of the latest checkpoint in a folder; 0 where there is none to be read."""
    try:
        return checkpoints.global_step(checkpoint_state.latest(checkpoint_dir))
    except (ValueError, TypeError, tf.errors.OpError):
        return 0


def _check_checkpoint_available(model_dir):
    if not checkpoint_state.latest(model_dir):
        raise ValueError(f"There is no checkpoint in model_dir={model_dir!r}. Call train() first.")


def _check_hooks_type(hooks):
    return arguments.checked_list("hooks", hooks, v1.train.SessionRunHook)


def _check_listeners_type(saving_listeners):
    return arguments.checked_list(
        "saving_listeners", saving_listeners, v1.train.CheckpointSaverListener
    )


def _assert_members_are_not_overridden(cls, obj):
    """Raises a ValueError if the class of an object overrides members of `cls` that are private.

    An Estimator does not ask this by itself: subclasses may override what they like.
    """
    own = vars(type(obj))
    overridden = sorted(
        name
        for name in dir(cls)
        if name in own
        and not name.startswith("__")
        and name not in _ALLOWED_OVERRIDES
        and own[name] != getattr(cls, name)
    )
    if overridden and type(obj).__name__ != "TPUEstimator":
        raise ValueError(
            f"Subclasses of {cls.__name__} must not override its members. {type(obj)} overrides "
            f"{overridden}."
        )


def _verify_and_create_loss_metric(eval_metric_ops, loss, distribution=None):
    """Adds the mean of the loss to a dict of metrics, which it returns."""
    if LOSS_METRIC_KEY in eval_metric_ops:
        raise ValueError(
            f"`eval_metric_ops` must not have a metric named {LOSS_METRIC_KEY!r}: the Estimator "
            f"adds that one itself. Received the names {sorted(eval_metric_ops)}."
        )
    if distribution is None:
        mean = v1.metrics.mean(loss)
    else:
        mean = distribution.extended.call_for_each_replica(v1.metrics.mean, args=(loss,))
    eval_metric_ops[LOSS_METRIC_KEY] = mean
    return eval_metric_ops


def _extract_metric_update_ops(eval_dict, distribution=None):
    """An operation that updates metrics (None without any), and a dict of their values."""
    names = sorted(eval_dict)
    updates = [eval_dict[name][1] for name in names]
    if distribution:
        updates = [distribution.group(update) for update in updates]
    values = {name: eval_dict[name][0] for name in names}
    return tf.group(*updates) if updates else None, values


def _has_dataset_or_queue_runner(maybe_tensor):
    return input_pipeline.has_source(maybe_tensor)


def create_per_replica_ready_for_local_init_op(scaffold: tf.compat.v1.train.Scaffold) -> tf.Tensor:
    """The `ready_for_local_init_op` of a Scaffold, or the default one of its replica."""
    if scaffold.ready_for_local_init_op is not None:
        return scaffold.ready_for_local_init_op
    return v1.train.Scaffold.get_or_default(
        "ready_for_local_init_op",
        v1.GraphKeys.READY_FOR_LOCAL_INIT_OP,
        lambda: v1.report_uninitialized_variables(v1.global_variables()),
    )


def _combine_distributed_scaffold(grouped_scaffold, distribution):
    return combined_scaffold(distribution, grouped_scaffold)


def _get_loss_reduce_op_for_reporting():
    return strategies.loss_reduction()
