"""The argument names of functions, however they are wrapped."""

import functools

import pytest

from estimator_heads.callables import fn_args


def model_fn(features, labels, mode, *, params=None):
    return features, labels, mode, params


class Model:
    def method(self, features, mode):
        return features, mode

    def __call__(self, features, config):
        return features, config


@functools.wraps(model_fn)
def wrapped(*args, **kwargs):
    return model_fn(*args, **kwargs)


@pytest.mark.parametrize(
    "fn, names",
    [
        (model_fn, ("features", "labels", "mode", "params")),
        (wrapped, ("features", "labels", "mode", "params")),
        (Model().method, ("features", "mode")),
        (Model(), ("features", "config")),
        (functools.partial(model_fn, mode="train"), ("features", "labels", "params")),
        (functools.partial(model_fn, 1, params={}), ("labels", "mode")),
        (lambda features, *rest, **more: None, ("features",)),
        (lambda: None, ()),
    ],
)
def test_fn_args(fn, names):
    assert fn_args(fn) == names


def test_what_cannot_be_called_has_no_arguments():
    with pytest.raises(TypeError, match="`fn`.*callable.*3 of type int"):
        fn_args(3)
