"""`import estimator_heads` has no side effects."""

import json

import pytest

# Prints what differs in TensorFlow, Keras and the process before and after the import.
REPORT_CHANGES = """
import json, os, sys, warnings
import tensorflow as tf

def modules():
    names = [name for name in sys.modules if name.split(".")[0] in WATCHED]
    return {name: sys.modules[name] for name in names}

def attributes(module):
    return {name: id(value) for name, value in vars(module).items()}

WATCHED = ("tensorflow", "tf_keras", "keras", "tensorflow_estimator")
namespaces = {"tf": tf, "tf.compat.v1": tf.compat.v1, "tf.compat.v2": tf.compat.v2, **modules()}
before = {name: attributes(module) for name, module in namespaces.items()}
state = lambda: [
    dict(os.environ), list(sys.path), list(map(repr, sys.meta_path)), list(sys.path_hooks),
    list(warnings.filters), tf.executing_eagerly(), tf.compat.v1.logging.get_verbosity(),
    len(tf.compat.v1.get_default_graph().get_operations()),
]
state_before = state()
loaded = set(sys.modules)

import estimator_heads

after = {name: attributes(module) for name, module in namespaces.items()}
print(json.dumps({
    "attributes": [name for name in before if after[name] != before[name]],
    "state": [i for i, (x, y) in enumerate(zip(state_before, state())) if x != y],
    "missing names": [n for n in estimator_heads.__all__ if not hasattr(estimator_heads, n)],
    "modules": sorted({name.split(".")[0] for name in set(sys.modules) - loaded}),
}))
"""


@pytest.fixture(scope="module")
def changes(run_python, tmp_path_factory):
    result = run_python("-c", REPORT_CHANGES, cwd=tmp_path_factory.mktemp("elsewhere"))
    return json.loads(result.stdout.splitlines()[-1])


def test_import_changes_no_attribute_of_tensorflow_or_keras(changes):
    assert changes["attributes"] == []


def test_import_changes_no_state_of_the_process(changes):
    assert changes["state"] == []


def test_import_loads_no_keras(changes):
    assert not {"keras", "tf_keras"} & set(changes["modules"])


def test_public_names_are_all_there(changes):
    assert changes["missing names"] == []
