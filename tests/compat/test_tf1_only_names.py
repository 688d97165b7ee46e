"""Where a name is missing that only TensorFlow 1 has, the error says what to do."""

import re

import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.compat.install.tf1_only_names import MODULES
from estimator_heads.runner import versions_of_names


@pytest.fixture
def installed():
    estimator_heads.install()
    yield
    estimator_heads.uninstall()


def error_of(statement):
    with pytest.raises((AttributeError, ImportError)) as raised:
        exec(statement, {"tf": tf})
    return raised.value


ATTRIBUTES = [
    "tf.Session",
    "tf.layers",
    "tf.flags",
    "tf.train.AdamOptimizer",
    "tf.summary.FileWriter",
    "tf.losses.sparse_softmax_cross_entropy",
    "tf.metrics.accuracy",
    "tf.nn.rnn_cell",
]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_a_missing_attribute(installed, name):
    error = error_of(name)
    assert type(error) is AttributeError
    plain = rf"module '[\w.]+' has no attribute '{name.rpartition('.')[2]}'\. "
    assert re.match(plain, str(error))
    for part in (f"Only TensorFlow 1 has `{name}`", "--tf1`", "--tf1-package NAME`", "install()`"):
        assert part in str(error)
    assert error.name == name.rpartition(".")[2]
    assert error.obj.__name__ in str(error)


@pytest.mark.parametrize(
    "statement",
    [
        "from tensorflow import Session",
        "from tensorflow import layers",
        "from tensorflow import constant, Session",
        "from tensorflow.train import AdamOptimizer",
    ],
)
def test_a_missing_name_in_an_import(installed, statement):
    error = error_of(statement)
    assert type(error) is ImportError
    assert str(error).startswith("cannot import name ")
    assert "Only TensorFlow 1 has `tf." in str(error) and "--tf1`" in str(error)
    assert error.name == statement.split()[1] and error.path.endswith("__init__.py")


def test_questions_for_a_name_are_answered_as_before(installed):
    for module, name in ((tf, "Session"), (tf.train, "AdamOptimizer"), (tf.metrics, "accuracy")):
        assert not hasattr(module, name)
        assert getattr(module, name, None) is None
        assert name not in dir(module)
    with pytest.raises(ModuleNotFoundError, match="^No module named 'tensorflow.layers'$"):
        import tensorflow.layers  # noqa: F401


@pytest.mark.parametrize(
    "statement",
    ["tf.nothing", "tf._private", "tf.__wrapped__", "from tensorflow import nothing", "tf.nn.x"],
)
def test_other_missing_names_have_their_plain_errors(statement):
    plain = error_of(statement)
    estimator_heads.install()
    try:
        error = error_of(statement)
    finally:
        estimator_heads.uninstall()
    assert (type(error), str(error)) == (type(plain), str(plain))


def test_after_uninstall_nothing_is_left():
    plain = str(error_of("tf.Session"))
    before = [vars(module).get("__getattr__") for module in (tf, tf.train, tf.nn)]
    for _ in range(2):
        estimator_heads.install()
        estimator_heads.install()
        estimator_heads.uninstall()
    assert str(error_of("tf.Session")) == plain
    assert [vars(module).get("__getattr__") for module in (tf, tf.train, tf.nn)] == before


def test_what_others_serve_stays_served(monkeypatch):
    def served_by_others(name):
        if name == "of_others":
            return 1
        raise AttributeError(f"others have no {name}")

    monkeypatch.setattr(tf, "__getattr__", served_by_others, raising=False)
    estimator_heads.install()
    try:
        assert tf.of_others == 1
        assert str(error_of("tf.nothing")) == "others have no nothing"
        assert str(error_of("tf.Session")).startswith("others have no Session. Only TensorFlow 1")
    finally:
        estimator_heads.uninstall()
    assert tf.__getattr__ is served_by_others


def test_an_import_far_into_a_long_program(installed):
    """More than 255 names before it: Python 3.10 keeps another place of such an import."""
    names = "\n".join(f"name_{number} = {number}" for number in range(300))
    error = error_of(f"{names}\nfrom tensorflow import Session")
    assert type(error) is ImportError and "Only TensorFlow 1" in str(error)


def test_modules_with_names_that_only_tf1_has_are_all_there():
    names_in = versions_of_names
    top = names_in.package_folder("tensorflow") / "_api" / "v2"
    below_v1 = {
        ".".join(file.parent.relative_to(top / "compat" / "v1").parts)
        for file in (top / "compat" / "v1").rglob("__init__.py")
    }
    expected = {
        module
        for module in below_v1
        if (top / module.replace(".", "/")).is_dir()
        and not module.startswith(("keras", "compat", "estimator"))
        and any(name[0] != "_" for name in names_in.tf1_names(module) - names_in.tf2_names(module))
    }
    assert expected <= {*MODULES.values()}
