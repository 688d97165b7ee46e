"""tf.contrib.opt beside what TF 1.15 was recorded to answer."""

import inspect

import pytest

from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_opt
from tests.golden.conformance import Conformance
from tests.golden.contrib_opt.known_differences import KNOWN_DIFFERENCES
from tests.golden.contrib_opt.subject import SUBJECT

GOLDEN = Conformance(
    SUBJECT,
    ModuleOfTable("tensorflow.contrib.opt"),
    KNOWN_DIFFERENCES,
    every_entry_is_needed=True,
)
SERVED = {
    name: entry
    for name, entry in TABLE["tensorflow.contrib.opt"].items()
    if isinstance(entry, Served)
}


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_name_has_a_case():
    assert set(SERVED) <= set(uses_in_cases(contrib_opt))


@pytest.mark.parametrize(
    "name",
    "AdamWOptimizer LARSOptimizer MomentumWOptimizer clip_gradients_by_global_norm".split(),
)
def test_every_argument_has_a_case(name):
    arguments = set(inspect.signature(SERVED[name].load()).parameters)
    assert arguments <= uses_in_cases(contrib_opt)[name]
