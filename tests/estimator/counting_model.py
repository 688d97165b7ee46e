"""A model by whose weight and global step a test can tell which steps were run."""

import numpy as np
import tensorflow as tf

from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.model_fn import EstimatorSpec

train = tf.compat.v1.train


def model_fn(features, labels, mode, params):
    """A weight that goes up; `params` tells how, and how the global step does."""
    weight = tf.compat.v1.get_variable("weight", initializer=1.0)
    fed = tf.compat.v1.placeholder_with_default(1.0, [], "fed")
    value = weight * fed * tf.reduce_mean(tf.cast(features, tf.float32))
    step = train.get_global_step()
    stays = tf.less(tf.cast(step, tf.int32), params.get("nan_at", 1000))
    loss = tf.where(stays, value, np.nan, "loss_or_nan")
    weight_now = tf.identity(weight, "weight_now")
    with tf.control_dependencies([loss, weight_now, *reads_of(step)]):
        train_op = tf.group(weight.assign_add(0.5), step.assign_add(params.get("step_by", 1)))
    return EstimatorSpec(mode, loss=loss, train_op=train_op, predictions={"value": features})


def reads_of(step):
    """The tensors by which hooks read the global step, in TensorFlow beside its change.

    Here they have to come before, else the two loops could not be compared.
    """
    train.StopAtStepHook(num_steps=1).begin()
    cached = tf.compat.v1.get_collection("global_step_read_op_cache")
    assert len(cached) == 1
    return [*cached, tf.compat.v1.get_default_graph().as_graph_element(step)]


def numbers():
    return tf.data.Dataset.range(46).batch(2)


def estimator(folder, params=None, **config):
    config = {"log_step_count_steps": 5, "keep_checkpoint_max": 100, **config}
    return Estimator(model_fn, str(folder), RunConfig(**config), params or {})
