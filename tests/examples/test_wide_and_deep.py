"""The wide and deep example runs as a user runs it, with the numbers of TensorFlow 2.15."""

import json

import pytest
import tensorflow as tf

# What the program, with its one import changed, prints on TensorFlow 2.15.
METRICS = {
    "accuracy": 0.940740704536438,
    "average_loss": 0.21556562185287476,
    "global_step": 400.0,
    "loss": 0.25796955823898315,
}


def test_metrics_are_those_of_tensorflow_2_15(checkout, run_python, tmp_path):
    program = checkout / "examples" / "wide_and_deep_wine.py"
    result = run_python(program, "--output", tmp_path, with_extras=True)

    text, _, predictions = result.stdout.partition("}\n")
    assert json.loads(text + "}") == pytest.approx(METRICS, rel=1e-4)
    assert len(predictions.splitlines()) == 5

    best = max((tmp_path / "model" / "export" / "best").iterdir())
    signature = tf.saved_model.load(str(best)).signatures["serving_default"]
    assert set(signature.structured_outputs) == {"classes", "scores"}
