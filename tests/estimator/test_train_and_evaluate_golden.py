"""train_and_evaluate beside the original: what is called when, with what, and what comes back."""

import json
import types
from pathlib import Path

import pytest

import estimator_heads
from estimator_heads.estimator.schedule.evaluator import ContinuousEvalListener
from estimator_heads.estimator.schedule.train_and_evaluate import TrainingExecutor
from tests.golden.train_and_evaluate import train_and_evaluates

GOLDEN = Path(__file__).parents[1] / "golden" / "train_and_evaluate"
RECORDED = json.loads((GOLDEN / "tf_2.15.json").read_text())
NAMES = "Estimator EstimatorSpec EvalSpec Exporter RunConfig TrainSpec train_and_evaluate"
API = types.SimpleNamespace(
    ContinuousEvalListener=ContinuousEvalListener,
    TrainingExecutor=TrainingExecutor,
    **{name: getattr(estimator_heads, name) for name in NAMES.split()},
)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """Whatever the tests put into the environment is taken out of it again."""
    monkeypatch.setenv("TF_CONFIG", "")


@pytest.mark.parametrize("program", train_and_evaluates.PROGRAMS, ids=lambda case: case.__name__)
def test_calls_and_results_are_those_of_the_original(program, tmp_path):
    result = json.loads(json.dumps(program(API, str(tmp_path))))
    assert result == RECORDED["programs"][program.__name__]


def test_specs_take_and_refuse_what_the_originals_do():
    outcomes = json.loads(json.dumps(train_and_evaluates.spec_outcomes(API)))
    assert outcomes == RECORDED["specs"]


def test_calls_that_cannot_work_raise_the_types_of_the_original(tmp_path):
    outcomes = train_and_evaluates.call_outcomes(API, str(tmp_path))
    assert outcomes == RECORDED["calls"]


def test_every_recorded_program_is_still_run():
    programs = [case.__name__ for case in train_and_evaluates.PROGRAMS]
    assert sorted(RECORDED["programs"]) == sorted(programs)
