"""Keras models as Estimators beside TF 2.15: those of tf_keras and those of Keras 3."""

import types
from pathlib import Path

import keras
import pytest
import tf_keras

import estimator_heads
from estimator_heads import export
from estimator_heads.compat.sources import keras_lib
from estimator_heads.compat.tf1 import keras_estimator
from estimator_heads.estimator.schedule.exporters import LatestExporter
from estimator_heads.keras import model_to_estimator
from tests.golden.conformance import Conformance
from tests.golden.keras_models.known_differences import KNOWN_DIFFERENCES
from tests.golden.keras_models.subject import SUBJECT, WITH_ANY_KERAS

DOCUMENTATION = Path(__file__).parents[2].joinpath("docs/differences.md").read_text()


def golden(of_keras, known_differences):
    api = types.SimpleNamespace(
        keras=of_keras,
        model_to_estimator=model_to_estimator,
        model_to_estimator_v1=keras_estimator.model_to_estimator,
        clone_and_build_model=keras_lib._clone_and_build_model,
        LatestExporter=LatestExporter,
        export=export,
        **{
            name: getattr(estimator_heads, name)
            for name in ("EvalSpec", "RunConfig", "TrainSpec", "train_and_evaluate")
        },
    )
    return Conformance(SUBJECT, api, known_differences)


OF_KERAS_2 = golden(tf_keras, [e for e in KNOWN_DIFFERENCES if not e.executions])
OF_KERAS_3 = golden(keras, KNOWN_DIFFERENCES)


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_models_of_tf_keras(case_id):
    OF_KERAS_2.check(case_id)


@pytest.mark.parametrize("case_id", WITH_ANY_KERAS)
def test_models_of_keras_3(case_id):
    OF_KERAS_3.check(case_id)


def test_every_case_is_recorded():
    OF_KERAS_2.check_every_case_is_recorded()


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.heading)
def test_known_differences_are_documented(entry):
    OF_KERAS_2.check_is_documented(entry, DOCUMENTATION)
