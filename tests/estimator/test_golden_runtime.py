"""The recordings in tests/golden/runtime and their cases belong together."""

import sys
from pathlib import Path

from tests.golden.runtime import CASES, comparison


def test_every_recorded_case_is_still_run():
    names = {
        kind: sorted(case.__name__ for case in cases + mistakes)
        for kind, (cases, mistakes) in CASES.items()
    }
    for recorded in comparison.RELEASES.values():
        kinds = {kind: sorted(cases) for kind, cases in recorded.items() if kind != "tensorflow"}
        assert kinds == names


def test_every_difference_is_of_a_case():
    names = {case.__name__ for pair in CASES.values() for cases in pair for case in cases}
    for differences in comparison.DIFFERENCES.values():
        assert set(differences) <= names


def test_recorder_does_not_need_the_package():
    """The cases run where the package cannot be installed, so they must not import it."""
    for module in (case.__module__ for cases, _ in CASES.values() for case in cases):
        assert "estimator_heads" not in Path(sys.modules[module].__file__).read_text()
