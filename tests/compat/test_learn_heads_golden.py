"""The heads of tf.contrib.learn against recordings of TF 1.15: see tests/golden/README.md."""

import pathlib
import types

import pytest

from estimator_heads.compat.contrib.learn import input_fn_utils, keys, metric_spec, model_fn
from estimator_heads.compat.contrib.learn.heads import factories
from tests.golden.closeness import difference
from tests.golden.conformance import Conformance, check_every_argument_has_a_case
from tests.golden.errors import attempt
from tests.golden.heads_learn import other_cases
from tests.golden.heads_learn.cases import CASES
from tests.golden.heads_learn.known_differences import KNOWN_DIFFERENCES
from tests.golden.heads_learn.subject import SUBJECT

TESTS = pathlib.Path(__file__).resolve().parents[1]
# Questions that are answered otherwise on purpose.
OTHERWISE = {"model_fn_ops_from_another_graph_predictions": {"error": "ValueError"}}
API = types.SimpleNamespace(
    **{
        **vars(input_fn_utils),
        **vars(keys),
        **vars(metric_spec),
        **vars(factories),
        **vars(model_fn),
    }
)
FACTORIES = [name for name in factories.__all__ if name.endswith("_head")]
GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES)
OTHERS = GOLDEN.recorded["1.15"]["others"]["graph"]


@pytest.mark.parametrize("case_id", [case.id for case in CASES])
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_every_case_is_recorded():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("name", FACTORIES)
def test_every_factory_and_each_of_its_arguments_has_a_case(name):
    check_every_argument_has_a_case(CASES, name, getattr(API, name))


def test_arguments_are_those_of_tf_1_15():
    GOLDEN.check("signatures")


def test_every_other_question_is_recorded():
    assert set(OTHERS) == set(other_cases.CASES), "The goldens need recording again."


@pytest.mark.parametrize("name", other_cases.CASES)
def test_other_answers_are_those_of_tf_1_15(name):
    expected = OTHERWISE.get(name, OTHERS[name])
    assert difference(expected, attempt(other_cases.run, name, API)) is None


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.heading)
def test_known_difference_is_documented_and_still_there(entry):
    text = (TESTS.parent / "docs" / "differences.md").read_text()
    GOLDEN.check_known_difference(entry, text)
