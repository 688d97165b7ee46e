"""The legacy examples with tf.contrib.learn, unedited, print what TF 1.15 prints.

The weights of their networks start from the same numbers in every version of TensorFlow.
"""

from pathlib import Path

import pytest

RECORDED = Path(__file__).with_name("recorded")


@pytest.mark.parametrize(
    "name",
    [
        "learn_dnn",
        "learn_dnn_logits_input",
        "learn_sync_optimizer",
        "learn_multi_head",
        "learn_estimator",
        "learn_dnn_classifier",
        "learn_dynamic_rnn",
        "learn_experiment",
    ],
)
def test_prints_what_tensorflow_1_15_prints(checkout, run_python_or_fork, name):
    program = checkout / "examples" / "legacy" / f"{name}.py"
    result = run_python_or_fork("-m", "estimator_heads", "run", program)
    assert result.stdout == (RECORDED / f"{name}.txt").read_text()
