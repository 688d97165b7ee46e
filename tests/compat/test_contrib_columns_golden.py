"""The feature columns of tf.contrib.layers against recordings of TF 1.15.

See tests/golden/columns/README.md.
"""

import fnmatch
import functools
import inspect
import pathlib
import types

import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.layers import column_ops, feature_columns
from tests.golden import recording
from tests.golden.closeness import difference, is_error
from tests.golden.columns import data
from tests.golden.columns.columns import COLUMNS
from tests.golden.columns.functions import FUNCTIONS
from tests.golden.columns.known_differences import KNOWN_DIFFERENCES
from tests.golden.columns.runner import run_column, run_function, signatures

TESTS = pathlib.Path(__file__).resolve().parents[1]

RECORDED = {
    case_id: answers["graph"]
    for case_id, answers in recording.read(TESTS / "golden" / "columns" / "tf_1.15.json").items()
}
SIGNATURES = RECORDED.pop("signatures")
OF_FUNCTIONS = RECORDED.pop("functions")
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
# Errors that are several of the originals' at once.
ALSO = {"MissingFeatureError": ("KeyError", "ValueError")}


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


@pytest.fixture(scope="module")
def api():
    return Watched()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("columns"))
    data.write_vocabularies(path)
    data.write_checkpoint(path)
    return path


@pytest.fixture(scope="module")
def answers_of(api, folder):
    """A function from the id of a column's case to what ours answers."""
    return functools.cache(lambda case_id: run_column(case_id, api, folder))


def how_they_differ(expected, ours):
    """None if an answer is that of TF 1.15, else how it differs."""
    if is_error(expected) and is_error(ours) and expected["error"] in ALSO.get(ours["error"], ()):
        return None
    return difference(expected, ours)


def known_difference(question):
    for entry in KNOWN_DIFFERENCES:
        if any(fnmatch.fnmatch(question, pattern) for pattern in entry.questions):
            return entry
    return None


@pytest.mark.parametrize("case_id", COLUMNS)
def test_column_answers_as_in_tf_1_15(case_id, answers_of):
    expected, ours = RECORDED[case_id], answers_of(case_id)
    assert set(expected) == set(ours)
    for question in expected:
        known = known_difference(f"{case_id}:{question}")
        how = how_they_differ(expected[question], ours[question])
        if known is None:
            assert how is None, f"{question}: {how}"
        elif known.error:
            assert ours[question] == {"error": known.error}
        else:
            assert not is_error(ours[question])


@pytest.mark.parametrize("case_id", FUNCTIONS)
def test_function_answers_as_in_tf_1_15(case_id, api, folder):
    how = how_they_differ(OF_FUNCTIONS[case_id], run_function(case_id, api, folder))
    assert how is None, how


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_argument_of_every_function_has_a_case(name, api, folder, answers_of):
    if not any(api.given.values()):  # this test was asked for alone
        for case_id in COLUMNS:
            answers_of(case_id)
        for case_id in FUNCTIONS:
            run_function(case_id, api, folder)
    assert api.given[name] == set(inspect.signature(OURS[name]).parameters)


def test_functions_have_the_arguments_of_tf_1_15():
    ours = signatures(types.SimpleNamespace(**OURS))
    assert set(SIGNATURES) == set(ours) | set(CORE)
    assert {name: SIGNATURES[name] for name in ours} == ours


def test_known_differences_are_needed_and_documented(answers_of, checkout):
    headings = (checkout / "docs" / "differences.md").read_text().splitlines()
    for entry in KNOWN_DIFFERENCES:
        assert f"### {entry.heading}" in headings
        for question in entry.questions:
            case_id, _, name = question.partition(":")
            ours = answers_of(case_id)[name]
            assert how_they_differ(RECORDED[case_id][name], ours) is not None


def test_recordings_are_of_the_cases_that_there_are():
    assert set(RECORDED) == set(COLUMNS)
    assert set(OF_FUNCTIONS) == set(FUNCTIONS)
