"""Replication by a `tf.distribute.Strategy`: the model_fn once for each replica, in one graph."""

import tensorflow as tf

from estimator_heads._tensorflow import strategies
from estimator_heads.estimator import evaluation, input_pipeline
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec

_COLLECTIVE = (
    tf.distribute.MultiWorkerMirroredStrategy,
    tf.distribute.experimental.MultiWorkerMirroredStrategy,
    tf.compat.v1.distribute.experimental.MultiWorkerMirroredStrategy,
)


def is_collective(config):
    """Whether the workers of a cluster have a copy of each variable, and no parameter servers."""
    return config._is_coordinated and isinstance(config.train_distribute, _COLLECTIVE)


def train(estimator, input_fn, hooks, saving_listeners):
    """Trains on the replicas of RunConfig.train_distribute.

    Args:
        estimator: The `Estimator`.
        input_fn: As for `Estimator.train`; it must return a `tf.data.Dataset`.
        hooks: `SessionRunHook`s.
        saving_listeners: `CheckpointSaverListener`s.

    Returns:
        The loss of the last step: the mean of the replicas' losses, or the sum if the loss is
        summed over the batch.
    """
    config = estimator._config
    strategy = config.train_distribute

    def train_with(strategy):
        return _train(estimator, strategy, input_fn, hooks, saving_listeners)

    if config._is_coordinated:
        return strategies.run_distribute_coordinator(train_with, strategy, config)
    strategy.configure(config.session_config)
    return train_with(strategy)


def _train(estimator, strategy, input_fn, hooks, saving_listeners):
    # Optimizers of TF1 sum gradients over the replicas, and divide the losses by their number.
    with tf.Graph().as_default() as graph, strategy.scope(), strategies.scaled_losses(strategy):
        tf.compat.v1.set_random_seed(estimator._config.tf_random_seed)
        features, labels, input_hooks = _input(estimator, strategy, input_fn, ModeKeys.TRAIN)
        global_step = estimator._create_and_assert_global_step(graph)
        strategies.read_global_step(strategy, global_step)
        spec = strategy.extended.call_for_each_replica(
            estimator._call_model_fn, args=(features, labels, ModeKeys.TRAIN, estimator.config)
        )
        spec = EstimatorSpec(
            ModeKeys.TRAIN,
            loss=strategy.reduce(strategies.loss_reduction(), spec.loss, axis=None),
            train_op=strategy.group(spec.train_op),
            training_hooks=_of_first_replica(strategy, spec.training_hooks),
            training_chief_hooks=_of_first_replica(strategy, spec.training_chief_hooks),
            scaffold=_scaffold(strategy, spec.scaffold),
        )
        return estimator._train_with_estimator_spec(
            spec, input_hooks, hooks, global_step, saving_listeners
        )


def evaluation_parts(estimator, input_fn):
    """What evaluates on the replicas of RunConfig.eval_distribute, whose scope is entered.

    Args:
        estimator: The `Estimator`.
        input_fn: As for `Estimator.evaluate`; it must return a `tf.data.Dataset`.

    Returns:
        A tuple of a `Scaffold`, the operation that adds a batch of each replica to the metrics, a
        dict of the metrics' values, the hooks of the input, and those of the model.
    """
    strategy = estimator._config.eval_distribute
    features, labels, input_hooks = _input(estimator, strategy, input_fn, ModeKeys.EVAL)

    def parts_of_replica(features, labels):
        spec = estimator._call_model_fn(features, labels, ModeKeys.EVAL, estimator.config)
        return spec, *evaluation.update_and_values(spec)

    spec, update_op, values = strategy.extended.call_for_each_replica(
        parts_of_replica, args=(features, labels)
    )
    model_hooks = _of_first_replica(strategy, spec.evaluation_hooks)
    scaffold = _scaffold(strategy, spec.scaffold)
    return scaffold, strategy.group(update_op), values, input_hooks, model_hooks


def _input(estimator, strategy, input_fn, mode):
    """Features and labels for each replica, and hooks that start the input."""
    iterator = strategy.make_input_fn_iterator(
        lambda context: estimator._call_input_fn(input_fn, mode, context)
    )
    hooks = [input_pipeline.InitializerHook(iterator)]
    return (*input_pipeline.parse_iterator_result(iterator.get_next()), hooks)


def _of_first_replica(strategy, values):
    return [strategy.experimental_local_results(value)[0] for value in values]


def _scaffold(strategy, scaffold):
    """One Scaffold of what the model_fn put into those of the replicas."""
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
