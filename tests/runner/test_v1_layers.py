"""`tf.layers`, `tf.nn.rnn_cell` and TF1's `tf.keras` do what they did in TensorFlow 1.15."""

import json
import sys
from pathlib import Path

import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.compat.tf1 import layers as v1_layers

FOLDER = Path(__file__).parent
RECORDED = json.loads((FOLDER / "recorded" / "layers.json").read_text())


@pytest.fixture(scope="module")
def results(run_python):
    """What the recorded program prints on this TensorFlow."""
    program = FOLDER / "programs" / "layers.py"
    result = run_python("-W", "ignore", "-m", "estimator_heads", "run", program)
    return json.loads(result.stdout)


def test_all_cases_ran(results):
    assert set(results) == set(RECORDED)


@pytest.mark.parametrize("case", sorted(RECORDED))
def test_equals_tensorflow_1_15(results, case):
    """Outputs, names and order of variables, UPDATE_OPS, regularisation losses, moving averages."""
    assert_close(results[case], RECORDED[case], case)


def assert_close(actual, expected, where):
    if isinstance(expected, dict):
        assert set(actual) == set(expected), where
        for key in expected:
            assert_close(actual[key], expected[key], f"{where}/{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), where
        for index, value in enumerate(expected):
            assert_close(actual[index], value, f"{where}[{index}]")
    else:
        is_float = isinstance(expected, float)
        assert actual == (pytest.approx(expected, 2e-5, 1e-5) if is_float else expected), where


ALIASES = (
    tf.compat.v1,
    tf.compat.v1.compat.v1,
    tf.compat.v2.compat.v1,
)


@pytest.fixture
def installed():
    estimator_heads.install()
    yield
    estimator_heads.uninstall()


def test_every_alias_of_compat_v1_serves_the_names(installed):
    import tf_keras.api._v1.keras as served

    for v1 in ALIASES:
        assert v1.layers.dense is served.__internal__.legacy.layers.dense
        assert v1.nn.rnn_cell.GRUCell is served.__internal__.legacy.rnn_cell.GRUCell
        assert v1.keras.layers.Dense is served.layers.Dense


def test_every_import_form_leads_to_the_same(installed):
    import tensorflow.compat.v1 as v1
    import tensorflow.compat.v1.layers as layers
    import tensorflow.compat.v1.nn as nn
    from tensorflow.compat.v1.keras.layers import Dense as KerasDense
    from tensorflow.compat.v1.layers import Dense
    from tensorflow.compat.v1.nn.rnn_cell import GRUCell

    assert v1.layers.Dense is layers.Dense is Dense
    assert v1.nn.rnn_cell.GRUCell is nn.rnn_cell.GRUCell is GRUCell
    assert v1.keras.layers.Dense is KerasDense


def test_names_that_nobody_uses_load_nothing(run_python):
    program = """
import sys
import tensorflow as tf
before = set(sys.modules)
from estimator_heads.compat.tf1.layers import install_v1_layers
install_v1_layers()
repr(tf.compat.v1.layers)
loaded = {name for name in sys.modules if name.startswith(("keras.", "tf_keras."))} - before
assert not loaded, loaded
"""
    run_python("-c", program)


def test_uninstall_puts_everything_back():
    before = [_bound(v1) for v1 in ALIASES]
    names = set(sys.modules)
    v1_layers.install_v1_layers()
    v1_layers.install_v1_layers()
    assert [_bound(v1) for v1 in ALIASES] != before
    v1_layers.uninstall_v1_layers()
    v1_layers.uninstall_v1_layers()
    assert [_bound(v1) for v1 in ALIASES] == before
    assert {name for name in set(sys.modules) - names if name.startswith("tensorflow")} == set()


def _bound(v1):
    return [id(vars(v1)["layers"]), id(vars(v1)["keras"]), id(vars(v1.nn)["rnn_cell"])]


def test_a_module_may_be_patched_as_before(installed, monkeypatch):
    monkeypatch.setattr(tf.compat.v1.layers, "dense", "patched")
    assert tf.compat.v1.compat.v1.layers.dense == "patched"
