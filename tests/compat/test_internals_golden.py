"""What libraries call and override inside the Estimator, beside what the originals do."""

import pytest

from estimator_heads.compat.names import table as names
from tests.golden.conformance import Conformance
from tests.golden.internals.subject import SUBJECT, api_of


def served(path):
    """What the table serves at a path below the sources of the Estimator."""
    return names.find(f"tensorflow_estimator.python.estimator.{path}").load()


GOLDEN = Conformance(SUBJECT, api_of(served), foremost_is_right=True)


@pytest.mark.parametrize("case_id", [case for case in SUBJECT.cases if case != "tensorflow"])
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()
