"""Receivers for training and evaluation graphs that are made after an input_fn."""

import pytest

from tests.golden.runtime import receivers
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", receivers.CASES, ids=lambda case: case.__name__)
def test_receivers_are_those_of_the_originals(case, tmp_path):
    check("receivers", case, tmp_path)


@pytest.mark.parametrize("case", receivers.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("receivers", case, tmp_path)
