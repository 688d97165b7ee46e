"""What several tests of the loop share."""

import pytest

from estimator_heads._tensorflow import sessions


@pytest.fixture
def with_both_loops(monkeypatch, tmp_path):
    """A function that runs a function of a folder with our loop and with MonitoredSession.run."""

    def run(traces_in):
        ours = traces_in(tmp_path / "ours")
        with monkeypatch.context() as patches:
            patches.setattr(sessions, "session_hooks", lambda session: None)
            return ours, traces_in(tmp_path / "original")

    return run
