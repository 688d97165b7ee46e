"""Probabilities of classes are the softmax of the logits, however they are computed."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh


@pytest.mark.parametrize("n_classes", [3, 32, 33])
@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16, tf.float32, tf.float64])
@pytest.mark.parametrize("scale", [0.1, 20])
def test_probabilities_are_the_softmax(n_classes, dtype, scale):
    values = np.random.RandomState(0).normal(scale=scale, size=[50, n_classes])
    logits = tf.cast(values, dtype)
    predictions = eh.MultiClassHead(n_classes).predictions(logits, ["probabilities"])
    exponentials = np.exp(np.float64(tf.cast(logits, tf.float64)))
    expected = exponentials / exponentials.sum(axis=-1, keepdims=True)
    tolerance = {tf.float16: 2e-3, tf.bfloat16: 4e-3}.get(dtype, 1e-6)
    np.testing.assert_allclose(
        tf.cast(predictions["probabilities"], tf.float64), expected, atol=tolerance
    )


def test_gradient_is_that_of_the_softmax():
    logits = tf.constant([[1.0, -2.0, 0.5], [30.0, 0.0, -30.0]])
    with tf.GradientTape() as tape:
        tape.watch(logits)
        probabilities = eh.MultiClassHead(3).predictions(logits)["probabilities"]
    p = tf.nn.softmax(logits)
    jacobian = tf.linalg.diag(p) - p[:, :, None] * p[:, None, :]
    np.testing.assert_allclose(tape.batch_jacobian(probabilities, logits), jacobian, atol=1e-6)
