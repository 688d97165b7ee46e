"""Which of two ways is taken, by a clock that the tests set."""

import time

import pytest

from estimator_heads.estimator.fastest_way import FastestWay


@pytest.mark.parametrize(
    ("usual_seconds", "other_seconds", "expected"),
    [(1e-3, 5e-4, "other"), (1e-3, 9.5e-4, "usual"), (5e-4, 1e-3, "usual")],
)
def test_the_other_way_is_taken_if_it_is_clearly_faster(
    monkeypatch, usual_seconds, other_seconds, expected
):
    now = 0.0
    called, chosen = [], []

    def way(name, seconds):
        def run():
            nonlocal now
            now += 100.0 if called.count(name) < 5 else seconds  # The first calls are no measure.
            called.append(name)
            return name

        return run

    monkeypatch.setattr(time, "perf_counter", lambda: now)
    usual, other = way("usual", usual_seconds), way("other", other_seconds)
    fastest = FastestWay(usual, other, chosen.append)
    while not chosen:
        assert fastest() == called[-1]
    assert chosen == [{"usual": usual, "other": other}[expected]]
    assert called.count("usual") == 100 + called.count("other") == 150


def test_the_other_way_is_not_tried_where_calls_take_milliseconds(monkeypatch):
    now = 0.0
    chosen = []

    def usual():
        nonlocal now
        now += 0.02

    def other():
        raise AssertionError("It was tried.")

    monkeypatch.setattr(time, "perf_counter", lambda: now)
    fastest = FastestWay(usual, other, chosen.append)
    while not chosen:
        fastest()
    assert chosen == [usual]
