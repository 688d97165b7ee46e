"""The optimizers of `tf.contrib.opt`: weights after some steps, and the variables they make."""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1

_TARGET = np.cos(np.arange(6, dtype=np.float32)).reshape(3, 2)


def _trained(make, steps=4, sparse=False, linear=True, **options):
    """All variables after some steps; `options` are given to `minimize`.

    The gradients of a linear loss are the same before and after the decay of the variables, with
    which the original is in no fixed order.
    """
    with tf.Graph().as_default():
        weights = v1.get_variable("layer/weights", initializer=np.ones([3, 2], np.float32))
        bias = v1.get_variable("layer/bias", initializer=np.zeros([2], np.float32))
        rows = tf.gather(weights, [0, 2, 0]) if sparse else weights
        target = _TARGET[[0, 2, 0]] if sparse else _TARGET
        error = rows + bias - target
        loss = tf.reduce_sum(error * target if linear else tf.square(error))
        step = v1.train.get_or_create_global_step()
        lists = {
            name: [weights] if value == "weights" else value for name, value in options.items()
        }
        train_op = make().minimize(loss, global_step=step, **lists)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            for _ in range(steps):
                session.run(train_op)
            return {
                variable.op.name: plain(session.run(variable)) for variable in v1.global_variables()
            }


def lazy_adam(api, folder):
    return [
        _trained(lambda: api.LazyAdamOptimizer(0.1), sparse=True, linear=False),
        _trained(
            lambda: api.LazyAdamOptimizer(0.1, beta1=0.5, epsilon=0.01, name="Lazy"), linear=False
        ),
    ]


def lars(api, folder):
    return [
        _trained(lambda: api.LARSOptimizer(learning_rate=10.0), linear=False),
        _trained(
            lambda: api.LARSOptimizer(
                5.0,
                momentum=0.5,
                weight_decay=0.1,
                eeta=0.01,
                epsilon=0.001,
                name="Lars",
                skip_list=["bias"],
                use_nesterov=True,
            )
        ),
        _trained(lambda: api.LARSOptimizer(0.01), sparse=True, linear=False),
    ]


def adam_with_weight_decay(api, folder):
    return [
        _trained(lambda: api.AdamWOptimizer(weight_decay=0.1)),
        _trained(
            lambda: api.AdamWOptimizer(
                0.01,
                learning_rate=0.1,
                beta1=0.8,
                beta2=0.9,
                epsilon=0.01,
                use_locking=True,
                name="W",
            ),
            sparse=True,
        ),
    ]


def momentum_with_weight_decay(api, folder):
    return [
        _trained(lambda: api.MomentumWOptimizer(weight_decay=0.1, learning_rate=0.1, momentum=0.5)),
        _trained(
            lambda: api.MomentumWOptimizer(
                0.01, 0.1, 0.9, use_locking=True, name="W", use_nesterov=True
            ),
            sparse=True,
        ),
    ]


def other_optimizers_with_weight_decay(api, folder):
    extended = api.extend_with_decoupled_weight_decay(
        base_optimizer=v1.train.GradientDescentOptimizer
    )
    return [
        issubclass(extended, api.DecoupledWeightDecayExtension),
        _trained(lambda: extended(weight_decay=0.1, learning_rate=0.1)),
    ]


def some_variables_decay(api, folder):
    """Those that are named to apply_gradients."""

    class Named(api.MomentumWOptimizer):
        def apply_gradients(self, grads_and_vars, **kwargs):
            weights = [variable for _, variable in grads_and_vars if "bias" not in variable.name]
            kwargs["decay_var_list"] = weights
            return super().apply_gradients(grads_and_vars, **kwargs)

    return _trained(lambda: Named(0.5, 0.1, 0.0))


def variables_to_decay_of_minimize(api, folder):
    found = _trained(lambda: api.MomentumWOptimizer(0.5, 0.1, 0.0), decay_var_list="weights")
    return found["layer/bias"]


def clipped_gradients(api, folder):
    with tf.Graph().as_default():
        gradients = [tf.constant([3.0, 4.0]), None, tf.zeros([2])]
        pairs, norm = api.clip_gradients_by_global_norm(
            gradients_variables=zip(gradients, "abc"), clip_norm=2.0
        )
        same, _ = api.clip_gradients_by_global_norm([(gradients[0], "a")])
        with v1.Session() as session:
            return plain(
                [
                    [name for _, name in pairs],
                    [None if grad is None else session.run(grad) for grad, _ in pairs + same],
                    session.run(norm),
                ]
            )


CASES = cases_of(globals())
