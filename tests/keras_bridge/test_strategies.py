"""Keras models with a head on several replicas."""

import json

import pytest


@pytest.fixture
def mirrored(run_python, checkout):
    """Runs the program of this name, and returns what it prints."""

    def run(what):
        result = run_python("-m", "tests.keras_bridge.mirrored", what, cwd=checkout)
        return json.loads(result.stdout.splitlines()[-1])

    return run


def test_tf_keras_on_two_replicas_trains_as_on_one(mirrored):
    together, alone = mirrored("train")
    assert together.pop("weights") == pytest.approx(alone.pop("weights"), rel=1e-5, abs=1e-6)
    assert together == pytest.approx(alone, rel=1e-5)


@pytest.mark.parametrize("what", ["loss", "metrics"])
def test_keras_3_on_two_replicas_is_refused(mirrored, what):
    assert "Expected a model of tf_keras, or no strategy" in mirrored(what)
