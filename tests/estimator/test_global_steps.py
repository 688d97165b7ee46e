"""Hooks act at the steps at which the originals' do, whoever advances the global step."""

import pytest

from estimator_heads._tensorflow import sessions
from tests.golden.runtime import global_steps
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", global_steps.CASES, ids=lambda case: case.__name__)
def test_hooks_act_at_the_same_steps(case, tmp_path):
    check("global_steps", case, tmp_path)


@pytest.mark.parametrize("case", global_steps.CASES, ids=lambda case: case.__name__)
def test_hooks_act_at_the_same_steps_by_monitored_session(case, tmp_path, monkeypatch):
    """As on a cluster."""
    monkeypatch.setattr(sessions, "session_hooks", lambda session: None)
    check("global_steps", case, tmp_path)
