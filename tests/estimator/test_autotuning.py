"""Which of two ways is taken, by a clock that the tests set."""

import time

import pytest

from estimator_heads.estimator.loop.autotuning import AutotunedCall


class Ways:
    """Two ways that take the seconds which `seconds` has for them, and what came of them."""

    def __init__(self, monkeypatch, **seconds):
        self.now = 0.0
        self.seconds = seconds
        self.called, self.chosen = [], []
        self.ways = {name: self._way(name) for name in ("usual", "other")}
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)
        self.fastest = AutotunedCall(self.ways["usual"], self.ways["other"], self._choose)

    def _way(self, name):
        def run():
            warm = self.called[-5:] == [name] * 5  # The first calls in a row are no measure.
            self.now += self.seconds[name] if warm else 100.0
            self.called.append(name)
            return name

        return run

    def _choose(self, way):
        self.chosen += [name for name in self.ways if self.ways[name] is way]

    def call_until_chosen(self):
        before = len(self.chosen)
        while len(self.chosen) == before:
            assert self.fastest() == self.called[-1]
        return self.chosen[-1]


@pytest.mark.parametrize(
    ("usual", "other", "expected"),
    [(1e-3, 5e-4, "other"), (1e-3, 9.5e-4, "usual"), (5e-4, 1e-3, "usual")],
)
def test_the_other_way_is_taken_if_it_is_clearly_faster(monkeypatch, usual, other, expected):
    ways = Ways(monkeypatch, usual=usual, other=other)
    assert ways.call_until_chosen() == expected
    assert ways.called.count("usual") == 100 + ways.called.count("other") == 150
    assert ways.fastest() == expected


def test_the_other_way_is_not_tried_where_calls_take_milliseconds(monkeypatch):
    ways = Ways(monkeypatch, usual=0.02, other=1e-4)
    assert ways.call_until_chosen() == "usual"
    assert "other" not in ways.called
    assert len(ways.called) == 125


def test_the_way_is_tried_again_later(monkeypatch):
    ways = Ways(monkeypatch, usual=1e-3, other=5e-4)
    assert ways.call_until_chosen() == "other"
    ways.seconds["other"] = 2e-3
    ways.called.clear()
    assert ways.call_until_chosen() == "usual"
    assert ways.called[:5000] == ["other"] * 5000
    assert len(ways.called) == 5100
    assert ways.fastest() == "usual"
