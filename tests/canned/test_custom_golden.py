"""A model_fn with a head of each dialect against TF 2.15 and 1.15: see tests/golden/README.md."""

import types

import pytest
import tf_keras
from tf_keras.api._v1.keras.__internal__.legacy import layers

import estimator_heads
from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.learn.heads import factories
from estimator_heads.compat.sources import canned_head
from tests.canned.saved_models import check_saved_model
from tests.golden.conformance import Conformance
from tests.golden.custom import subject as custom
from tests.golden.custom_v1 import subject as custom_v1

NAMES = {name: getattr(estimator_heads, name) for name in estimator_heads.__all__}
API = types.SimpleNamespace(
    **NAMES,
    Sequential=tf_keras.Sequential,
    layers=tf_keras.layers,
    optimizers=tf_keras.optimizers.legacy,
    schedules=tf_keras.optimizers.schedules,
)
API_V1 = types.SimpleNamespace(
    **NAMES,
    contrib=contrib_estimator,
    canned=canned_head,
    learn=factories,
    layers=layers,
    fully_connected=slim.fully_connected,
    optimize_loss=slim.optimize_loss,
)
GOLDEN = {
    "2.15": Conformance(custom.SUBJECT, API),
    # TF 1.15 sees a centered bias before or after the step that changes it, as its threads have it.
    "1.15": Conformance(custom_v1.SUBJECT, API_V1, tolerances={"learn_binary": 3e-4}),
}
# What is asked with --quick: one of each dialect.
QUICK = {"multi_class", "contrib_multi_class", "canned_multi_class", "learn_binary"}
CASES = [
    pytest.param(
        release,
        case_id,
        marks=[] if case_id in QUICK else [pytest.mark.another_execution],
    )
    for release, golden in GOLDEN.items()
    for case_id in golden.subject.cases
]
EXPORTS = [
    (release, case_id)
    for release, golden in GOLDEN.items()
    for case_id, (_, case) in golden.subject.cases.items()
    if case.export
]


@pytest.mark.parametrize(("release", "case_id"), CASES)
def test_answers_are_those_of_the_original(release, case_id):
    GOLDEN[release].check(case_id)


@pytest.mark.parametrize("release", GOLDEN)
def test_every_case_is_recorded(release):
    GOLDEN[release].check_every_case_is_recorded()


@pytest.mark.parametrize(("release", "case_id"), EXPORTS)
def test_a_saved_model_of_the_original_answers_a_predictor(release, case_id):
    check_saved_model(GOLDEN[release], release, case_id)
