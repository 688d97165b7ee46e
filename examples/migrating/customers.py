"""Customers of a shop: what is known of each, whether they buy, and what they spend."""

import numpy as np
import tensorflow as tf

_RANDOM = np.random.RandomState(7)


def _customers(number):
    x = _RANDOM.normal(size=(number, 6)).astype(np.float32)
    buys = x[:, 0] + x[:, 1] * x[:, 2] + _RANDOM.normal(size=number) * 0.3 > 0
    spends = np.maximum(0, x[:, 3] + 1) + _RANDOM.normal(size=number) * 0.1
    features = {"x": x, "visits": _RANDOM.poisson(3, number).astype(np.float32)}
    labels = {
        "buys": np.where(buys, "yes", "no")[:, np.newaxis],
        "spends": spends.astype(np.float32)[:, np.newaxis],
    }
    return features, labels


_TRAINING, _TEST = _customers(800), _customers(200)


def training_input_fn():
    return tf.data.Dataset.from_tensor_slices(_TRAINING).repeat().batch(40)


def test_input_fn():
    return tf.data.Dataset.from_tensor_slices(_TEST).batch(50)
