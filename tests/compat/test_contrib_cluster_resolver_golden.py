"""tf.contrib.cluster_resolver beside what TF 1.15 was recorded to answer."""

import pytest

from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_cluster_resolver
from tests.golden.conformance import Conformance
from tests.golden.contrib_cluster_resolver.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, ModuleOfTable("tensorflow.contrib.cluster_resolver"))


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_name_has_a_case():
    uses = uses_in_cases(contrib_cluster_resolver)
    assert set(TABLE["tensorflow.contrib.cluster_resolver"]) <= set(uses)
