"""The canned estimators against TF 2.15 and 1.15: see tests/golden/README.md."""

import inspect
import os
import re

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import canned
from estimator_heads.compat import canned_v1
from estimator_heads.compat.contrib import predictor
from tests.canned.implementations import IMPLEMENTATIONS
from tests.golden.canned import files, serving
from tests.golden.conformance import Conformance
from tests.golden.subject import find_subject

# TF 1.15 sees a centered bias before or after the step that changes it, as its threads have it.
TOLERANCES = {"custom_v1": {"learn_binary": 3e-4}}
GOLDEN = {
    name: Conformance(find_subject(name), implementation, tolerances=TOLERANCES.get(name))
    for name, implementation in IMPLEMENTATIONS.items()
}
RECURRENT = ["RNNClassifier", "RNNEstimator"]
ESTIMATORS = {
    "canned": [name for name in canned.__all__ if name not in RECURRENT],
    "canned_v1": [name for name in canned_v1.__all__ if inspect.isclass(getattr(canned_v1, name))],
    "canned_rnn": RECURRENT,
    "contrib_rnn": RECURRENT,
}

# What each estimator has, and no case of its own needs.
COMMON = {"self", "model_dir", "config", "warm_start_from"}


def cases_of(name):
    """{id: case} of a subject."""
    return dict(GOLDEN[name].subject.cases.values())


def first_of_each(kind, parameters):
    """The parameters of a test; with --quick, the first ones of each `kind(*parameters)`."""
    seen = set()
    for values in parameters:
        marks = [pytest.mark.another_execution] if kind(*values) in seen else []
        seen.add(kind(*values))
        yield pytest.param(*values, marks=marks)


def model_of(subject, case_id):
    """The model of a case, whichever of its estimators it is: of a subject's DNNs, DNN."""
    name = cases_of(subject)[case_id].estimator
    return subject, re.split("Estimator|Classifier|Regressor", name)[0]


def each_case():
    """The cases of all subjects."""
    cases = [(subject, case_id) for subject in GOLDEN for case_id in cases_of(subject)]
    return first_of_each(model_of, cases)


def exports():
    """The cases of which there is a SavedModel."""
    kept = [
        (subject, release, case_id)
        for subject, golden in GOLDEN.items()
        for release in golden.subject.releases
        for case_id, case in cases_of(subject).items()
        if case.export
    ]
    return first_of_each(lambda subject, *_: subject, kept)


@pytest.mark.parametrize("subject, case_id", each_case())
def test_answers_are_those_of_the_original(subject, case_id):
    GOLDEN[subject].check(case_id)


@pytest.mark.parametrize("subject", GOLDEN)
def test_every_case_is_recorded(subject):
    GOLDEN[subject].check_every_case_is_recorded()


@pytest.mark.parametrize("subject", GOLDEN)
def test_every_case_has_its_files_and_every_file_its_case(subject):
    cases = cases_of(subject)
    exported = {case_id for case_id, case in cases.items() if case.export}
    for release in GOLDEN[subject].subject.releases:
        assert set(os.listdir(files.checkpoint_folder(subject, release, ""))) == set(cases)
        assert set(os.listdir(files.export_folder(subject, release, ""))) == exported


@pytest.mark.parametrize(
    "subject, name", [(subject, name) for subject in ESTIMATORS for name in ESTIMATORS[subject]]
)
def test_every_estimator_and_each_of_its_arguments_has_a_case(subject, name):
    implementation = IMPLEMENTATIONS[subject]
    given = {
        argument
        for case in cases_of(subject).values()
        if case.estimator == name
        for argument in case.arguments(implementation)
    }
    if (subject, name) == ("canned_v1", "DNNLinearCombinedEstimator"):
        given.add("batch_norm")  # TF 1.15 does not have it yet.
    parameters = inspect.signature(getattr(implementation, name).__init__).parameters
    assert set(parameters) - COMMON <= given


@pytest.mark.parametrize("subject, release, case_id", exports())
def test_a_saved_model_of_the_original_answers_a_predictor(subject, release, case_id):
    path = files.export_folder(subject, release, case_id)
    asked = serving.request(cases_of(subject)[case_id].features)

    predictions = predictor.from_saved_model(path, signature_def_key="predict")(asked)
    loaded = tf.saved_model.load(path).signatures["predict"]
    answers = loaded(**{name: tf.constant(value) for name, value in asked.items()})

    recorded = GOLDEN[subject].recorded[release][case_id]["estimator"]
    expected = {_in_export(key): value for key, value in recorded["predicted"].items()}
    outputs = recorded["signatures"]["predict"]["outputs"]
    assert set(predictions) == set(answers) == set(outputs)
    for key in outputs:
        for answer in (predictions[key], answers[key].numpy()):
            _check_equal(answer, expected[key])


def _in_export(key):
    """The name of an output for a key of predictions, which in a MultiHead is a pair."""
    return key.replace("('", "").replace("', '", "/").replace("')", "")


def _check_equal(answer, expected):
    if answer.dtype == object:
        assert answer.astype(str).tolist() == expected
    else:
        np.testing.assert_allclose(answer, np.array(expected), rtol=1e-5, atol=1e-5)
