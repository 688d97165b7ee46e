"""Warm starts: vocabularies that have changed, other names, part of the variables."""

import pytest

from tests.golden.runtime import warm_start
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", warm_start.CASES, ids=lambda case: case.__name__)
def test_variables_start_with_the_originals_values(case, tmp_path):
    check("warm_start", case, tmp_path)


@pytest.mark.parametrize("case", warm_start.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("warm_start", case, tmp_path)
