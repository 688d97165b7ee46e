"""Replication by a `tf.distribute.Strategy`: the model_fn once for each replica, in one graph."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

import tensorflow as tf

from estimator_heads._tensorflow import global_steps, strategies
from estimator_heads.estimator import evaluation, input_pipeline
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Hooks, InputFn

# Scaffold, hooks of the model and of the input, update of the metrics, their values.
EvaluationParts: TypeAlias = tuple[
    tf.compat.v1.train.Scaffold, Hooks, Hooks, tf.Operation, dict[str, tf.Tensor]
]

_COLLECTIVE = (
    tf.distribute.MultiWorkerMirroredStrategy,
    tf.distribute.experimental.MultiWorkerMirroredStrategy,
    tf.compat.v1.distribute.experimental.MultiWorkerMirroredStrategy,
)


def is_collective(config: RunConfig) -> bool:
    """Whether the workers of a cluster have a copy of each variable, and no parameter servers."""
    return config._is_coordinated and isinstance(config.train_distribute, _COLLECTIVE)


def run(
    train: Callable[[tf.distribute.Strategy], Any],
    strategy: tf.distribute.Strategy,
    config: RunConfig,
) -> Any:
    """Calls a function that trains on the replicas of a strategy, which it prepares for that.

    Args:
        train: Function of the strategy.
        strategy: The `tf.distribute.Strategy`.
        config: The `RunConfig`.

    Returns:
        What the function returns.
    """
    if config._is_coordinated:
        return strategies.run_distribute_coordinator(train, strategy, config)
    strategy.configure(config.session_config)
    return train(strategy)


@contextlib.contextmanager
def training_graph(strategy: tf.distribute.Strategy) -> Iterator[tf.Graph]:
    """A new default graph, in the scope of the strategy."""
    # Optimizers of TF1 sum gradients over the replicas, and divide the losses by their number.
    with tf.Graph().as_default() as graph, strategy.scope(), strategies.scaled_losses(strategy):
        yield graph


def training_parts(
    estimator: EstimatorPart, strategy: tf.distribute.Strategy, input_fn: InputFn, graph: tf.Graph
) -> tuple[EstimatorSpec, list[tf.compat.v1.train.SessionRunHook], tf.Variable]:
    """What trains on the replicas of a strategy, whose scope is entered.

    Args:
        estimator: The `Estimator`.
        strategy: The `tf.distribute.Strategy`.
        input_fn: As for `Estimator.train`; it must return a `tf.data.Dataset`.
        graph: The default graph.

    Returns:
        A tuple of an `EstimatorSpec`, the hooks of the input, and the global step. The loss of the
        spec is the mean of the replicas' losses, or the sum if the loss is summed over the batch.
    """
    tf.compat.v1.set_random_seed(estimator._config.tf_random_seed)
    features, labels, input_hooks = _input(estimator, strategy, input_fn, ModeKeys.TRAIN)
    global_step = estimator._create_and_assert_global_step(graph)
    global_steps.read_on_replicas(strategy, global_step)
    spec = strategy.extended.call_for_each_replica(
        estimator._call_model_fn, args=(features, labels, ModeKeys.TRAIN, estimator.config)
    )
    spec = EstimatorSpec(
        ModeKeys.TRAIN,
        loss=strategy.reduce(strategies.loss_reduction(), spec.loss, axis=None),
        train_op=strategy.group(spec.train_op),
        training_hooks=_of_first_replica(strategy, spec.training_hooks),
        training_chief_hooks=_of_first_replica(strategy, spec.training_chief_hooks),
        scaffold=combined_scaffold(strategy, spec.scaffold),
    )
    return spec, input_hooks, global_step


def evaluation_parts(
    estimator: EstimatorPart, input_fn: InputFn, config: RunConfig
) -> EvaluationParts:
    """What evaluates on the replicas of the Estimator's strategy, whose scope is entered.

    Args:
        estimator: The `Estimator`.
        input_fn: As for `Estimator.evaluate`; it must return a `tf.data.Dataset`.
        config: The `RunConfig` for the model_fn.

    Returns:
        A tuple of a `Scaffold`, the hooks of the model and of the input, the operation that adds a
        batch of each replica to the metrics, and a dict of the metrics' values.
    """
    strategy = cast(tf.distribute.Strategy, estimator._eval_distribution)
    features, labels, input_hooks = _input(estimator, strategy, input_fn, ModeKeys.EVAL)

    def parts_of_replica(features, labels):
        spec = estimator._call_model_fn(features, labels, ModeKeys.EVAL, config)
        return spec, *evaluation.update_and_values(spec)

    spec, update_op, values = strategy.extended.call_for_each_replica(
        parts_of_replica, args=(features, labels)
    )
    model_hooks = _of_first_replica(strategy, spec.evaluation_hooks)
    scaffold = combined_scaffold(strategy, spec.scaffold)
    return scaffold, model_hooks, input_hooks, strategy.group(update_op), values


def _input(estimator, strategy, input_fn, mode):
    """Features and labels for each replica, and hooks that start the input."""
    iterator, hooks = estimator._get_iterator_from_input_fn(input_fn, mode, strategy)
    return (*input_pipeline.parse_iterator_result(iterator.get_next()), hooks)


def _of_first_replica(strategy, values):
    return [strategy.experimental_local_results(value)[0] for value in values]


def combined_scaffold(
    strategy: tf.distribute.Strategy, scaffold: Any
) -> tf.compat.v1.train.Scaffold:
    """One Scaffold of what the model_fn put into those of the replicas.

    Args:
        strategy: The `tf.distribute.Strategy`.
        scaffold: What it returned for the `Scaffold`s of the replicas.

    Returns:
        A `tf.compat.v1.train.Scaffold`.
    """
    parts = strategy.experimental_local_results(scaffold)

    def given(name):
        return [value for value in (getattr(part, name) for part in parts) if value is not None]

    def grouped(name):
        return tf.group(given(name)) if given(name) else None

    def joined(name):
        return tf.concat(given(name), 0) if given(name) else None

    feeds = given("init_feed_dict")
    init_fns = [fn for fn in map(strategies.user_init_fn, parts) if fn]
    return tf.compat.v1.train.Scaffold(
        init_op=grouped("init_op"),
        init_feed_dict={key: value for feed in feeds for key, value in feed.items()} or None,
        init_fn=init_fns[0] if init_fns else None,
        ready_op=joined("ready_op"),
        ready_for_local_init_op=joined("ready_for_local_init_op"),
        local_init_op=grouped("local_init_op"),
        summary_op=next(iter(given("summary_op")), None),
        saver=next(iter(given("saver")), None),
    )
