"""What `tf.distribute` does for the training of an Estimator."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module

_SCALING = "to divide losses by the number of replicas"


def run_distribute_coordinator(
    train: Callable[[tf.distribute.Strategy], Any], strategy: tf.distribute.Strategy, config: Any
) -> Any:
    """Calls `train` with the strategy as it is for this process of a cluster.

    TensorFlow's own coordinator starts the server, and has MonitoredTrainingSession know what each
    process is to save; it has no public name.

    Args:
        train: Function of a `tf.distribute.Strategy`.
        strategy: The `tf.distribute.Strategy`.
        config: The `RunConfig`.

    Returns:
        What `train` returns. On a parameter server it does not return.
    """
    purpose = "to train with a strategy on a cluster"
    distribute_coordinator = private_module(
        "tensorflow.python.distribute.distribute_coordinator", purpose
    )
    check_attributes(
        distribute_coordinator, ["CoordinatorMode", "run_distribute_coordinator"], purpose
    )
    return distribute_coordinator.run_distribute_coordinator(
        train,
        strategy,
        eval_fn=train,
        mode=distribute_coordinator.CoordinatorMode.INDEPENDENT_WORKER,
        cluster_spec=config.cluster_spec,
        task_type=config.task_type,
        task_id=config.task_id,
        session_config=config.session_config,
        rpc_layer=config.protocol or "grpc",
    )


def scaled_losses(strategy: tf.distribute.Strategy) -> AbstractContextManager[None]:
    """A context in which optimizers of TF1 divide losses by the number of replicas.

    TensorFlow made it for the Estimator, and it has no public name.
    """
    check_attributes(strategy, ["_scale_loss_for_estimator_enabled"], _SCALING)
    return strategy._scale_loss_for_estimator_enabled()


def loss_reduction() -> tf.distribute.ReduceOp:
    """How the replicas' losses make one: as the optimizer has scaled them, which the graph knows.

    There is no public name for it.
    """
    graph = tf.compat.v1.get_default_graph()
    check_attributes(graph, ["_is_loss_scaled_by_optimizer"], _SCALING)
    if graph._is_loss_scaled_by_optimizer:
        return tf.compat.v1.distribute.get_loss_reduction()
    return tf.distribute.ReduceOp.SUM


def note_loss_reduction(reduction: str) -> None:
    """Notes in the graph whether a loss is a "sum" or a "mean", as the losses of TensorFlow do.

    Where a strategy replicates the model, optimizers of TF1 read it, under a name that is not
    public: only means are divided by the number of replicas.
    """
    if tf.executing_eagerly():
        return
    graph = tf.compat.v1.get_default_graph()
    if tf.distribute.get_strategy().num_replicas_in_sync > 1:
        check_attributes(graph, ["_last_loss_reduction"], _SCALING)
    graph._last_loss_reduction = reduction


def user_init_fn(scaffold: tf.compat.v1.train.Scaffold) -> Callable[..., Any] | None:
    """The init_fn that a Scaffold was given; its property is a function of the session alone."""
    check_attributes(scaffold, ["_user_init_fn"], "to merge the replicas' Scaffolds into one")
    return scaffold._user_init_fn
