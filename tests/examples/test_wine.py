"""The examples of canned estimators on wines, as a user runs them: TensorFlow 2.15's numbers."""

import json

import pytest
import tensorflow as tf

# What the programs, with their one import changed, print on TensorFlow 2.15.
WIDE_AND_DEEP = {
    "accuracy": 0.940740704536438,
    "average_loss": 0.21556562185287476,
    "global_step": 400.0,
    "loss": 0.25796955823898315,
}
TWO_HEADS = {
    "accuracy/cultivar": 0.8444444537162781,
    "average_loss/cultivar": 0.6297486424446106,
    "average_loss/proline": 0.06865456700325012,
    "global_step": 200.0,
    "label/mean/proline": 0.7782888412475586,
    "loss": 0.7823338508605957,
    "loss/cultivar": 0.6423894166946411,
    "loss/proline": 0.06997223198413849,
    "prediction/mean/proline": 0.7584688067436218,
}


@pytest.fixture
def run_example(checkout, run_python, tmp_path):
    """Runs an example; returns the metrics that it prints, and what follows them."""

    def run(name):
        program = checkout / "examples" / name
        result = run_python(program, "--output", tmp_path, with_extras=True)
        metrics, _, rest = result.stdout.partition("}\n")
        return json.loads(metrics + "}"), rest

    return run


def test_wide_and_deep(run_example, tmp_path):
    metrics, predictions = run_example("wide_and_deep_wine.py")
    assert metrics == pytest.approx(WIDE_AND_DEEP, rel=1e-4)
    assert len(predictions.splitlines()) == 5

    best = max((tmp_path / "model" / "export" / "best").iterdir())
    signature = tf.saved_model.load(str(best)).signatures["serving_default"]
    assert set(signature.structured_outputs) == {"classes", "scores"}


def test_dnn_with_two_heads(run_example):
    metrics, signatures = run_example("dnn_two_heads_wine.py")
    assert metrics == pytest.approx(TWO_HEADS, rel=1e-4)
    assert signatures.split() == [
        "cultivar",
        "cultivar/classification",
        "cultivar/predict",
        "predict",
        "proline",
        "proline/predict",
        "proline/regression",
        "serving_default",
    ]
