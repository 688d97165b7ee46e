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


def each_case():
    """All cases of the class of TF2, and those where that of TF1 has another answer.

    With --quick, every other one of them.
    """
    two, one = RECORDED["2.15"], RECORDED["1.15"]
    asked = [
        (api, case_id)
        for api in APIS
        for case_id in SUBJECT.cases
        if api.release == "2.15" or difference(two[case_id], one[case_id]) is not None
    ]
    for index, (api, case_id) in enumerate(asked):
        marks = [pytest.mark.another_execution] if index % 2 else []
        yield pytest.param(api, case_id, marks=marks, id=f"{api.release}-{case_id}")


@pytest.mark.parametrize(("api", "case_id"), each_case())
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
