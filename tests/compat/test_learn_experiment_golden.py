"""Experiment, learn_runner, exports and monitors beside what TF 1.15 was recorded to answer."""

import ast
import inspect
from pathlib import Path

import pytest

from estimator_heads.compat.names.kinds import Later, Served
from estimator_heads.compat.names.rows_contrib_learn_experiment import ROWS
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import LEARN
from tests.compat.learn_experiment_api import API
from tests.golden import learn_experiment
from tests.golden.conformance import Conformance
from tests.golden.learn_experiment.known_differences import KNOWN_DIFFERENCES
from tests.golden.learn_experiment.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def arguments_given():
    """{function or method: the names of the arguments that it is given in any of the cases}."""
    given = {}
    for path in Path(learn_experiment.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given.setdefault(name, set()).update(keyword.arg for keyword in node.keywords)
            if isinstance(node, ast.Dict):  # The defaults of the cases' own Experiment.
                given.setdefault("experiment", set()).update(
                    key.value for key in node.keys if isinstance(key, ast.Constant)
                )
    return given


def test_every_argument_of_an_experiment_has_a_case():
    arguments = set(inspect.signature(LEARN.Experiment).parameters)
    given = arguments_given()
    assert arguments - {"estimator"} <= given["experiment"] | given["Experiment"]


@pytest.mark.parametrize("method", ["continuous_eval", "train", "evaluate"])
def test_every_argument_of_a_method_has_a_case(method):
    arguments = set(inspect.signature(getattr(LEARN.Experiment, method)).parameters)
    assert arguments - {"self"} <= arguments_given()[method]


def text_of_cases():
    return "".join(path.read_text() for path in Path(learn_experiment.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    "name", [name for name in dir(LEARN.Experiment) if not name.startswith("_")]
)
def test_every_public_method_has_a_case(name):
    assert f".{name}" in text_of_cases()


# TensorFlow has these itself.
OF_TENSORFLOW = {"NanLossDuringTrainingError", "Summary", "SessionLog"}


@pytest.mark.parametrize(
    "module",
    [
        "learn_runner",
        "monitors",
        "summary_writer_cache",
        "utils.gc",
        "utils.saved_model_export_utils",
    ],
)
def test_every_name_of_a_module_has_a_case(module):
    rows = TABLE[f"tensorflow.contrib.learn.{module}"]
    served = {
        name
        for name, entry in rows.items()
        if isinstance(entry, Served) and not name.startswith("_")
    }
    text = text_of_cases()
    assert {name for name in served - OF_TENSORFLOW if name not in text} == set()


def test_no_name_of_experiments_is_left_for_later():
    later = {
        f"{module}.{name}"
        for module in ROWS
        for name, entry in TABLE[f"tensorflow.contrib.learn.{module}".rstrip(".")].items()
        if isinstance(entry, Later) and module
    }
    assert later == set()
