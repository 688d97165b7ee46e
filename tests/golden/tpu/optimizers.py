"""CrossShardOptimizer without TPUs."""

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _graph(api, **kwargs):
    """Gradients and slots of a wrapped optimizer."""
    with tf.Graph().as_default():
        weights = v1.get_variable("weights", initializer=[1.0, 2.0], use_resource=True)
        loss = tf.reduce_sum(tf.square(weights))
        momentum = v1.train.MomentumOptimizer(0.1, 0.9)
        optimizer = api.CrossShardOptimizer(momentum, **kwargs)
        pairs = optimizer.compute_gradients(loss)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            gradient = session.run(pairs[0][0])
        optimizer.apply_gradients(pairs)
        return [
            [variable.op.name for _, variable in pairs],
            plain(gradient),
            optimizer.get_slot_names(),
            optimizer.get_slot(weights, "momentum").op.name,
            [variable.op.name for variable in optimizer.variables()],
            optimizer.get_name(),
            sorted(variable.op.name for variable in v1.global_variables()),
        ]


def slots(api, folder):
    return _graph(api)


def slots_with_sum(api, folder):
    return _graph(api, reduction=v1.losses.Reduction.SUM, name="Summed")


def slots_with_groups(api, folder):
    return _graph(api, group_assignment=[[0]])


CASES = cases_of(globals())
