"""TF1 source sees TF1's API under the name `tensorflow`; everyone else sees the real one."""

import json

import pytest

RUNNER = ("-m", "estimator_heads", "run")

MAIN = """
import importlib
import json
import os
import sys

import tensorflow as tf
import tensorflow
import tensorflow.contrib.estimator
import tensorflow.train as train
import tensorflow.python.framework.ops as ops
import tensorflow.contrib.estimator as contrib_estimator
from tensorflow import Session, layers
from tensorflow import contrib as c, estimator
from tensorflow.estimator import ModeKeys
from tensorflow.keras.layers import Dense
from tensorflow.python.framework import dtypes
from own import model
from own.nested.deep import deeper
import installed_library

real = sys.modules["tensorflow"]
v1 = real.compat.v1

def local():
    import tensorflow as inner
    return inner

try:
    tf.nothing_of_this_name
except AttributeError as error:
    missing = str(error)
try:
    from tensorflow import nothing_of_this_name
except ImportError as error:
    missing_import = str(error)

facts = {
    "Session": tf.Session is v1.Session is Session,
    "one view": tf is tensorflow is local() is model.tf is deeper.tf,
    "import_module": importlib.import_module("tensorflow") is tf,
    "import_module below": importlib.import_module("tensorflow.train") is train,
    "train": train.AdamOptimizer is v1.train.AdamOptimizer is tf.train.AdamOptimizer,
    "layers": layers.dense is tf.layers.dense is v1.layers.dense,
    "contrib": c is tf.contrib is real.contrib and tf.contrib.estimator is contrib_estimator,
    "estimator": estimator is tf.estimator is v1.estimator and tf.estimator.ModeKeys is ModeKeys,
    "keras": Dense is tf.keras.layers.Dense is v1.keras.layers.Dense,
    "private": ops.Graph is tf.Graph and tf.python is real.python and dtypes.int32 is tf.int32,
    "compat": tf.compat.v1 is v1 and tf.compat.v2 is real.compat.v2,
    "version": tf.__version__ == real.__version__,
    "dir": {"Session", "contrib", "layers"} <= set(dir(tf)) and "optimizers" not in dir(tf),
    "v2 off": not tf.executing_eagerly() and tf.constant([[1, 2]]).shape[0].value == 1,
    "star": model.star_has_placeholder,
    "library": installed_library.tf is real and installed_library.has_session is False,
    "missing": "module 'tensorflow' has no attribute 'nothing_of_this_name'" in missing,
    "missing import": missing_import.startswith(
        "cannot import name 'nothing_of_this_name' from 'tensorflow' ("),
    "line": sys._getframe().f_lineno == __LINE__,
}
print(json.dumps(facts))
"""
FILES = {
    "program/main.py": MAIN.replace(
        "__LINE__", str(MAIN[: MAIN.index("__LINE__")].count("\n") + 1)
    ),
    "program/own/__init__.py": "",
    "program/own/model.py": """
import tensorflow as tf
from tensorflow import *
star_has_placeholder = "placeholder" in globals() and "optimizers" not in globals()
""",
    "program/own/nested/deep/deeper.py": "import tensorflow as tf",
    "libraries/site-packages/installed_library/__init__.py": """
import tensorflow as tf
has_session = hasattr(tf, "Session")
""",
    "libraries/site-packages/old_library.py": "import tensorflow as tf\nprint(tf.Session.__name__)",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


@pytest.fixture
def run(checkout, run_python_or_fork, folder):
    """Runs by the runner, with the library installed."""

    def run(*arguments, **options):
        paths = f"{checkout}:{folder}/libraries/site-packages"
        env = {
            "PYTHONPATH": paths,
            "PYTHONDONTWRITEBYTECODE": None,
        }
        return run_python_or_fork(*RUNNER, *arguments, env=env, **{"cwd": folder, **options})

    return run


def test_own_modules_see_tf1_and_libraries_do_not(run, folder):
    facts = json.loads(run("program/main.py").stdout)
    assert [name for name, holds in facts.items() if not holds] == []
    cached = [path.name for path in (folder / "program").rglob("*.pyc")]
    assert cached == []  # plain Python would run it


def test_the_package_of_a_module_is_own(run, folder):
    (folder / "program" / "own" / "__main__.py").write_text(
        "import tensorflow as tf\nprint(tf.placeholder.__name__, __package__)"
    )
    result = run("-m", "program.own")
    assert result.stdout == "placeholder program.own\n"


def test_named_packages_are_own(run, folder):
    (folder / "program" / "main.py").write_text("import old_library")
    failed = run("--tf1", "program/main.py", check=False)
    assert failed.returncode == 1
    assert "module 'tensorflow' has no attribute 'Session'" in failed.stderr
    result = run("--tf1", "--tf1-package", "old_library", "program/main.py")
    assert result.stdout == "Session\n"


def test_an_installed_module_that_is_run_is_own(run):
    assert run("-m", "old_library").stdout == "Session\n"


def test_source_from_the_standard_input(run, folder):
    source = "from own import model\nimport tensorflow as tf\nprint(tf.Session is model.tf.Session)"
    result = run("-", input=source, cwd=folder / "program")
    assert result.stdout == "True\n"


UNDECIDED = "import tensorflow as tf\nprint(tf.executing_eagerly(), hasattr(tf, 'Session'))\n"


def test_undecided_source_is_tf1_only_on_demand(run, folder):
    (folder / "program" / "main.py").write_text(UNDECIDED)
    assert run("program/main.py").stdout == "True False\n"
    assert run("--tf1", "program/main.py").stdout == "False True\n"


def test_source_that_the_analysis_does_not_see_says_how_to_run_it(run, folder):
    (folder / "program" / "main.py").write_text(
        "import importlib\nimportlib.import_module('legacy').run()"
    )
    for text in (
        "import tensorflow as tf\ndef run():\n    print(tf.Session.__name__)",
        "def run():\n    from tensorflow import Session\n    print(Session.__name__)",
    ):
        (folder / "program" / "legacy.py").write_text(text)
        failed = run("program/main.py", check=False)
        assert failed.returncode == 1
        assert "Only TensorFlow 1 has `tf.Session`" in failed.stderr.splitlines()[-1]
        assert "--tf1`" in failed.stderr.splitlines()[-1]
        assert "tf1_only_names.py" not in failed.stderr
        assert run("--tf1", "program/main.py").stdout == "Session\n"


LEGACY_IN_A_BRANCH = """
import tensorflow as tf

def features(version=tf.__version__):
    if version >= "2.0.0":
        return tf.io.FixedLenFeature([], tf.int64)
    return tf.FixedLenFeature([], tf.int64)

def never():
    return tf.FixedLenFeature([], tf.int64), tf.Session()
"""
TF2_PROGRAM = """
import tensorflow as tf
import both
import helper
if tf.__version__ >= "2":
    import new
else:
    import old

double = tf.constant([1, 2]) * helper.two()
print(double.numpy().tolist(), both.features().dtype.name, tf.estimator.RegressionHead.__name__)
"""


def test_tf2_programs_with_a_name_of_tf1_stay_tf2(run, folder):
    program = folder / "program"
    (program / "both.py").write_text(LEGACY_IN_A_BRANCH)
    (program / "old.py").write_text("import tensorflow as tf\ntf.Session()")
    (program / "new.py").write_text("")
    (program / "helper.py").write_text(
        "import tensorflow as tf\n\ndef two():\n    return 2\n\n"
        "if __name__ == '__main__':\n    tf.app.run()\n"
    )
    (program / "main.py").write_text(TF2_PROGRAM)
    result = run("program/main.py")
    assert result.stdout == "[2, 4] int64 RegressionHead\n"
    assert "estimator-heads" not in result.stderr


SPEAKS = "import tensorflow as tf\ndef main():\n    print({name}.__name__)\nmain()\n"


def test_what_the_project_declares_is_weighed(run, folder):
    (folder / "requirements.txt").write_text("tensorflow>=2.4\n")
    (folder / "program" / "main.py").write_text(SPEAKS.format(name="tf.Session"))
    result = run("program/main.py", check=False)
    assert (
        "estimator-heads: left on TensorFlow 2: tensorflow>=2.4 at requirements.txt:1, although "
        "tf.Session at program/main.py:3; --tf1 overrides\n" in result.stderr
    )
    (folder / "requirements.txt").write_text("tensorflow==1.15\n")
    result = run("program/main.py")
    assert result.stdout == "Session\n"
    assert (
        "estimator-heads: taken for TensorFlow 1 source: tf.Session at program/main.py:3, "
        "tensorflow==1.15 at requirements.txt:1; --tf2 overrides\n" in result.stderr
    )
    failed = run("--tf2", "program/main.py", check=False)
    assert "Only TensorFlow 1 has `tf.Session`" in failed.stderr
    assert "estimator-heads:" not in failed.stderr


def test_tf2_source_runs_as_it_is(run, folder):
    """A program that provides for both versions is not touched, and its bytecode is cached."""
    (folder / "program" / "both.py").write_text(
        "import tensorflow as tf\n"
        "if tf.__version__ > '2':\n    tf = tf.compat.v1\n"
        "session = tf.Session\n"
    )
    (folder / "program" / "main.py").write_text(
        "import both\nimport tensorflow as tf\n"
        "print(tf.executing_eagerly(), both.session.__name__, tf.estimator.Head.__name__)"
    )
    assert run("program/main.py").stdout == "True Session Head\n"
    assert list((folder / "program").rglob("both.*.pyc"))


def test_traceback_of_tf1_source(run, folder):
    (folder / "program" / "main.py").write_text(
        "import tensorflow as tf\n\n\ndef main(_):\n    tf.flags.FLAGS.not_a_flag\n\n\n"
        "if __name__ == '__main__':\n    tf.app.run()\n"
    )
    result = run("program/main.py", check=False)
    assert result.returncode == 1
    assert (
        f'File "{folder}/program/main.py", line 9, in <module>\n    tf.app.run()' in result.stderr
    )
    assert f'File "{folder}/program/main.py", line 5, in main\n' in result.stderr
    assert "AttributeError: not_a_flag" in result.stderr.splitlines()[-1]
    assert "estimator_heads" not in result.stderr and "runpy" not in result.stderr


def test_tensorflow_estimator_may_be_imported_first(run, folder):
    (folder / "program" / "main.py").write_text(
        "from tensorflow_estimator.python.estimator import model_fn\n"
        "import tensorflow as tf\n"
        "print(model_fn.ModeKeys.TRAIN, tf.estimator.ModeKeys is model_fn.ModeKeys)"
    )
    assert run("program/main.py").stdout == "train True\n"


def test_a_name_that_is_not_served_says_so(run, folder):
    (folder / "program" / "main.py").write_text("import tensorflow as tf\ntf.contrib.no_such_thing")
    result = run("program/main.py", check=False)
    assert "no_such_thing" in result.stderr.splitlines()[-1]
    assert "LegacyAttributeError" in result.stderr


def test_errors_name_the_path_of_the_source_before_it_was_rewritten(run, folder):
    (folder / "program" / "main.py").write_text(
        "import tensorflow as tf\n"
        "from tensorflow import estimator as e\n"
        "def by_import(): from tensorflow.estimator import BoostedTreesClassifier\n"
        "def by_long_import(): from tensorflow.compat.v1.estimator import BoostedTreesClassifier\n"
        "for ask in (by_import, by_long_import, lambda: tf.estimator.BoostedTreesClassifier,\n"
        "            lambda: e.BoostedTreesClassifier):\n"
        "    try:\n"
        "        ask()\n"
        "    except (ImportError, AttributeError) as error:\n"
        "        print(error.legacy_name.removesuffix('.BoostedTreesClassifier'))\n"
    )
    result = run("--tf1", "program/main.py")
    short, long = "tensorflow.estimator", "tensorflow.compat.v1.estimator"
    assert result.stdout.split() == [short, long, short, short]
