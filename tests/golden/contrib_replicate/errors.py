"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .models import THREE, TWO, X, Y

v1 = tf.compat.v1


def _replicated(api, model_fn, devices=TWO, mode="train", rows=4):
    with tf.Graph().as_default():
        replicated = api.towers.replicate_model_fn(model_fn, devices=devices)
        v1.train.get_or_create_global_step()
        return replicated({"x": tf.constant(X[:rows])}, tf.constant(Y[:rows]), mode)


def _spec(api, features, mode, optimizer=None, **fields):
    weight = v1.get_variable("weight", [])
    loss = weight * tf.reduce_sum(features["x"])
    train_op = optimizer and optimizer.minimize(loss, v1.train.get_global_step())
    return api.core.EstimatorSpec(mode, loss=loss, train_op=train_op, **fields)


def no_reduction(api, folder):
    api.towers.replicate_model_fn(lambda: None, v1.losses.Reduction.NONE)


def a_batch_that_cannot_be_split(api, folder):
    _replicated(api, lambda features, labels, mode: None, THREE)


def an_optimizer_that_is_not_wrapped(api, folder):
    def model_fn(features, labels, mode):
        return _spec(api, features, mode, v1.train.AdagradOptimizer(0.1))

    _replicated(api, model_fn)


def optimizers_of_one_tower(api, folder):
    def model_fn(features, labels, mode):
        optimizer = api.towers.TowerOptimizer(v1.train.AdagradOptimizer(0.1))
        spec = _spec(api, features, mode, optimizer)
        if not v1.get_variable_scope().reuse:
            optimizer.minimize(spec.loss)
        return spec

    _replicated(api, model_fn)


def metrics_of_one_tower(api, folder):
    def model_fn(features, labels, mode):
        metrics = {"mean": v1.metrics.mean(features["x"])}
        if v1.get_variable_scope().reuse:
            v1.metrics.mean(features["x"])
            metrics["recall"] = v1.metrics.true_positives(labels > 0, labels > 0)
        return _spec(api, features, mode, eval_metric_ops=metrics)

    _replicated(api, model_fn, mode="eval")


CASES = cases_of(globals())
