"""The legacy examples with TF1 heads, unedited, print what they print on TensorFlow 1.15."""

from pathlib import Path

import pytest

RECORDED = Path(__file__).with_name("recorded")


@pytest.mark.parametrize(
    "name", ["multi_head_dict_logits", "multi_head_split_logits", "canned_head"]
)
def test_prints_what_tensorflow_1_15_prints(checkout, run_python_or_fork, name):
    program = checkout / "examples" / "legacy" / f"{name}.py"
    result = run_python_or_fork("-m", "estimator_heads", "run", program)
    assert result.stdout == (RECORDED / f"{name}.txt").read_text()
