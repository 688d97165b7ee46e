"""replicate_model_fn of tf.contrib.estimator beside what TF 1.15 was recorded to answer."""

import types

import pytest

from tests.compat.learn_estimator_api import ModuleOfTable
from tests.golden.conformance import Conformance
from tests.golden.contrib_replicate.subject import SUBJECT

API = types.SimpleNamespace(
    core=ModuleOfTable("tensorflow.compat.v1.estimator"),
    towers=ModuleOfTable("tensorflow.contrib.estimator.python.estimator.replicate_model_fn"),
)
API.core.export = ModuleOfTable("tensorflow.compat.v1.estimator.export")
GOLDEN = Conformance(SUBJECT, API)


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()
