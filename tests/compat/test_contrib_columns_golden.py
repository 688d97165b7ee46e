"""The feature columns of tf.contrib.layers against recordings of TF 1.15.

See tests/golden/README.md.
"""

import functools
import inspect
import types

import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.layers import column_ops, feature_columns
from tests.golden.closeness import difference
from tests.golden.columns.columns import COLUMNS
from tests.golden.columns.functions import FUNCTIONS
from tests.golden.columns.known_differences import KNOWN_DIFFERENCES
from tests.golden.columns.runner import signatures
from tests.golden.columns.subject import SUBJECT, function_answer
from tests.golden.conformance import Conformance

OURS = {
    name: getattr(module, name)
    for module in (feature_columns, column_ops)
    for name in module.__all__
    if inspect.isfunction(getattr(module, name))
}
# Functions of TensorFlow that cases need.
CORE = {
    name: getattr(tf.feature_column, name)
    for name in ("sequence_categorical_column_with_identity", "sequence_numeric_column")
}


class Watched:
    """The namespace of columns and functions, which notes the arguments that are given."""

    def __init__(self):
        self.given = {name: set() for name in OURS}

    def __getattr__(self, name):
        if name not in OURS:
            return CORE[name]

        @functools.wraps(OURS[name])
        def function(*args, **kwargs):
            bound = inspect.signature(OURS[name]).bind(*args, **kwargs)
            self.given[name].update(bound.arguments)
            return OURS[name](*args, **kwargs)

        return function


API = Watched()
GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES)
SIGNATURES = GOLDEN.recorded["1.15"]["signatures"]["graph"]
OF_FUNCTIONS = GOLDEN.recorded["1.15"]["functions"]["graph"]


@pytest.mark.parametrize("case_id", COLUMNS)
def test_column_answers_as_in_tf_1_15(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("case_id", FUNCTIONS)
def test_function_answers_as_in_tf_1_15(case_id):
    assert difference(OF_FUNCTIONS[case_id], function_answer(case_id, API)) is None


@functools.cache
def ask_all_cases():
    """Also those that were left out of this run, so that `API` knows what they are given."""
    for case_id in COLUMNS:
        GOLDEN.answer(case_id)
    for case_id in FUNCTIONS:
        function_answer(case_id, API)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_argument_of_every_function_has_a_case(name):
    ask_all_cases()
    assert API.given[name] == set(inspect.signature(OURS[name]).parameters)


def test_functions_have_the_arguments_of_tf_1_15():
    ours = signatures(types.SimpleNamespace(**OURS))
    assert set(SIGNATURES) == set(ours) | set(CORE)
    assert {name: SIGNATURES[name] for name in ours} == ours


def test_known_differences_are_needed_and_documented(checkout):
    text = (checkout / "docs" / "differences.md").read_text()
    for entry in KNOWN_DIFFERENCES:
        GOLDEN.check_known_difference(entry, text)


def test_recordings_are_of_the_cases_that_there_are():
    GOLDEN.check_every_case_is_recorded()
    assert set(OF_FUNCTIONS) == set(FUNCTIONS)
