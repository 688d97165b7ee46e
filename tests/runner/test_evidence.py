"""What tells TF1 programs from others, and how it is weighed."""

import ast

import pytest
import tensorflow as tf

from estimator_heads.runner.evidence import Evidence, Kind, decide
from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.reach import Reach

TF1 = [
    "import tensorflow as tf\ntf.Session()",
    "import tensorflow\ntensorflow.placeholder(1)",
    "import tensorflow as tf\ndef f():\n    return tf.layers.dense\nf()",
    "import tensorflow as tf\ntf.app.run()",
    "import tensorflow as tf\ntf.flags.DEFINE_string('a', '', '')",
    "import tensorflow as tf\ntf.train.AdamOptimizer(1)",
    "import tensorflow as tf\ntf.contrib.estimator.multi_head([])",
    "import tensorflow as tf\ntf.estimator.inputs.numpy_input_fn",
    "import tensorflow as tf\ntf.nn.rnn_cell.GRUCell(1)",
    "import tensorflow as tf\ntf.metrics.accuracy(1, 2)",
    "import tensorflow as tf\ntf.losses.sparse_softmax_cross_entropy(1, 2)",
    "import tensorflow as tf\ntf.compat.v1.logging.set_verbosity(1)\ntf.get_variable('a')",
    "from tensorflow import flags",
    "from tensorflow import Session as S",
    "from tensorflow.contrib import layers",
    "import tensorflow.contrib.slim as slim",
    "from tensorflow.train import Saver",
    "import tensorflow as tf\ntry:\n    tf.Session()\nexcept tf.errors.NotFoundError:\n    pass",
    "import tensorflow as tf\nif __name__ == '__main__':\n    tf.app.run()",
]
NOT_TF1 = [
    "",
    "tf.Session()",
    "import tensorflow as tf\ntf.estimator.Estimator(f)",
    "import tensorflow as tf\ntf.keras.Sequential()",
    "import tensorflow as tf\ntf.compat.v1.Session()",
    "import tensorflow as tf\ntf.losses.MeanSquaredError()",
    "import tensorflow as tf\ntf.nothing_of_this_name",
    "import tensorflow.compat.v1 as tf\ntf.Session()",
    "from tensorflow.compat import v1 as tf\ntf.Session()",
    "import tensorflow as tf\ntf = tf.compat.v1\ntf.Session()",
    "import tensorflow as tf\ntf.Session()\ntf.optimizers.Adam()",
    "import tensorflow as tf\nif tf.__version__ < '2':\n    tf.Session()",
    "import tensorflow as tf\nif hasattr(tf, 'Session'):\n    tf.Session()",
    "import tensorflow as tf\nf = tf.Session if IS_TF1 else None",
    "import tensorflow as tf\ntry:\n    tf.Session()\nexcept AttributeError:\n    pass",
    "try:\n    from tensorflow.contrib import slim\nexcept ImportError:\n    slim = None",
    "try:\n    import tensorflow.contrib.slim\nexcept:\n    pass",
    # What is for type checkers does not run.
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tensorflow.contrib import slim",
    # Nothing mentions the function, ...
    "import tensorflow as tf\ndef f():\n    return tf.FixedLenFeature([], tf.int64)",
    "import tensorflow as tf\nclass C:\n    def f(self):\n        return tf.layers.dense",
    "import tensorflow as tf\n@functools.lru_cache(None)\ndef f():\n    return tf.to_float",
    # ... or only for one version.
    "import tensorflow as tf\ndef f():\n    tf.Session()\nif tf.__version__ < '2':\n    f()",
    "import tensorflow as tf\ndef f():\n    tf.Session()\nif TF_VERSION < '2':\n    f()",
    "import tensorflow as tf\ndef f():\n    tf.Session()\nif not hasattr(tf, 'function'):\n    f()",
    "import tensorflow as tf\ndef f():\n    tf.Session()\n"
    "try:\n    f()\nexcept AttributeError:\n    pass",
    # What follows an `if` that leaves is for the other version.
    "import tensorflow as tf\ndef f():\n    if tf.__version__ >= '2.0.0':\n"
    "        return tf.io.FixedLenFeature\n    return tf.FixedLenFeature\nf()",
    "import sys, tensorflow as tf\nif tf.__version__ >= '2':\n    sys.exit()\ntf.Session()",
    "import tensorflow as tf\nfor i in x:\n    if TF2:\n        continue\n    tf.Session()",
    # A program that knows both versions.
    "import tensorflow as tf\ndef f():\n    tf.FixedLenFeature\nf()\ntf.compat.v1.Session()",
    "import tensorflow as tf\ndef f():\n    tf.Session\nf()\ntf.estimator.RegressionHead()",
    "import tensorflow as tf\n@tf.function\ndef f():\n    tf.FixedLenFeature\nf()",
    "import tensorflow as tf\ndef f():\n    tf.optimizers.Adam()\ntf.Session()",
]


