"""The TF1 heads against recordings of TF 1.15: see tests/golden_tf1/README.md."""

import fnmatch
import functools
import inspect
import pathlib
import sys
import types

import pytest

import estimator_heads
from estimator_heads.compat import canned_head, contrib_estimator

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from golden import recording  # noqa: E402
from golden.cases.data import Made  # noqa: E402
from golden.closeness import difference  # noqa: E402
from golden_tf1.cases import CASES  # noqa: E402
from golden_tf1.known_differences import KNOWN_DIFFERENCES, NOT_ASKED, Asked  # noqa: E402
from golden_tf1.runner import arguments_of, run_case  # noqa: E402

CASE_BY_ID = {case.id: case for case in CASES}
RECORDED = {
    case_id: answers["graph"]
    for case_id, answers in recording.read(TESTS / "golden_tf1" / "tf_1.15.json").items()
}
SIGNATURES = RECORDED.pop("signatures")
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


@functools.cache
def answers_of(case_id):
    return run_case(CASE_BY_ID[case_id], API)


def differences(case_id):
    """(field, how ours differs, the known differences that allow it), one a difference."""
    expected, ours = RECORDED[case_id], answers_of(case_id)
    for field in sorted(set(expected) | set(ours)):
        asked = Asked(
            RECORDED, case_id, field, expected.get(field, NOT_ASKED), ours.get(field, NOT_ASKED)
        )
        how = difference(asked.expected, asked.ours)
        if how is not None:
            yield field, how, [entry for entry in KNOWN_DIFFERENCES if allows(entry, asked)]


def allows(entry, asked):
    return asked.field in entry.fields and is_of(entry, asked.case_id) and entry.allowed(asked)


def is_of(entry, case_id):
    return any(fnmatch.fnmatchcase(case_id, pattern) for pattern in entry.cases)


@pytest.mark.parametrize("case_id", CASE_BY_ID)
def test_answers_are_those_of_tf_1_15(case_id):
    wrong = [f"{field}: {how}" for field, how, allowed in differences(case_id) if not allowed]
    assert not wrong, "\n".join(wrong)


def test_every_case_is_recorded():
    assert set(RECORDED) == set(CASE_BY_ID), "The goldens need recording again."


def factories_in(case):
    """(factory, arguments) of the case, and of the heads inside it."""
    yield case.factory, set(case.arguments)
    heads = case.arguments.get("heads")
    for head in heads if isinstance(heads, list | tuple) else ():
        if isinstance(head, Made) and head.maker == "head":
            yield head.arguments["kind"], set(head.arguments) - {"kind"}


@pytest.mark.parametrize("name", FACTORIES)
def test_every_factory_and_each_of_its_arguments_has_a_case(name):
    varied = set()
    for case in CASES:
        for factory, arguments in factories_in(case):
            varied |= arguments if factory == name else set()
    assert set(inspect.signature(getattr(API, name)).parameters) <= varied


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
    assert f"# {entry.heading}\n" in text
    for pattern in entry.cases:
        found = fnmatch.filter(CASE_BY_ID, pattern)
        assert any(entry in allowed for case in found for *_, allowed in differences(case)), (
            f"TF 1.15 and estimator-heads agree on {pattern}: take it out."
        )
