"""KMeansClustering against recordings of TF 2.15 and 1.15: see tests/golden/README.md."""

import inspect
import types

import pytest

import estimator_heads
from estimator_heads.canned import kmeans
from estimator_heads.compat.contrib import factorization
from tests.golden.closeness import difference
from tests.golden.kmeans.subject import SUBJECT

SHARED = {"RunConfig": estimator_heads.RunConfig, "export": estimator_heads.export}
APIS = [
    types.SimpleNamespace(
        release="2.15", seed="seed", KMeansClustering=kmeans.KMeansClustering, **SHARED
    ),
    types.SimpleNamespace(
        release="1.15",
        seed="random_seed",
        KMeansClustering=factorization.KMeansClustering,
        **SHARED,
    ),
]
RECORDED = SUBJECT.all_recorded()
# With --quick, a case is asked of one of the classes, which differ in their seeds only.
CASES = [
    pytest.param(
        api,
        case_id,
        marks=[] if index % 2 == 0 else [pytest.mark.another_execution],
        id=f"{api.release}-{case_id}",
    )
    for start, api in enumerate(APIS)
    for index, case_id in enumerate(SUBJECT.cases, start)
]


@pytest.mark.parametrize(("api", "case_id"), CASES)
def test_answers_are_those_of_the_original(api, case_id):
    expected = RECORDED[api.release][case_id]
    assert difference(expected, SUBJECT.answer(case_id, api)) is None


@pytest.mark.parametrize("release", SUBJECT.releases)
def test_every_case_is_recorded(release):
    assert set(RECORDED[release]) == set(SUBJECT.cases)


def test_every_argument_has_a_case():
    arguments = set(inspect.signature(kmeans.KMeansClustering.__init__).parameters)
    given = {name for _, case in SUBJECT.cases.values() for name in case.arguments}
    assert arguments - {"self", "num_clusters", "model_dir", "config"} <= given
