"""The rule that tells TF1 programs by their source."""

import ast

import pytest
import tensorflow as tf

from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.tf1_only import only_tf1, tensorflow_names, version_of

TF1_ONLY = [
    "import tensorflow as tf\ntf.Session()",
    "import tensorflow\ntensorflow.placeholder(1)",
    "import tensorflow as tf\ndef f():\n    return tf.layers.dense",
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
NOT_ONLY_TF1 = [
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
]


@pytest.mark.parametrize("source", TF1_ONLY)
def test_can_only_be_tf1(source):
    assert only_tf1([ast.parse(source)])


@pytest.mark.parametrize("source", NOT_ONLY_TF1)
def test_may_be_tf2(source):
    assert not only_tf1([ast.parse(source)])


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


def test_other_names_for_tensorflow_may_be_given():
    cell = ast.parse("tf.Session()")
    assert tensorflow_names(cell) == set()
    assert tensorflow_names(cell, ["tf"]) == {"Session"}


def test_all_own_modules_count_and_no_other(tmp_path):
    for name, text in {
        "main.py": "import package.first\nimport json, numpy",
        "package/__init__.py": "",
        "package/first.py": "def f():\n    from . import second\n    from .third import x",
        "package/second.py": "from .. import nothing",
        "package/third.py": "this is no Python :(",
        "package/unused.py": "",
        "json.py": "",
        "site-packages/installed.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    own = OwnModules([tmp_path])
    trees = own.trees(ast.parse((tmp_path / "main.py").read_text()))
    assert [ast.unparse(tree).partition("\n")[0] for tree in trees] == [
        "import package.first",
        "",
        "def f():",
        "from .. import nothing",
    ]
    assert own("package.first", tmp_path / "package" / "first.py")
    assert not own("installed", tmp_path / "site-packages" / "installed.py")
    assert not own("json", ast.__file__)
    assert not own("tensorflow", tf.__file__)
    assert OwnModules([tmp_path], ["tensorflow"])("tensorflow.nn", tf.__file__)
