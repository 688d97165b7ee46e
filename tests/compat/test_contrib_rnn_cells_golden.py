"""tf.contrib.rnn beside what TF 1.15 was recorded to answer."""

import inspect

import pytest

from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_rnn_cells
from tests.golden.conformance import Conformance
from tests.golden.contrib_rnn_cells.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, ModuleOfTable("tensorflow.contrib.rnn"))
SERVED = {
    name: entry
    for name, entry in TABLE["tensorflow.contrib.rnn"].items()
    if isinstance(entry, Served)
}


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_name_has_a_case():
    assert set(SERVED) <= set(uses_in_cases(contrib_rnn_cells))


OF_OURS = [
    name
    for name, entry in SERVED.items()
    if entry.target.startswith("estimator_heads") and "Layer" not in name
]
# Positional, ignored, or of all cells.
NOT_ASKED = {"num_units", "cell", "reuse", "input_size", "dtype", "name"}


@pytest.mark.parametrize("name", OF_OURS)
def test_every_argument_of_what_is_not_tensorflows_has_a_case(name):
    served = SERVED[name].load()
    arguments = set(inspect.signature(served).parameters)
    assert arguments - NOT_ASKED <= uses_in_cases(contrib_rnn_cells)[name]
