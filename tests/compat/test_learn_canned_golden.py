"""The canned estimators of tf.contrib.learn beside what TF 1.15 was recorded to answer.

Each goes on from a checkpoint of TF 1.15: metrics, predictions, exports, variables a step later.
"""

import inspect
import json
from pathlib import Path

import pytest

from tests.compat.learn_canned_api import API
from tests.golden.conformance import Conformance
from tests.golden.learn_canned.asking import Case
from tests.golden.learn_canned.errors import FUNCTIONS
from tests.golden.learn_canned.known_differences import KNOWN_DIFFERENCES
from tests.golden.learn_canned.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)
CLASSES = [
    "DNNClassifier",
    "DNNEstimator",
    "DNNLinearCombinedClassifier",
    "DNNLinearCombinedEstimator",
    "DNNLinearCombinedRegressor",
    "DNNRegressor",
    "DynamicRnnEstimator",
    "KMeansClustering",
    "LinearClassifier",
    "LinearEstimator",
    "LinearRegressor",
    "LogisticRegressor",
    "SVM",
]
# Asked of every case.
ALWAYS = {"evaluate", "predict", "export_savedmodel", "fit"}


def cases_of(name):
    cases = [case for _, case in SUBJECT.cases.values()]
    return [case for case in cases if isinstance(case, Case) and case.estimator == name]


def each_case():
    """The cases; with --quick, one of each class, and the mistakes."""
    seen = set()
    for case_id, (_, case) in SUBJECT.cases.items():
        kind = case.estimator if isinstance(case, Case) else case_id
        yield pytest.param(case_id, marks=[pytest.mark.another_execution] * (kind in seen))
        seen.add(kind)


@pytest.mark.parametrize("case_id", each_case())
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.another_execution
def test_answers_are_the_same_when_v2_behavior_is_disabled(run_python, tmp_path):
    """Legacy programs call tf.compat.v1.disable_v2_behavior(), which makes other variables."""
    run_python(Path(__file__).with_name("learn_canned_with_v1_behavior.py"), tmp_path)
    answers = list(tmp_path.iterdir())
    assert len(answers) >= 5
    for path in answers:
        answer = json.loads(path.read_text())
        GOLDEN.check_answer(answer["case_id"], answer["answer"])


@pytest.mark.parametrize("name", CLASSES)
def test_every_argument_has_a_case(name):
    arguments = set(inspect.signature(getattr(API.learn, name)).parameters)
    given = {argument for case in cases_of(name) for argument in case.arguments(API)}
    # These two every case gives.
    assert arguments - {"model_dir", "config"} - given == set()


@pytest.mark.parametrize("name", [name for name in CLASSES if name != "LogisticRegressor"])
def test_every_method_of_its_own_has_a_case(name):
    kind = getattr(API.learn, name)
    own = {
        method
        for method in dir(kind)
        if not method.startswith("_")
        and callable(getattr(kind, method))
        and getattr(kind, method) is not getattr(API.learn.Estimator, method, None)
    }
    called = {
        part
        for case in cases_of(name)
        for call in case.calls
        for part in call.__code__.co_names + (call.__name__,)
    }
    if any(case.bundle for case in cases_of(name)):
        called |= {"export", "export_with_defaults"}
    called |= {part for mistake in FUNCTIONS for part in mistake.__code__.co_names}
    assert own - called - ALWAYS == set()
