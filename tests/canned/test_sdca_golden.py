"""LinearSDCA against recordings of TF 2.15 and 1.15: see tests/golden/README.md."""

import inspect
import types

import pytest

import estimator_heads
from estimator_heads.canned import linear
from estimator_heads.canned.sdca import LinearSDCA
from estimator_heads.compat.canned_v1 import linear as linear_v1
from tests.golden.closeness import difference
from tests.golden.sdca.subject import SUBJECT

APIS = {
    release: types.SimpleNamespace(
        LinearClassifier=module.LinearClassifier,
        LinearRegressor=module.LinearRegressor,
        LinearSDCA=LinearSDCA,
        RunConfig=estimator_heads.RunConfig,
    )
    for release, module in (("2.15", linear), ("1.15", linear_v1))
}
RECORDED = SUBJECT.all_recorded()
CASES = [
    pytest.param(
        release,
        case_id,
        marks=[] if index % 2 == 0 else [pytest.mark.another_execution],
    )
    for start, release in enumerate(APIS)
    for index, case_id in enumerate(SUBJECT.cases, start)
]


@pytest.mark.parametrize(("release", "case_id"), CASES)
def test_answers_are_those_of_the_original(release, case_id):
    expected = RECORDED[release][case_id]
    assert difference(expected, SUBJECT.answer(case_id, APIS[release])) is None


@pytest.mark.parametrize("release", SUBJECT.releases)
def test_every_case_is_recorded(release):
    assert set(RECORDED[release]) == set(SUBJECT.cases)


def test_every_argument_has_a_case():
    arguments = set(inspect.signature(LinearSDCA.__init__).parameters)
    given = {name for case in SUBJECT.cases.values() for name in case.sdca}
    assert arguments - {"self", "example_id_column"} <= given
