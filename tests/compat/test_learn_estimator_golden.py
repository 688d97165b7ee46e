"""The Estimator of tf.contrib.learn beside what TF 1.15 was recorded to answer."""

import ast
import inspect
import json
import shutil
from pathlib import Path

import pytest

from tests.compat.learn_estimator_api import API, LEARN
from tests.golden import learn_estimator
from tests.golden.conformance import Conformance
from tests.golden.learn_estimator import run_configs
from tests.golden.learn_estimator.known_differences import KNOWN_DIFFERENCES
from tests.golden.learn_estimator.subject import CHECKPOINTS, SUBJECT

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_training_goes_on_from_a_checkpoint_of_the_original(name, tmp_path):
    recorded = Path(learn_estimator.__file__).parent / "checkpoints" / name
    shutil.copytree(recorded, tmp_path / "model")
    answer = SUBJECT.answer(f"checkpoints/{name}", API, tmp_path / "model")
    GOLDEN.check_answer(f"checkpoints/{name}", answer)


@pytest.mark.another_execution
def test_answers_are_the_same_when_v2_behavior_is_disabled(run_python, tmp_path):
    """Legacy programs call tf.compat.v1.disable_v2_behavior(), which makes other variables."""
    run_python(Path(__file__).with_name("learn_estimator_with_v1_behavior.py"), tmp_path)
    answers = list(tmp_path.iterdir())
    assert len(answers) >= 5
    for path in answers:
        answer = json.loads(path.read_text())
        GOLDEN.check_answer(answer["case_id"], answer["answer"])


# Functions of the cases that hand arguments on.
HANDED_ON = {
    "estimator": "Estimator",
    "fitted": "Estimator",
    "_results": "Estimator",
    "_exported": "export_savedmodel",
    "_bundle": "export",
    "_fed": "fit",
}
METHODS = {
    "Estimator": "fit partial_fit evaluate predict export export_savedmodel get_params",
    "SKCompat": "fit score predict",
}


def arguments_given():
    """{function or method: the names of the arguments that it is given in any of the cases}."""
    given = {}
    for path in Path(learn_estimator.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                keywords = {keyword.arg for keyword in node.keywords}
                given.setdefault(HANDED_ON.get(name, name), set()).update(keywords)
    return given


def public_calls():
    for kind, methods in METHODS.items():
        yield kind, getattr(LEARN, kind)
        for method in methods.split():
            yield method, getattr(getattr(LEARN, kind), method)


@pytest.mark.parametrize("name, function", public_calls())
def test_every_argument_has_a_case(name, function):
    arguments = set(inspect.signature(function).parameters) - {"self"}
    # Which model_fn there is, and in which folder, every case says by position.
    assert arguments - {"model_fn", "model_dir"} <= arguments_given()[name]


@pytest.mark.parametrize("name", ["RunConfig", "ClusterConfig"])
def test_every_argument_of_a_configuration_has_a_case(name):
    arguments = set(inspect.signature(getattr(API, name, None) or LEARN.RunConfig).parameters)
    given = {key for values in run_configs.ARGUMENTS.values() for key in values}
    assert arguments <= given


@pytest.mark.parametrize("kind", ["Estimator", "BaseEstimator", "SKCompat"])
def test_every_public_method_has_a_case(kind):
    public = {name for name in dir(getattr(LEARN, kind)) if not name.startswith("_")}
    text = "".join(path.read_text() for path in Path(learn_estimator.__file__).parent.glob("*.py"))
    # Not of the original: it is shared with the Estimator of tf.estimator.
    public -= {"latest_checkpoint"}
    assert {name for name in public if f".{name}" not in text} == set()
