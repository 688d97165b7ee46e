"""Functions of tf.contrib.seq2seq beside what TF 1.15 was recorded to answer."""

import inspect

import pytest

from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_seq2seq
from tests.golden.conformance import Conformance
from tests.golden.contrib_seq2seq.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, ModuleOfTable("tensorflow.contrib.seq2seq"))
SERVED = {
    name: entry
    for name, entry in TABLE["tensorflow.contrib.seq2seq"].items()
    if isinstance(entry, Served)
}


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("name", SERVED)
def test_every_argument_of_a_function_has_a_case(name):
    arguments = set(inspect.signature(SERVED[name].load()).parameters)
    assert arguments - {"args", "kwargs"} <= uses_in_cases(contrib_seq2seq)[name]
