"""tf.contrib in programs that disable TF 2 behavior, which makes other variables."""

from pathlib import Path

import pytest


@pytest.mark.another_execution
def test_answers_are_the_same_when_v2_behavior_is_disabled(run_python):
    result = run_python(Path(__file__).with_name("contrib_with_v1_behavior.py"), with_extras=True)
    assert [line for line in result.stdout.splitlines() if line.startswith("DIFFERS")] == []
