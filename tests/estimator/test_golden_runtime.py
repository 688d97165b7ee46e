"""The recordings of what surrounds an Estimator and their cases belong together."""

import sys
from pathlib import Path

import pytest

from tests.golden.runtime.comparison import GOLDEN
from tests.golden.runtime.known_differences import KNOWN_DIFFERENCES
from tests.golden.runtime.subject import KINDS


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_recorder_does_not_need_the_package():
    """The cases run where the package cannot be installed, so they must not import it."""
    for module in (case.__module__ for cases, _ in KINDS.values() for case in cases):
        assert "estimator_heads" not in Path(sys.modules[module].__file__).read_text()
