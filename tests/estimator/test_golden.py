"""The same programs under the original tf.estimator (recorded) and under ours."""

import json
import sys
from pathlib import Path

import pytest

from tests.estimator.api import API
from tests.golden.conformance import Conformance
from tests.golden.estimator import argument_errors, errors, exports, hooks, programs
from tests.golden.estimator.known_differences import KNOWN_DIFFERENCES
from tests.golden.estimator.subject import ERRORS, PROGRAMS, SUBJECT

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda case: case.__name__)
def test_program_has_the_results_of_the_original(program, tmp_path):
    GOLDEN.check(f"programs/{program.__name__}", str(tmp_path))


@pytest.mark.parametrize("export", exports.EXPORTS, ids=lambda case: case.__name__)
def test_export_is_the_export_of_the_original(export, tmp_path):
    GOLDEN.check(f"exports/{export.__name__}", str(tmp_path))


@pytest.mark.parametrize("mistake", ERRORS, ids=lambda case: case.__name__)
def test_mistake_raises_the_type_of_error_of_the_original(mistake, tmp_path):
    GOLDEN.check(f"errors/{mistake.__name__}", str(tmp_path))


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.another_execution
def test_programs_have_the_same_results_when_v2_behavior_is_disabled(run_python, tmp_path):
    """Legacy programs call tf.compat.v1.disable_v2_behavior(), which makes other variables."""
    run_python(Path(__file__).with_name("run_with_v1_behavior.py"), tmp_path)
    results = list(tmp_path.iterdir())
    assert len(results) >= 5
    for result in results:
        GOLDEN.check_answer(f"programs/{result.stem}", json.loads(result.read_text()))


def test_recorder_does_not_need_the_package():
    """The programs run where the package cannot be installed, so they must not import it."""
    for module in (programs, hooks, exports, errors, argument_errors):
        assert "estimator_heads" not in Path(sys.modules[module.__name__].__file__).read_text()
