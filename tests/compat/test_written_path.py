"""Errors name a legacy path as the program writes it, whichever tree has its rows in the table."""

import types

import pytest
import tensorflow as tf

from estimator_heads.compat.install import install, uninstall
from estimator_heads.compat.names.errors import LegacyNameError

LEARN = "tensorflow.contrib.learn.python.learn"
CANNED = "tensorflow.python.estimator.canned"
LONG = "".join(f"    other.name{number} = 1\n" for number in range(300))


@pytest.fixture(autouse=True, scope="module")
def installed():
    install()
    yield
    uninstall()


@pytest.mark.parametrize(
    "source, path",
    [
        ("tf.contrib.learn.run_feeds", "tensorflow.contrib.learn.run_feeds"),
        ("tf.contrib.learn.python.learn.run_feeds(1)", f"{LEARN}.run_feeds"),
        ("tf.compat.v1.contrib.crf", "tensorflow.compat.v1.contrib.crf"),
        (
            "tf.compat.v2.estimator.BoostedTreesClassifier",
            "tensorflow.compat.v2.estimator.BoostedTreesClassifier",
        ),
        (f"import {LEARN}.nothing", f"{LEARN}.nothing"),
        (f"from {LEARN}.estimators import rnn2", f"{LEARN}.estimators.rnn2"),
        (
            f"from {CANNED}.boosted_trees import BoostedTreesClassifier",
            f"{CANNED}.boosted_trees.BoostedTreesClassifier",
        ),
        (
            "from tensorflow_estimator.python.estimator.canned.boosted_trees import BoostedTrees",
            "tensorflow_estimator.python.estimator.canned.boosted_trees.BoostedTrees",
        ),
        (
            "from tensorflow.compat.v1.estimator import (\n"
            "    ModeKeys,\n    BoostedTreesClassifier,\n)",
            "tensorflow.compat.v1.estimator.BoostedTreesClassifier",
        ),
        (
            f"from {CANNED} import boosted_trees; boosted_trees.BoostedTreesClassifier",
            f"{CANNED}.boosted_trees.BoostedTreesClassifier",
        ),
        (
            f"import {CANNED}.boosted_trees as d; d.BoostedTreesClassifier",
            f"{CANNED}.boosted_trees.BoostedTreesClassifier",
        ),
        (
            f"import {CANNED}.boosted_trees; {CANNED}.boosted_trees.BoostedTreesClassifier",
            f"{CANNED}.boosted_trees.BoostedTreesClassifier",
        ),
        (
            f"from {CANNED} import dnn, boosted_trees as other\n"
            "def build():\n    return [other.BoostedTreesRegressor(n) for n in range(3)]\nbuild()",
            f"{CANNED}.boosted_trees.BoostedTreesRegressor",
        ),
        (f"def build():\n{LONG}    tf.contrib.layers.python.layers.no_layer\nbuild()", None),
        (f"def build():\n{LONG}    from {LEARN} import no_layer\nbuild()", f"{LEARN}.no_layer"),
        (f"import importlib; importlib.import_module('{LEARN}.nothing')", f"{LEARN}.nothing"),
    ],
)
def test_the_error_names_the_path_of_the_source(source, path):
    path = path or "tensorflow.contrib.layers.python.layers.no_layer"
    with pytest.raises(LegacyNameError) as raised:
        exec(source, {"tf": tf, "other": types.SimpleNamespace()})
    module, _, name = path.rpartition(".")
    assert raised.value.legacy_name == path
    assert f"`{path}`" in str(raised.value) or f"not know `{name}` in `{module}`" in str(
        raised.value
    )


def test_where_the_source_does_not_tell_the_path_is_that_of_the_table():
    with pytest.raises(AttributeError, match="`tensorflow.estimator.BoostedTreesClassifier`"):
        getattr(tf.compat.v2.estimator, "Boosted" + "TreesClassifier")
