"""RunConfigs under many values of TF_CONFIG and arguments, as the original makes them."""

import pytest

from estimator_heads.estimator import RunConfig
from tests.golden.conformance import Conformance
from tests.golden.run_config import cases as run_configs
from tests.golden.run_config.known_differences import KNOWN_DIFFERENCES
from tests.golden.run_config.subject import SUBJECT

GOLDEN = Conformance(SUBJECT, RunConfig, KNOWN_DIFFERENCES, tolerance=0, every_entry_is_needed=True)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """Whatever the tests put into the environment is taken out of it again."""
    monkeypatch.setenv("TF_CONFIG", "")


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_properties_and_types_of_errors_are_those_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_case_is_recorded():
    GOLDEN.check_every_case_is_recorded()


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


MESSAGES = {
    "two_chiefs": "exactly one 'chief'",
    "no_index": "'task' must have a 'type' and an 'index'.*Received: {'type': 'worker'}",
    "worker_3": "no such task. Received: type 'worker', index 3, in the cluster {'chief'",
    "alone_evaluator": "Without a 'cluster'.*Received: 'task' of type 'evaluator' with index 0",
    "master_evaluator": "the master evaluates",
    "master_and_chief": "both a 'chief' and a 'master'",
    "not_json": "TF_CONFIG must hold a JSON object .*Received: {cluster",
}


@pytest.mark.parametrize("environment", MESSAGES)
def test_messages_say_what_came_and_what_was_expected(environment):
    run_configs.set_environment(run_configs.ENVIRONMENTS[environment])
    with pytest.raises(ValueError, match=MESSAGES[environment]):
        RunConfig()


def test_an_object_of_json_is_expected():
    run_configs.set_environment("[1]")
    with pytest.raises(ValueError, match=r"must hold a JSON object. Received: \[1\]"):
        RunConfig()
