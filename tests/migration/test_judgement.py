"""What is said of a name is what the table and the installed TensorFlow say."""

import types

import pytest
import tensorflow as tf

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Later, Outside, Served
from estimator_heads.migration import tensorflow_names
from estimator_heads.migration.judgement import judge
from estimator_heads.migration.rules import RULES, Level

RULE_OF = {Served: "legacy-served", Later: "legacy-not-yet", Outside: "legacy-outside"}


def test_every_row_of_the_table_is_judged_as_it_says():
    for module, rows in table.TABLE.items():
        for name, entry in rows.items():
            if name == table.ANY or isinstance(table.find(f"{module}.{name}"), table.Module):
                continue
            found = judge(f"{module}.{name}", sees_tf1=False)
            assert found.rule == RULE_OF[type(entry)], f"{module}.{name}"
            assert (found.level is Level.FINE) == isinstance(entry, Served)
            if not isinstance(entry, Served):
                assert entry.reason in found.message and entry.instead in found.message


@pytest.mark.parametrize(
    ("path", "rule", "level", "name", "said"),
    [
        (
            "tensorflow.estimator.RegressionHead",
            "legacy-served",
            Level.FINE,
            "tf.estimator.RegressionHead",
            "estimator_heads.RegressionHead",
        ),
        (
            "tensorflow.estimator.Estimator.train",
            "legacy-served",
            Level.FINE,
            "tf.estimator.Estimator",
            "estimator_heads.Estimator",
        ),
        (
            "tensorflow.estimator.BoostedTreesClassifier",
            "legacy-outside",
            Level.STOPS,
            "tf.estimator.BoostedTreesClassifier",
            "TensorFlow Decision Forests",
        ),
        (
            "tensorflow.contrib.crf.crf_log_likelihood",
            "legacy-outside",
            Level.STOPS,
            None,
            "use ",
        ),
        (
            "tensorflow.estimator.Estimtor",
            "legacy-unknown",
            Level.STOPS,
            "tf.estimator.Estimtor",
            "not known",
        ),
        (
            "tensorflow.FixedLenFeature",
            "tf1-name",
            Level.STOPS,
            "tf.FixedLenFeature",
            "tf.io.FixedLenFeature",
        ),
        (
            "tensorflow.app.run",
            "tf1-name",
            Level.STOPS,
            "tf.app",
            "tf.compat.v1.app",
        ),
        ("tensorflow.flags.FLAGS", "tf1-name", Level.STOPS, "tf.flags", "tf.compat.v1.flags"),
        ("tensorflow.mul", "missing-name", Level.STOPS, "tf.mul", "neither API"),
        (
            "tensorflow.compat.v1.train.SummaryWriter",
            "missing-name",
            Level.STOPS,
            "tf.compat.v1.train.SummaryWriter",
            "neither API",
        ),
        (
            "tensorflow.python.training.tracking.base_delegate",
            "private-moved",
            Level.STOPS,
            "tensorflow.python.training.tracking",
            "tensorflow.python.trackable.base_delegate",
        ),
        (
            "tensorflow.python.keras.layers.LSTM",
            "private-moved",
            Level.STOPS,
            "tensorflow.python.keras.layers.LSTM",
            "not in the installed TensorFlow",
        ),
        (
            "tensorflow.keras.layers.DenseFeatures",
            "keras2-name",
            Level.DOUBTFUL,
            "tf.keras.layers.DenseFeatures",
            "TF_USE_LEGACY_KERAS=1",
        ),
        (
            "keras.layers.DenseFeatures",
            "keras2-name",
            Level.STOPS,
            "keras.layers.DenseFeatures",
            "tf_keras",
        ),
    ],
)
def test_a_name_gets_its_rule_and_advice(path, rule, level, name, said):
    found = judge(path, sees_tf1=False)
    assert (found.rule, found.level) == (rule, level)
    assert name in (None, found.name)
    assert said in found.message


@pytest.mark.parametrize(
    "path",
    [
        "tensorflow",
        "tensorflow.constant",
        "tensorflow.compat.v1.placeholder",
        "tensorflow.keras.layers.Dense",
        "tensorflow.python.framework.ops.get_default_graph",
        "tensorflow.core.framework.graph_pb2.GraphDef",
        "tensorflow.__version__",
        "keras.Model",
    ],
)
def test_nothing_is_said_of_what_is_there(path):
    assert judge(path, sees_tf1=False) is None


def test_in_tf1_source_names_are_those_of_tf1():
    assert judge("tensorflow.placeholder", sees_tf1=True).level is Level.FINE
    v1 = judge("tensorflow.estimator.DNNClassifier", sees_tf1=True)
    assert v1.name == "tf.estimator.DNNClassifier"
    assert "estimator_heads.compat.canned_v1.DNNClassifier" in v1.message
    assert judge("tensorflow.estimator.inputs.numpy_input_fn", True).rule == "legacy-served"
    assert judge("tensorflow.estimator.inputs.numpy_input_fn", False).rule == "legacy-unknown"


def test_nothing_that_tensorflow_has_is_called_missing():
    names = [*names_of(tf, "", set()), *names_of(tf.compat.v1, "", set())]
    assert len(names) > 3000
    assert [name for name in names if tensorflow_names.missing(name)] == []
    v1 = names_of(tf.compat.v1, "", set())
    assert [name for name in v1 if tensorflow_names.missing(name, is_tf1=True)] == []


def names_of(module, path, seen):
    """The dotted names of an API, without Keras."""
    seen.add(id(module))
    for name in dir(module):
        if name.startswith("_") or name in ("compat", "estimator", "contrib", "keras"):
            continue
        yield (dotted := f"{path}.{name}".lstrip("."))
        value = getattr(module, name)
        is_lazy = "LazyLoader" in type(value).__name__
        if isinstance(value, types.ModuleType) and not is_lazy and id(value) not in seen:
            if "tensorflow._api" in value.__name__:
                yield from names_of(value, dotted, seen)


def test_what_is_offered_instead_is_the_same_object():
    for name in ("FixedLenFeature", "log", "random_normal", "nn.sigmoid_cross_entropy_with_logits"):
        path = tensorflow_names.offered_instead(name).removeprefix("tf.")
        value, original = tf, tf.compat.v1
        for part in path.split("."):
            value = getattr(value, part)
        for part in name.split("."):
            original = getattr(original, part)
        assert value is original or path.startswith("compat.v1.")


def test_every_rule_is_described():
    assert all(text and not text.endswith(".") for text in RULES.values())