def decision(source, **how):
    reach = Reach(OwnModules())
    reach.add(ast.parse(source), "main.py", **how)
    return decide(reach.evidence())


@pytest.mark.parametrize("source", TF1)
def test_tf1(source):
    assert decision(source).is_tf1


@pytest.mark.parametrize("source", NOT_TF1)
def test_not_tf1(source):
    assert not decision(source).is_tf1


RUNS = {
    "called": "f()",
    "handed over": "Estimator(model_fn=f)",
    "by another function": "def g():\n    return f\ng()",
    "as a method": "class C:\n    def g(self):\n        f()\nC().g()",
    "as main": "def main(_):\n    f()\nif __name__ == '__main__':\n    run()",
    "in a try": "try:\n    f()\nexcept Exception:\n    raise",
    "registered": "@register\ndef g():\n    f()",
    "in a branch": "if x:\n    f()",
    "where it asks for something else": "if hasattr(arguments, 'train'):\n    f()",
    "by a test runner": "def test_f():\n    f()",
    "as a test case": "class F(tf.test.TestCase):\n    def check(self):\n        f()",
}


@pytest.mark.parametrize("way", RUNS)
def test_functions_that_run(way):
    source = f"import tensorflow as tf\ndef f():\n    tf.Session()\n{RUNS[way]}\n"
    assert [str(item) for item in decision(source).reasons] == ["tf.Session at main.py:3"]


def test_names_that_run_for_certain_and_others():
    source = """
import tensorflow as tf
tf.placeholder(1)
if x:
    tf.layers
def f(a=tf.Session):
    tf.flags
def g():
    tf.app
class C:
    d = tf.logging
    def method(self):
        tf.gfile
f(lambda: tf.summary.FileWriter)
if __name__ == "__main__":
    tf.to_float
"""
    certain, reached, unreached = Kind.TF1_AT_IMPORT, Kind.TF1_REACHED, Kind.TF1_UNREACHED
    expected = {
        "tf.placeholder": certain,
        "tf.layers": reached,
        "tf.Session": certain,
        "tf.flags": reached,
        "tf.app": unreached,
        "tf.logging": certain,
        "tf.gfile": unreached,
        "tf.summary.FileWriter": reached,
        "tf.to_float": certain,
    }
    reach = Reach(OwnModules())
    reach.add(ast.parse(source), "main.py")
    assert {item.name: item.kind for item in reach.evidence()} == expected
    imported = Reach(OwnModules())
    imported.add(ast.parse(source), "main.py", is_main=False)
    del expected["tf.to_float"]
    assert {item.name: item.kind for item in imported.evidence()} == expected


def kinds(*found):
    """`Evidence` of these kinds, each of another name."""
    return [Evidence(kind, f"tf.x{i}", "a.py", i) for i, kind in enumerate(found)]


def test_the_rule():
    certain, reached, unreached = Kind.TF1_AT_IMPORT, Kind.TF1_REACHED, Kind.TF1_UNREACHED
    asks1, asks2, knows2 = Kind.TF1_DECLARED, Kind.TF2_DECLARED, Kind.KNOWS_TF2
    for found in (
        [certain],
        [certain, knows2, knows2, asks2],
        [reached],
        [reached, reached, knows2],
        [reached, reached, asks2],
        [reached, asks1, knows2],
        [unreached, asks1],
        [unreached, asks1, asks2],
    ):
        assert decide(kinds(*found)).is_tf1, found
    for found in (
        [],
        [unreached] * 9,
        [unreached] * 9 + [asks2],
        [asks1],
        [reached, knows2],
        [reached, asks2],
        [reached, asks1, knows2, knows2],
        *([Kind.TF2_NAME, kind, kind] for kind in Kind),
    ):
        assert not decide(kinds(*found)).is_tf1, found


def test_a_name_counts_once():
    names = [Evidence(Kind.TF1_REACHED, "tf.Session", "a.py", line) for line in range(9)]
    knows2 = Evidence(Kind.KNOWS_TF2, "tf.compat.v1.Session", "a.py", 1)
    assert not decide([*names, knows2]).is_tf1


def test_a_decision_says_its_evidence():
    source = "import tensorflow as tf\n" + "".join(
        f"tf.{name}\n" for name in ("Session", "app", "flags", "app", "logging", "layers")
    )
    assert str(decision(source)) == (
        "taken for TensorFlow 1 source: tf.Session at main.py:2, tf.app at main.py:3, tf.flags at "
        "main.py:4, 2 more; --tf2 overrides"
    )
    assert str(decision("import tensorflow as tf\ntf.Session\ntf.optimizers.Adam")) == (
        "left on TensorFlow 2: tf.optimizers at main.py:3, although tf.Session at main.py:2; "
        "--tf1 overrides"
    )


