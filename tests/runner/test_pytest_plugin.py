"""`pytest -p estimator_heads.pytest_plugin` runs a legacy test suite without an edit."""

import pytest

FILES = {
    "conftest.py": """
import pytest
import tensorflow as tf

@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session
""",
    "code/__init__.py": "",
    "code/model.py": """
import tensorflow as tf

def logits(features):
    return tf.layers.dense(features, 2, kernel_initializer=tf.ones_initializer())
""",
    "test_model.py": """
import unittest
import tensorflow as tf
from code import model

def test_logits(session):
    logits = model.logits(tf.placeholder_with_default([[1.0, 2.0]], [None, 2]))
    session.run(tf.global_variables_initializer())
    assert session.run(logits).tolist() == [[3, 3]]

def test_head():
    assert tf.contrib.estimator.__name__
    assert tf.estimator.ModeKeys.TRAIN == "train"

class ModelTest(tf.test.TestCase):
    def test_static_shape(self):
        self.assertEqual(tf.zeros([2, 3]).shape[1].value, 3)

def test_that_fails():
    left = 1
    assert left == 2
""",
}


@pytest.fixture
def suite(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace("from code", "from legacy"))
    (tmp_path / "code").rename(tmp_path / "legacy")
    return tmp_path


@pytest.fixture
def run_pytest(checkout, run_python_or_fork, suite):
    def run(*arguments):
        plugin = (
            "-p",
            "estimator_heads.pytest_plugin",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            suite,
        )
        env = {
            "PYTHONPATH": f"{checkout}:{suite}",
            "PYTHONDONTWRITEBYTECODE": None,
        }
        return run_python_or_fork(
            "-m", "pytest", *plugin, *arguments, cwd=suite, env=env, check=False
        )

    return run


def test_tf1_suite(run_pytest, suite):
    result = run_pytest()
    assert "1 failed, 3 passed" in result.stdout.splitlines()[-1]
    said = "estimator-heads: taken for TensorFlow 1 source: tf.Session at conftest.py:7"
    assert result.stdout.count("estimator-heads: ") == 1
    assert said in result.stdout
    assert "assert 1 == 2" in result.stdout  # as pytest explains assertions
    assert "test_model.py:21: AssertionError" in result.stdout
    assert not list(suite.rglob("*.pyc"))


UNDECIDED = """
import tensorflow as tf

def test_eagerly():
    assert tf.executing_eagerly()
    assert tf.estimator.BinaryClassHead().logits_dimension == 1
"""


def test_other_suites_run_on_tf2_unless_told(run_pytest, suite):
    for file in suite.rglob("*.py"):
        file.unlink()
    (suite / "test_undecided.py").write_text(UNDECIDED)
    assert run_pytest().returncode == 0
    assert "assert False" in run_pytest("--tf1").stdout


TF2_SUITE = {
    "model.py": """
import tensorflow as tf

def never():
    return tf.FixedLenFeature([], tf.int64)

def double(x):
    return 2 * x
""",
    "test_model.py": """
import model
import tensorflow as tf

def test_eagerly():
    assert model.double(tf.constant(3)).numpy() == 6
""",
    "test_old.py": """
import pytest
import tensorflow as tf

def test_session():
    with pytest.raises(AttributeError, match="--tf1"):
        tf.Session()
""",
}


def test_suites_of_tf2_stay_tf2(run_pytest, suite):
    for file in suite.rglob("*.py"):
        file.unlink()
    for name in ("model.py", "test_model.py"):
        (suite / name).write_text(TF2_SUITE[name])
    result = run_pytest("-q")
    assert result.returncode == 0 and "estimator-heads: " not in result.stdout
    (suite / "test_old.py").write_text(TF2_SUITE["test_old.py"])
    result = run_pytest("-q")
    said = "estimator-heads: taken for TensorFlow 1 source: tf.Session at test_old.py:7"
    assert result.returncode == 1 and said in result.stdout
    assert run_pytest("-n1").stdout.count(said) == 1
    result = run_pytest("--tf2")
    assert result.returncode == 0 and "estimator-heads: " not in result.stdout
    assert "not both" in run_pytest("--tf1", "--tf2").stderr
    (suite / "pytest.ini").write_text("[pytest]\nestimator_heads_tf1 = true\n")
    assert run_pytest("--tf2").returncode == 0


WHAT_IS_IMPORTED = """
def test_imports():
    def importing():
        import tensorflow.train
    assert "tensorflow.train" in importing.__code__.co_names
"""


def test_the_setting_is_as_the_option(run_pytest, suite):
    """Told by what the imports are, without the time that TensorFlow takes."""
    for file in suite.rglob("*.py"):
        file.unlink()
    (suite / "test_imports.py").write_text(WHAT_IS_IMPORTED)
    assert run_pytest().returncode == 0
    for options, setting in (["--tf1"], ""), ([], "estimator_heads_tf1 = true\n"):
        (suite / "pytest.ini").write_text(f"[pytest]\n{setting}")
        assert "assert 'tensorflow.train' in" in run_pytest(*options).stdout
