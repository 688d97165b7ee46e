"""train_and_evaluate beside the original: what is called when, with what, and what comes back."""

import types

import pytest

import estimator_heads
from estimator_heads.estimator.schedule.evaluator import ContinuousEvalListener
from estimator_heads.estimator.schedule.train_and_evaluate import TrainingExecutor
from tests.golden.conformance import Conformance
from tests.golden.train_and_evaluate.programs import PROGRAMS
from tests.golden.train_and_evaluate.subject import SUBJECT

NAMES = "Estimator EstimatorSpec EvalSpec Exporter RunConfig TrainSpec train_and_evaluate"
API = types.SimpleNamespace(
    ContinuousEvalListener=ContinuousEvalListener,
    TrainingExecutor=TrainingExecutor,
    **{name: getattr(estimator_heads, name) for name in NAMES.split()},
)
GOLDEN = Conformance(SUBJECT, API, tolerance=0)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """Whatever the tests put into the environment is taken out of it again."""
    monkeypatch.setenv("TF_CONFIG", "")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda case: case.__name__)
def test_calls_and_results_are_those_of_the_original(program, tmp_path):
    GOLDEN.check(f"programs/{program.__name__}", str(tmp_path))


def test_specs_take_and_refuse_what_the_originals_do():
    GOLDEN.check("specs")


def test_calls_that_cannot_work_raise_the_types_of_the_original(tmp_path):
    GOLDEN.check("calls", str(tmp_path))


def test_every_recorded_program_is_still_run():
    GOLDEN.check_every_case_is_recorded()
