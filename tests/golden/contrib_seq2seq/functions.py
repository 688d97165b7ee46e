"""`sequence_loss`, `tile_batch`, `hardmax` and `safe_cumprod`."""

import itertools

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1

_LOGITS = np.cos(np.arange(24, dtype=np.float32)).reshape(2, 3, 4)
_TARGETS = np.array([[0, 3, 1], [2, 2, 0]])
_WEIGHTS = np.array([[1.0, 0.5, 0.0], [2.0, 1.0, 0.0]], np.float32)


def _value(make):
    with tf.Graph().as_default(), v1.Session() as session:
        return plain(session.run(make()))


def _loss(api, **options):
    return _value(
        lambda: api.sequence_loss(
            logits=tf.constant(_LOGITS),
            targets=tf.constant(_TARGETS),
            weights=tf.constant(_WEIGHTS),
            **options,
        )
    )


def losses(api, folder):
    """Of all combinations of what may be given."""
    names = ["average_across_timesteps", "average_across_batch"]
    names += ["sum_over_timesteps", "sum_over_batch"]
    found = {}
    for given in itertools.product([False, True], repeat=4):
        options = dict(zip(names, given))
        if not (given[0] and given[2]) and not (given[1] and given[3]):
            found[str(given)] = _loss(api, **options)
    return found


def default_loss(api, folder):
    return [
        _loss(api),
        _loss(
            api,
            softmax_loss_function=lambda labels, logits: (
                tf.cast(labels, tf.float32) + tf.reduce_max(logits, axis=1)
            ),
            name="loss",
        ),
        _loss(
            api,
            average_across_timesteps=False,
            average_across_batch=False,
            sum_over_timesteps=True,
            sum_over_batch=True,
        ),
    ]


def tiles(api, folder):
    def shapes(*sizes):
        with tf.Graph().as_default():
            tiled = api.tile_batch(v1.placeholder(tf.float32, sizes), 3)
            return tiled.shape.as_list()

    pair = (np.arange(2), {"a": np.arange(6).reshape(2, 3)})
    return [
        _value(lambda: api.tile_batch(t=tf.constant(_TARGETS), multiplier=2, name="tile")),
        _value(lambda: api.tile_batch(pair, 2)),
        shapes(2, 5),
        shapes(None, 5),
    ]


def hard(api, folder):
    return [
        _value(lambda: api.hardmax(logits=tf.constant(_LOGITS), name="hard")),
        _value(lambda: api.hardmax([[1.0, 1.0], [0.0, 2.0]])),
    ]


def products(api, folder):
    x = np.array([[0.5, 0.25, 0.0, 0.5], [1.0, 1.0, 0.5, 0.1]], np.float32)
    return [
        _value(lambda: api.safe_cumprod(x=x, axis=1)),
        _value(lambda: api.safe_cumprod(x, axis=1, exclusive=True)),
        _value(lambda: api.safe_cumprod(x[0].astype(np.float64))),
    ]


CASES = cases_of(globals())