def test_files_are_named_as_the_user_sees_them(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path)
    inside, outside = tmp_path / "program" / "main.py", tmp_path.parent / "main.py"
    named = [str(Evidence(Kind.TF2_NAME, "tf.x", str(file), 1)) for file in (inside, outside)]
    assert named == ["tf.x at program/main.py:1", f"tf.x at {outside}:1"]
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert str(Evidence(Kind.TF2_NAME, "tf.x", str(inside), 1)) == f"tf.x at {inside}:1"


def test_other_names_for_tensorflow_may_be_given():
    assert not decision("tf.Session()").is_tf1
    assert decision("tf.Session()", aliases=["tf"]).is_tf1


def test_evidence_has_an_order():
    """What is mentioned together is a set, whose order differs from process to process."""
    names = ["app", "flags", "gfile", "layers", "logging", "placeholder", "to_float", "to_int32"]
    functions = "".join(f"def use_{name}():\n    tf.{name}\n" for name in names)
    calls = "\n".join(f"use_{name}()" for name in names)
    reach = Reach(OwnModules())
    reach.add(ast.parse(f"import tensorflow as tf\n{functions}{calls}"), "main.py")
    assert [item.name for item in reach.evidence()] == [f"tf.{name}" for name in names]


def test_pieces_add_up():
    """A function that a cell defines counts when a later one calls it."""
    reach = Reach(OwnModules())
    reach.add(ast.parse("import tensorflow as tf\ndef f():\n    tf.Session()"), "In[1]")
    assert not decide(reach.evidence()).is_tf1
    reach.add(ast.parse("f()"), "In[2]")
    assert str(decide(reach.evidence()).reasons[0]) == "tf.Session at In[1]:3"


@pytest.fixture
def write(tmp_path):
    def write(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)

    return write


def modules_with_evidence(folder, main):
    reach = Reach(OwnModules([folder]))
    reach.add(ast.parse(main), str(folder / "main.py"))
    places = {item.file: item.kind for item in reach.evidence()}
    return {file[len(str(folder)) + 1 :]: kind for file, kind in places.items()}


SESSION = "import tensorflow as tf\ntf.Session()\n"


def test_all_own_modules_that_are_reached_count_and_no_other(write, tmp_path):
    write(
        {
            "package/__init__.py": SESSION,
            "package/first.py": SESSION
            + "def f():\n    from . import second\n    from .third import x\n"
            "def g():\n    from . import fourth\n",
            "package/second.py": SESSION + "from .. import nothing",
            "package/third.py": "this is no Python :(",
            "package/fourth.py": SESSION,
            "package/unused.py": SESSION,
            "json.py": SESSION,
            "site-packages/installed.py": SESSION,
            "old.py": SESSION,
            "new.py": SESSION,
            "either.py": SESSION,
        }
    )
    main = """
import json, numpy, installed
import package.first
package.first.f()
if tf.__version__ >= "2":
    import new
else:
    import old
try:
    import either
except ImportError:
    pass
"""
    certain, reached = Kind.TF1_AT_IMPORT, Kind.TF1_REACHED
    assert modules_with_evidence(tmp_path, main) == {
        "package/__init__.py": certain,
        "package/first.py": certain,
        "package/second.py": reached,
        "either.py": reached,
    }


def test_own_modules(tmp_path):
    own = OwnModules([tmp_path])
    assert own("package.first", tmp_path / "package" / "first.py")
    assert not own("installed", tmp_path / "site-packages" / "installed.py")
    assert not own("json", ast.__file__)
    assert not own("tensorflow", tf.__file__)
    assert OwnModules([tmp_path], ["tensorflow"])("tensorflow.nn", tf.__file__)


def test_folders_that_the_program_puts_on_the_path_are_own(tmp_path, monkeypatch):
    own = OwnModules([tmp_path / "program"])
    file = tmp_path / "lib" / "legacy.py"
    installed = tmp_path / "site-packages" / "vendored"
    assert not own("legacy", file)
    for entry in (file.parent, installed, ast.__file__.rpartition("/")[0] + "/json"):
        monkeypatch.syspath_prepend(str(entry))
    assert own("legacy", file) and own.is_added(file)
    assert own.may_hold("package.legacy", [str(file.parent / "package")])
    assert not own("x", installed / "x.py")
    assert not own("decoder", ast.__file__.rpartition("/")[0] + "/json/decoder.py")
    assert not own.is_added(tmp_path / "program" / "x.py")
