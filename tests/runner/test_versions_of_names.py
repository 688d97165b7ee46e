"""Which version of TensorFlow has a name."""

import pytest
import tensorflow as tf

from estimator_heads.runner.versions_of_names import decided, version_of

MODULES = ["", "nn", "train", "losses", "metrics", "initializers", "image", "data", "summary", "io"]


@pytest.mark.parametrize("module", MODULES)
def test_the_names_are_those_of_the_real_modules(module):
    """Every public name of either API, as `hasattr` sees it."""
    v1, v2 = tf.compat.v1, tf
    for part in module.split(".") if module else []:
        v1, v2 = getattr(v1, part), getattr(v2, part)
    special = {"contrib", "estimator", "keras", "compat", "python"}  # not told by `hasattr`
    wrong = {}
    for name in {*_public(v1), *_public(v2)} - special:
        in_v1, in_v2 = hasattr(v1, name), hasattr(v2, name)
        expected = None if in_v1 and in_v2 else 1 if in_v1 else 2
        told = version_of(f"{module}.{name}".lstrip("."))
        # A name that only the other Keras has, and TF1, is left undecided.
        if told != expected and not (told is None and module in KERAS_PARTS):
            wrong[name] = (told, expected)
    assert {*wrong} <= {"dtensor", "security", "tools", "tsl"}, (
        wrong
    )  # TensorFlow imports them on the way


KERAS_PARTS = ("losses", "metrics", "initializers")


def _public(module):
    return [name for name in dir(module) if not name.startswith("_")]


def test_as_much_of_a_name_as_tells_the_version():
    assert decided("layers.dense.__name__") == (1, "layers")
    assert decided("train.AdamOptimizer.minimize") == (1, "train.AdamOptimizer")
    assert decided("optimizers.Adam") == (2, "optimizers")
    assert decided("data.Dataset.map") == (None, "")
    assert decided("keras.Sequential") == (None, "")
