"""The inputs of tf.contrib.learn beside what TF 1.15 was recorded to answer."""

import inspect
import shutil
from pathlib import Path

import pytest

from estimator_heads.compat.names.kinds import Later, Served
from estimator_heads.compat.names.rows_contrib_learn_inputs import ROWS
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_inputs_api import API
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import learn_inputs
from tests.golden.conformance import Conformance
from tests.golden.learn_inputs.known_differences import KNOWN_DIFFERENCES
from tests.golden.learn_inputs.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_a_processor_that_the_original_has_pickled_is_restored(tmp_path):
    shutil.copy(Path(learn_inputs.__file__).with_name("processor.pickle"), tmp_path)
    answer = SUBJECT.answer("preprocessing/saved_processor", API, tmp_path)
    GOLDEN.check_answer("preprocessing/saved_processor", answer)


MODULES = [f"tensorflow.contrib.learn.{module}" for module in [*filter(None, ROWS), "utils"]]


def served_names():
    """{name: what serves it} of the modules of inputs."""
    return {
        name: entry
        for module in MODULES
        for name, entry in TABLE[module].items()
        if isinstance(entry, Served)
    }


# The tests of other subjects have these.
ELSEWHERE = {
    *"extract_pandas_data extract_pandas_labels extract_pandas_matrix".split(),
    *"export_estimator make_export_strategy".split(),
}
# They stand in other data.
CONSTANTS = {"DBPEDIA_URL", "KEY_FEATURE_NAME"}


def test_every_public_name_has_a_case():
    assert set(served_names()) - ELSEWHERE - CONSTANTS <= set(uses_in_cases(learn_inputs))


@pytest.mark.parametrize(
    "name", sorted(name for name in served_names() if "read_" in name or "_input_fn" in name)
)
def test_every_argument_of_an_input_function_has_a_case(name):
    arguments = set(inspect.signature(served_names()[name].load()).parameters)
    given = uses_in_cases(learn_inputs)[name]
    if name == "read_batch_examples":  # It hands these on to a function that has cases for them.
        arguments -= {"parse_fn"}
    assert arguments <= given | {"seed"}


@pytest.mark.parametrize("name", ["VocabularyProcessor", "CategoricalVocabulary", "DataSet"])
def test_every_argument_of_a_class_has_a_case(name):
    assert set(inspect.signature(served_names()[name].load()).parameters) <= (
        uses_in_cases(learn_inputs)[name] | {"unknown_token"}
    )


@pytest.mark.parametrize(
    "name",
    ["VocabularyProcessor", "CategoricalVocabulary", "CategoricalProcessor", "ByteProcessor"],
)
def test_every_public_method_has_a_case(name):
    served = served_names()[name].load()
    assert {method for method in vars(served) if not method.startswith("_")} <= set(
        uses_in_cases(learn_inputs)
    )


def test_no_name_of_inputs_is_left_for_later():
    later = {
        f"{module}.{name}"
        for module in MODULES
        for name, entry in TABLE[module].items()
        if isinstance(entry, Later)
    }
    assert later == set()
