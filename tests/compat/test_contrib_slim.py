"""`tf.contrib.slim`, and tf_slim on today's TensorFlow."""

import ast
import importlib
import inspect
import sys

import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.install.legacy_module import module_for
from estimator_heads.compat.names import table as names

SLIM = module_for(names.find_module("tensorflow.contrib.slim"))


PROGRAM = """
import sys
import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib.slim.python.slim.learning import train

folder = sys.argv[1]
with tf.Graph().as_default():
    with slim.arg_scope([slim.fully_connected], weights_regularizer=slim.l2_regularizer(1e-3)):
        inputs = tf.constant([[1.0], [2.0], [3.0]])
        outputs = slim.fully_connected(inputs, 1, activation_fn=None)
    tf.losses.mean_squared_error(inputs * 2, outputs)
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    train_op = slim.learning.create_train_op(tf.losses.get_total_loss(), optimizer)
    train(train_op, folder, number_of_steps=100)
with tf.Graph().as_default():
    outputs = slim.fully_connected(tf.constant([[4.0]]), 1, activation_fn=None)
    value, update = slim.metrics.streaming_mean(outputs)
    checkpoint = tf.train.latest_checkpoint(folder)
    print(slim.evaluation.evaluate_once("", checkpoint, folder, eval_op=update, final_op=value))
"""


def test_a_slim_program_trains_and_evaluates(run_python_or_fork, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)

    result = run_python_or_fork(
        "-m", "estimator_heads", "run", "--tf1", program, tmp_path / "model"
    )

    assert float(result.stdout.splitlines()[-1]) == pytest.approx(8, abs=0.3)


@pytest.mark.parametrize(
    "name", ["learning", "evaluation", "queues", "model_analyzer", "summaries"]
)
def test_its_modules_are_imported_by_their_old_paths(name):
    estimator_heads.install()
    try:
        module = importlib.import_module(f"tensorflow.contrib.slim.python.slim.{name}")
        assert module is getattr(tf.contrib.slim, name) is sys.modules[f"tf_slim.{name}"]
    finally:
        estimator_heads.uninstall()


def test_tf_slim_finds_in_tensorflow_all_that_it_looks_for():
    """Fails when a TensorFlow to come moves more of what tf_slim uses."""
    missing = []
    for path, module in sorted(sys.modules.items()):
        if path.startswith("tf_slim.") and hasattr(module, "__file__"):
            missing += [f"{path}: {name}" for name in names_not_found(module)]

    assert missing == []


def names_not_found(module):
    """Which `a.b` in the source of a module, where `a` is a module, are not there."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = vars(module).get(node.value.id)
            if isinstance(owner, type(ast)) and not hasattr(owner, node.attr):
                yield f"{node.value.id}.{node.attr} in line {node.lineno}"


def test_nothing_of_tensorflow_is_changed_for_it():
    ops = importlib.import_module("tensorflow.python.framework.ops")

    assert slim.utils.ops is not ops
    assert slim.utils.ops.Tensor is tf.Tensor
    assert not hasattr(ops, "Tensor")
