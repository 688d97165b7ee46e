"""A run with `--only-what-keras-may-change` leaves nothing out that reaches `tf.keras`."""

import ast

import pytest

from tests.keras_may_change import PATTERNS, TESTS, keras_may_change
from tests.programs import CHECKOUT

# They ask which of the Keras libraries a model is of.
ASK = [
    CHECKOUT / "estimator_heads" / "keras" / "model_to_estimator.py",
    CHECKOUT / "estimator_heads" / "keras" / "bridge" / "libraries.py",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_is_of_a_module(pattern):
    modules = list(TESTS.glob(pattern))
    assert modules
    assert all(keras_may_change(module) for module in modules)


def uses_of_tf_keras(file):
    """The lines of a file with `<name>.keras`, or an import of it from TensorFlow."""
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Attribute):
            value = node.value
            names = [f"{getattr(value, 'attr', getattr(value, 'id', None))}.{node.attr}"]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if (name + ".").startswith(
                (
                    "tf.keras.",
                    "v1.keras.",
                    "v2.keras.",
                    "tensorflow.keras.",
                    "tensorflow.compat.v1.keras.",
                )
            ):
                yield f"{file.relative_to(CHECKOUT)}:{node.lineno}"


def test_nothing_else_reaches_tf_keras():
    """Nor does the package, in which these tests would; recorded cases are given what they use."""
    files = [*(CHECKOUT / "estimator_heads").rglob("*.py"), *(CHECKOUT / "compat").rglob("*.py")]
    tests = [file for file in TESTS.rglob("test_*.py") if not keras_may_change(file)]
    assert len(files) > 300 and len(tests) > 100
    uses = [use for file in files + tests if file not in ASK for use in uses_of_tf_keras(file)]
    assert uses == []
