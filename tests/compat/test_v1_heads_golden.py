"""The TF1 heads against recordings of TF 1.15: see tests/golden/README.md."""

import inspect
import pathlib
import types

import pytest

import estimator_heads
from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.sources import canned_head
from tests.golden.conformance import Conformance, check_every_argument_has_a_case
from tests.golden.heads_v1.cases import CASES
from tests.golden.heads_v1.known_differences import KNOWN_DIFFERENCES
from tests.golden.heads_v1.runner import arguments_of
from tests.golden.heads_v1.subject import SUBJECT

TESTS = pathlib.Path(__file__).resolve().parents[1]
API = types.SimpleNamespace(
    **{
        **vars(canned_head),
        **vars(contrib_estimator),
        "ModeKeys": estimator_heads.ModeKeys,
    }
)
FACTORIES = [
    name
    for name, function in vars(API).items()
    if inspect.isfunction(function) and (name.endswith("_head") or "_head_with_" in name)
]
FACTORIES.remove("_poisson_regression_head")  # TF 1.15 has it in tf.contrib only.
GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES)
SIGNATURES = GOLDEN.recorded["1.15"]["signatures"]["graph"]


@pytest.mark.parametrize("case_id", [case.id for case in CASES])
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_every_case_is_recorded():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("name", FACTORIES)
def test_every_factory_and_each_of_its_arguments_has_a_case(name):
    check_every_argument_has_a_case(CASES, name, getattr(API, name))


def test_every_factory_is_among_the_signatures():
    assert set(FACTORIES) <= set(SIGNATURES)


@pytest.mark.parametrize("name", SIGNATURES)
def test_arguments_are_those_of_tf_1_15(name):
    owner, _, method = name.rpartition(".")
    ours = getattr(getattr(API, owner) if owner else API, method)
    assert arguments_of(ours) == SIGNATURES[name]


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.heading)
def test_known_difference_is_documented_and_still_there(entry):
    text = (TESTS.parent / "docs" / "differences.md").read_text()
    GOLDEN.check_known_difference(entry, text)
