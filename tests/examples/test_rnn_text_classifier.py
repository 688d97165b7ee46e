"""The example of an RNNClassifier on text runs as a user runs it, with the numbers of TF 2.15."""

import json

import pytest

STEPS = 60
# What the program, with its two imports changed, prints on TensorFlow 2.15.
METRICS = {
    "accuracy": 0.9688581228256226,
    "average_loss": 0.1149318516254425,
    "global_step": STEPS,
    "loss": 0.10972800850868225,
}
KINDS = """\
LATIN CAPITAL LETTER SHARP S: capital letter
LATIN SMALL LETTER TAILLESS PHI: small letter
ROMAN NUMERAL SIX LATE FORM: number
INDIAN RUPEE SIGN: symbol
RIGHT DOUBLE PARENTHESIS: punctuation
"""


def test_it_prints_what_tensorflow_2_15_prints(checkout, run_python, tmp_path):
    program = checkout / "examples" / "rnn_text_classifier.py"
    result = run_python(program, "--steps", STEPS, "--output", tmp_path)
    text, _, kinds = result.stdout.partition("}\n")
    assert json.loads(text + "}") == pytest.approx(METRICS, rel=1e-4)
    assert kinds == KINDS
