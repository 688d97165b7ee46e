"""Experiment, learn_runner, exports and monitors beside what TF 1.15 was recorded to answer."""

import ast
import inspect
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    "name", [name for name in dir(LEARN.Experiment) if not name.startswith("_")]
)
def test_every_public_method_has_a_case(name):
    text = "".join(path.read_text() for path in Path(learn_experiment.__file__).parent.glob("*.py"))
    assert f".{name}" in text
