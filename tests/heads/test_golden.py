"""The heads against recordings of what TF 2.15 and TF 1.15 said: see tests/golden/README.md."""

import inspect
import pathlib
import re

import pytest

import estimator_heads
from tests.golden.closeness import difference, is_error
from tests.golden.conformance import arguments_given
from tests.golden.heads.cases import CASES
from tests.golden.heads.conformance import HeadConformance, is_quick
from tests.golden.heads.known_differences import KNOWN_DIFFERENCES
from tests.golden.heads.runner import EXECUTIONS
from tests.golden.heads.subject import SUBJECT

TESTS = pathlib.Path(__file__).resolve().parents[1]
GOLDEN = HeadConformance(SUBJECT, estimator_heads, KNOWN_DIFFERENCES, foremost_is_right=True)
RUNS = [(case.id, execution) for case in CASES for execution in case.options["executions"]]
COMPARED = [run for run in RUNS if run[1] != "eager" and (run[0], "eager") in RUNS]
QUICK_RUNS = {run for run in RUNS if is_quick(SUBJECT.cases[run[0]], run[1])}

METHODS = {
    "loss": "self, labels, logits, features=None, mode=None, regularization_losses=None",
    "metrics": "self, regularization_losses=None",
    "predictions": "self, logits, keys=None",
    "update_metrics": "self, eval_metrics, features, logits, labels, regularization_losses=None",
    "create_estimator_spec": "self, features, mode, logits, labels=None, optimizer=None, "
    "trainable_variables=None, train_op_fn=None, update_ops=None, regularization_losses=None",
}
REGRESSION_METHODS = {**METHODS, "predictions": "self, logits"}
BY_MEAN = "loss_reduction='sum_over_batch_size'"
# Of the originals: the constructor's arguments, and those of the public methods.
SIGNATURES = {
    "BinaryClassHead": (
        f"weight_column=None, thresholds=None, label_vocabulary=None, {BY_MEAN}, loss_fn=None, "
        "name=None",
        METHODS,
    ),
    "MultiClassHead": (
        f"n_classes, weight_column=None, label_vocabulary=None, {BY_MEAN}, loss_fn=None, name=None",
        METHODS,
    ),
    "MultiLabelHead": (
        f"n_classes, weight_column=None, thresholds=None, label_vocabulary=None, {BY_MEAN}, "
        "loss_fn=None, classes_for_class_based_metrics=None, name=None",
        METHODS,
    ),
    "RegressionHead": (
        f"label_dimension=1, weight_column=None, {BY_MEAN}, loss_fn=None, inverse_link_fn=None, "
        "name=None",
        REGRESSION_METHODS,
    ),
    "PoissonRegressionHead": (
        f"label_dimension=1, weight_column=None, {BY_MEAN}, compute_full_loss=True, name=None",
        REGRESSION_METHODS,
    ),
    "LogisticRegressionHead": (f"weight_column=None, {BY_MEAN}, name=None", REGRESSION_METHODS),
    "MultiHead": ("heads, head_weights=None", METHODS),
}
ABSTRACT_METHODS = {
    **METHODS,
    "update_metrics": "self, eval_metrics, features, logits, labels, mode=None, "
    "regularization_losses=None",
}


def parameters(runs, is_quick):
    """Runs as parameters of a test; those that are not quick are left out of a quick run."""
    for run in runs:
        marks = () if is_quick(run) else pytest.mark.another_execution
        yield pytest.param(*run, id="-".join(run), marks=marks)


def all_is_asked(run):
    return {run, (run[0], "eager")} <= QUICK_RUNS


@pytest.mark.parametrize(("case_id", "execution"), parameters(RUNS, QUICK_RUNS.__contains__))
def test_answers_are_the_recorded_ones(case_id, execution):
    GOLDEN.check(case_id, (execution,))


