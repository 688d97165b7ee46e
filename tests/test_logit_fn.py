"""`call_logit_fn`: which arguments a logit_fn gets, and what it may return."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.logit_fn import call_logit_fn
from estimator_heads.model_fn import ModeKeys


def test_logit_fn_is_called_with_what_it_takes():
    taken = {}

    def logit_fn(features, mode, config):
        taken.update(features=features, mode=mode, config=config)
        return tf.ones([2, 1])

    logits = call_logit_fn(logit_fn, {"x": 1}, ModeKeys.EVAL, {"units": 3}, "config")
    np.testing.assert_array_equal(logits, np.ones([2, 1]))
    assert taken == {"features": {"x": 1}, "mode": ModeKeys.EVAL, "config": "config"}
    scaled = call_logit_fn(
        lambda features, params: params["scale"] * tf.ones([1, 1]), {}, None, {"scale": 3.0}, None
    )
    assert float(scaled[0, 0]) == 3.0


def test_logit_fn_may_return_a_dict():
    logits = call_logit_fn(lambda features: {"a": tf.ones([1, 1])}, {}, None, None, None)
    assert set(logits) == {"a"}


@pytest.mark.parametrize("logits", [None, 1.0, [[1.0]], {"a": 1.0}, {1: tf.ones([1, 1])}])
def test_logits_of_another_type_are_refused(logits):
    with pytest.raises(ValueError, match="logit_fn must return a Tensor, or a dict"):
        call_logit_fn(lambda features: logits, {}, None, None, None)
