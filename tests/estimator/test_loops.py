"""Hooks see the loops of train, evaluate and predict, and end them, as in the originals."""

import pytest

from estimator_heads._tensorflow import sessions
from tests.golden.runtime import loops
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", loops.CASES, ids=lambda case: case.__name__)
def test_hooks_see_what_they_see_in_the_originals(case, tmp_path):
    check("loops", case, tmp_path)


BY_MONITORED_SESSION = [case for case in loops.CASES if not case.__name__.count("_in_")]


@pytest.mark.parametrize("case", BY_MONITORED_SESSION, ids=lambda case: case.__name__)
def test_hooks_see_the_same_by_monitored_session(case, tmp_path, monkeypatch):
    """As on a cluster."""
    monkeypatch.setattr(sessions, "session_hooks", lambda session: None)
    check("loops", case, tmp_path)
