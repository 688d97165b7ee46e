"""The canned estimators against TF 2.15 and 1.15: see tests/golden/README.md."""

import inspect
import types

import pytest
import tf_keras

import estimator_heads
from estimator_heads import canned
from estimator_heads.compat import canned_v1
from estimator_heads.compat.sources import canned_head
from tests.canned.saved_models import check_saved_model
from tests.golden.canned import subject as canned_subject
from tests.golden.canned_v1 import subject as canned_v1_subject
from tests.golden.conformance import Conformance

API = types.SimpleNamespace(
    **{name: getattr(estimator_heads, name) for name in estimator_heads.__all__},
    optimizers=tf_keras.optimizers.legacy,
    schedules=tf_keras.optimizers.schedules,
)
API_V1 = types.SimpleNamespace(
    **{
        **vars(canned_head),
        **vars(canned_v1),
        "RunConfig": estimator_heads.RunConfig,
        "VocabInfo": estimator_heads.VocabInfo,
        "WarmStartSettings": estimator_heads.WarmStartSettings,
        "export": estimator_heads.export,
    }
)


TF2 = Conformance(canned_subject.SUBJECT, API)
TF1 = Conformance(canned_v1_subject.SUBJECT, API_V1)
SUBJECTS = {"canned": (TF2, canned), "canned_v1": (TF1, canned_v1)}

# What each estimator has, and no case of its own needs.
COMMON = {"self", "model_dir", "config", "warm_start_from"}
ESTIMATORS = [
    (subject, name)
    for subject, (_, module) in SUBJECTS.items()
    for name in module.__all__
    if inspect.isclass(getattr(module, name)) and not name.startswith("RNN")
]
EXPORTS = [
    (subject, release, case_id)
    for subject, (golden, _) in SUBJECTS.items()
    for release in golden.subject.releases
    for case_id, (_, case) in golden.subject.cases.items()
    if case.export
]


def each_case(golden):
    """The cases; with --quick, one of each estimator."""
    seen = set()
    for case_id, (_, case) in golden.subject.cases.items():
        marks = [pytest.mark.another_execution] if case.estimator in seen else []
        seen.add(case.estimator)
        yield pytest.param(case_id, marks=marks)


@pytest.mark.parametrize("case_id", each_case(TF2))
def test_answers_are_those_of_tf_2_15(case_id):
    TF2.check(case_id)


@pytest.mark.parametrize("case_id", each_case(TF1))
def test_answers_of_tf1_are_those_of_tf_1_15(case_id):
    TF1.check(case_id)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_case_is_recorded(subject):
    SUBJECTS[subject][0].check_every_case_is_recorded()


@pytest.mark.parametrize("subject, name", ESTIMATORS)
def test_every_estimator_and_each_of_its_arguments_has_a_case(subject, name):
    golden, module = SUBJECTS[subject]
    api = API if golden is TF2 else API_V1
    given = {
        argument
        for _, case in golden.subject.cases.values()
        if case.estimator == name
        for argument in case.arguments(api)
    }
    if (subject, name) == ("canned_v1", "DNNLinearCombinedEstimator"):
        given.add("batch_norm")  # TF 1.15 does not have it yet.
    assert set(inspect.signature(getattr(module, name).__init__).parameters) - COMMON <= given


@pytest.mark.parametrize("subject, release, case_id", EXPORTS)
def test_a_saved_model_of_the_original_answers_a_predictor(subject, release, case_id):
    check_saved_model(SUBJECTS[subject][0], release, case_id)
