"""The heads against recordings of what TF 2.15 and TF 1.15 said: see tests/golden/README.md."""

import fnmatch
import functools
import inspect
import pathlib
import re

import pytest

import estimator_heads
from tests.golden import recording
from tests.golden.closeness import difference, is_error
from tests.golden.data import Made
from tests.golden.heads.cases import CASES
from tests.golden.heads.known_differences import KNOWN_DIFFERENCES as KNOWN
from tests.golden.heads.known_differences import NOT_ASKED, Asked
from tests.golden.heads.runner import run_case

TESTS = pathlib.Path(__file__).resolve().parents[1]

CASE_BY_ID = {case.id: case for case in CASES}
ORACLES = {
    oracle: recording.read(TESTS / "golden" / "heads" / f"{oracle}.json")
    for oracle in ("tf_2.15", "tf_1.15")
}
PRINCIPAL = "tf_2.15"
RUNS = [(case.id, execution) for case in CASES for execution in case.options["executions"]]
COMPARED = [run for run in RUNS if run[1] != "eager" and (run[0], "eager") in RUNS]

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


@functools.cache
def answers_of(case_id, execution):
    return run_case(CASE_BY_ID[case_id], estimator_heads, execution)


def expected_answers(oracle, case_id, execution):
    """The oracle's; where it fails only for being inside tf.function, those of its eager mode."""
    recorded = ORACLES[oracle][case_id]
    expected = dict(recorded.get(execution, {}))
    if execution == "function":
        for field, answer in expected.items():
            elsewhere = [recorded[way].get(field) for way in ("eager", "graph") if way in recorded]
            if is_error(answer) and not any(map(is_error, elsewhere)):
                expected[field] = elsewhere[0]
    return expected


def differences(case_id, execution):
    """(oracle, field, how ours differs, the known differences that allow it), one a difference.

    Where the oracles differ from each other, TF 2.15 is right.
    """
    found = {}
    ours = answers_of(case_id, execution)
    for oracle in ORACLES:
        expected = expected_answers(oracle, case_id, execution)
        for field in set(expected) | set(ours) if expected else ():
            asked = Asked(
                ORACLES[PRINCIPAL],
                case_id,
                execution,
                field,
                expected.get(field, NOT_ASKED),
                ours.get(field, NOT_ASKED),
            )
            how = difference(asked.expected, asked.ours)
            if how is not None and (oracle == PRINCIPAL or (PRINCIPAL, field) in found):
                found[oracle, field] = how, [entry for entry in KNOWN if allows(entry, asked)]
    return [(oracle, field, *rest) for (oracle, field), rest in sorted(found.items())]


def allows(entry, asked):
    return (
        fnmatch.fnmatchcase(asked.case_id, entry.cases)
        and asked.execution in entry.executions
        and asked.field in entry.fields
        and entry.allowed(asked)
    )


@pytest.mark.parametrize(("case_id", "execution"), RUNS, ids=map("-".join, RUNS))
def test_answers_are_the_recorded_ones(case_id, execution):
    wrong = [
        f"{oracle} {field}: {how}"
        for oracle, field, how, allowed_by in differences(case_id, execution)
        if not allowed_by
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("case_id", "execution"), COMPARED, ids=map("-".join, COMPARED))
def test_numbers_are_those_of_eager_mode(case_id, execution):
    eager, other = answers_of(case_id, "eager"), answers_of(case_id, execution)
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
    for oracle, recorded in ORACLES.items():
        runs = {(case, execution) for case, answers in recorded.items() for execution in answers}
        wanted = [run for run in RUNS if oracle == "tf_2.15" or run[1] == "graph"]
        assert set(wanted) <= runs, f"{oracle} needs recording again"
        assert set(recorded) <= set(CASE_BY_ID), f"{oracle} holds cases that are no more"


def argument_names(text):
    return re.findall(r"(\w+)(?:=|,|$)", re.sub(r"=[^,]*", "", text))


def heads_in(case):
    """(head, arguments) of the case and of the heads inside a MultiHead."""
    yield case.head, set(case.arguments)
    heads = case.arguments.get("heads")
    for head in heads if isinstance(heads, (list, tuple)) else ():
        if isinstance(head, Made) and head.maker == "head":
            yield head.arguments["kind"], set(head.arguments) - {"kind"}


@pytest.mark.parametrize("name", SIGNATURES)
def test_every_public_head_and_constructor_argument_has_a_case(name):
    varied = set()
    for case in CASES:
        for head, arguments in heads_in(case):
            varied |= arguments if head == name else set()
    asked = argument_names(SIGNATURES[name][0])
    ours = set(inspect.signature(getattr(estimator_heads, name)).parameters)
    assert set(asked) | ours <= varied


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
    "entry", KNOWN, ids=lambda entry: f"{entry.heading} {entry.cases} {'_'.join(entry.executions)}"
)
def test_known_difference_is_documented_and_still_there(entry):
    text = (TESTS.parent / "docs" / "differences.md").read_text()
    assert f"# {entry.heading}\n" in text
    runs = [
        (case_id, execution)
        for case_id, execution in RUNS
        if execution in entry.executions and fnmatch.fnmatchcase(case_id, entry.cases)
    ]
    assert any(entry in allowed_by for run in runs for *_, allowed_by in differences(*run)), (
        "The oracle and estimator-heads agree: take the entry out."
    )
