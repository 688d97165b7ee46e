"""`%load_ext estimator_heads` in an IPython shell."""

import pytest

pytest.importorskip("IPython", reason="IPython is in the extra `test`")

START = """
import sys
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()

def cell(text, expected_error=None):
    result = shell.run_cell(text)
    error = result.error_before_exec or result.error_in_exec
    assert error is None if expected_error is None else type(error) is expected_error, error
    return result.result

"""

TF1_NOTEBOOK = """
cell("%load_ext estimator_heads")
assert "tensorflow" not in sys.modules
cell("import tensorflow as tf\\nimport helper")
assert cell("tf.executing_eagerly()") is True
assert cell("tf.estimator.BinaryClassHead.__module__").startswith("estimator_heads.")
assert cell("tf.estimator.__name__") == "tensorflow.estimator"
assert cell("x = tf.placeholder(tf.float32, [None])\\n2 * x").shape.as_list() == [None]
assert cell("with tf.Session() as s:\\n    y = s.run(2 * x, {x: [3]})\\ny.tolist()") == [6]
assert cell("helper.tf is tf and helper.session() is tf.Session")
assert cell("from tensorflow.train import AdamOptimizer as A; A is tf.train.AdamOptimizer")
assert cell("tf.contrib.estimator.__name__") == "tensorflow.contrib.estimator"
assert cell("tf.executing_eagerly()") is False
cell("%estimator_heads")
cell("1 / 0", ZeroDivisionError)
cell("%unload_ext estimator_heads")
assert cell("tf.executing_eagerly()") is True
cell("tf.Session", AttributeError)
cell("tf.contrib", AttributeError)
assert cell("import sys, tensorflow as tf; tf is sys.modules['tensorflow']")
"""

TF1_ON_DEMAND = """
cell("%load_ext estimator_heads")
cell("%estimator_heads")
cell("%estimator_heads --tf1")
cell("import tensorflow as tf")
assert cell("tf.executing_eagerly()") is False
cell("%estimator_heads --nothing", ValueError)
cell("%reload_ext estimator_heads")
"""


TF2_NOTEBOOK = """
cell("%load_ext estimator_heads")
cell("import tensorflow as tf")
cell("def f():\\n    return tf.Session")
assert cell("tf.executing_eagerly()") is True
cell("%estimator_heads --tf2")
cell("f()", AttributeError)
cell("tf.placeholder(tf.float32, [None])", AttributeError)
cell("%estimator_heads")
cell("%estimator_heads --tf1")
assert cell("tf.executing_eagerly(), f().__name__") == (False, "Session")
cell("%estimator_heads --tf2")
assert cell("tf.executing_eagerly()") is True
assert cell("tf.optimizers.__name__") is not None
cell("f()", AttributeError)
cell("%estimator_heads --tf1 --tf2", ValueError)
"""

CALLED_LATER = """
cell("%load_ext estimator_heads")
cell("import tensorflow as tf")
cell("def f():\\n    return tf.Session")
assert cell("tf.executing_eagerly()") is True
print("before", flush=True)
assert cell("f().__name__") == "Session"
"""


@pytest.fixture
def notebook(run_python_or_fork, tmp_path):
    def run(cells):
        (tmp_path / "helper.py").write_text(
            "import tensorflow as tf\nsession = lambda: getattr(tf, 'Session')\n"
        )
        (tmp_path / "notebook.py").write_text(START + cells)
        env = {"IPYTHONDIR": str(tmp_path / "ipython"), "HOME": str(tmp_path)}
        return run_python_or_fork(tmp_path / "notebook.py", cwd=tmp_path, env=env)

    return run


def test_cells_become_tf1_with_the_first_that_is(notebook):
    result = notebook(TF1_NOTEBOOK)
    assert "import tensorflow means TensorFlow 1" in result.stdout
    said = "estimator-heads: taken for TensorFlow 1 source: tf.placeholder at In[1]:1"
    assert result.stderr.count("taken for") == 1
    assert said in result.stderr


def test_cells_stay_tf2_when_told(notebook):
    result = notebook(TF2_NOTEBOOK)
    assert "import tensorflow means TensorFlow 2" in result.stdout
    assert "estimator-heads:" not in result.stderr


def test_a_function_counts_when_a_cell_calls_it(notebook):
    result = notebook(CALLED_LATER)
    assert "estimator-heads: taken for TensorFlow 1 source: tf.Session at In[1]:2" in result.stderr


def test_cells_become_tf1_on_demand(notebook):
    assert "import tensorflow means TensorFlow 2" in notebook(TF1_ON_DEMAND).stdout