@pytest.mark.parametrize(("case_id", "execution"), parameters(COMPARED, all_is_asked))
def test_numbers_are_those_of_eager_mode(case_id, execution):
    eager, other = (GOLDEN.answer(case_id, (way,))[way] for way in ("eager", execution))
    for field in {"loss", "predictions", "predictions_with_keys", "metric_values"} & set(other):
        if not is_error(other[field]) and not is_error(eager[field]):
            assert difference(eager[field], other[field], path=field) is None


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (1.0, 1.0001),
        (0.0, 2e-5),
        (1, True),
        ("nan", 0.0),
        ([1.0, 2.0], [1.0]),
        ({"loss": 1.0}, {"loss": 1.0, "accuracy": 0.5}),
        ({"loss": [[1.0], [2.0]]}, {"loss": [[1.0], [2.1]]}),
        ({"error": "ValueError"}, {"error": "TypeError"}),
        ({"error": "KeyError"}, {"error": "InvalidArgumentError ValueError"}),
        ({"error": "ValueError"}, 1.0),
        (None, {"error": "ValueError"}),
    ],
)
def test_answers_that_differ_are_told_apart(expected, actual):
    assert difference(expected, actual) is not None
    assert difference(expected, expected) is None


@pytest.mark.parametrize("expected", ["ValueError", "InvalidArgumentError"])
def test_an_error_of_two_types_agrees_with_either(expected):
    ours = {"error": "InvalidArgumentError ValueError"}
    assert difference({"error": expected}, ours) is None
    assert difference(ours, {"error": expected}) is not None


def test_every_case_is_recorded_by_every_oracle():
    GOLDEN.check_every_case_is_recorded()
    for oracle, recorded in GOLDEN.recorded.items():
        runs = {(case, execution) for case, answers in recorded.items() for execution in answers}
        wanted = [run for run in RUNS if oracle == "2.15" or run[1] == "graph"]
        assert set(wanted) <= runs, f"{oracle} needs recording again"


def test_a_quick_run_asks_each_case_and_each_head_in_each_execution():
    assert {case_id for case_id, _ in QUICK_RUNS} == {case_id for case_id, _ in RUNS}
    kinds = {(SUBJECT.cases[case_id].factory, execution) for case_id, execution in QUICK_RUNS}
    assert kinds == {(SUBJECT.cases[case_id].factory, execution) for case_id, execution in RUNS}


def argument_names(text):
    return re.findall(r"(\w+)(?:=|,|$)", re.sub(r"=[^,]*", "", text))


@pytest.mark.parametrize("name", SIGNATURES)
def test_every_public_head_and_constructor_argument_has_a_case(name):
    asked = argument_names(SIGNATURES[name][0])
    ours = set(inspect.signature(getattr(estimator_heads, name)).parameters)
    assert set(asked) | ours <= arguments_given(CASES, name)


def test_every_exported_head_is_in_the_table_of_signatures():
    exported = {
        name
        for name in estimator_heads.__all__
        if isinstance(getattr(estimator_heads, name), type)
        and issubclass(getattr(estimator_heads, name), estimator_heads.Head)
    }
    assert exported == set(SIGNATURES) | {"Head"}


def arguments_of(function):
    parameters = inspect.signature(function).parameters.values()
    return ", ".join(str(p.replace(annotation=inspect.Parameter.empty)) for p in parameters)


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures_are_the_originals(name):
    head = getattr(estimator_heads, name)
    constructor, methods = SIGNATURES[name]
    assert arguments_of(head) == constructor
    for method, arguments in methods.items():
        assert arguments_of(getattr(head, method)) == arguments, method
    for attribute in ("name", "logits_dimension", "loss_reduction"):
        assert isinstance(inspect.getattr_static(head, attribute), property)


def test_signatures_of_the_abstract_head_are_the_originals():
    for method, arguments in ABSTRACT_METHODS.items():
        assert arguments_of(getattr(estimator_heads.Head, method)) == arguments, method


@pytest.mark.parametrize(
    "entry",
    KNOWN_DIFFERENCES,
    ids=lambda entry: (
        f"{entry.heading} {entry.cases[0]} {'_'.join(entry.executions or EXECUTIONS)}"
    ),
)
def test_known_difference_is_documented_and_still_there(entry):
    text = (TESTS.parent / "docs" / "differences.md").read_text()
    GOLDEN.check_known_difference(entry, text)
