"""RunConfigs under many values of TF_CONFIG and arguments, as the original makes them."""

import json
from pathlib import Path

import pytest

from estimator_heads.estimator import RunConfig
from tests.golden.run_config import run_configs

GOLDEN = Path(__file__).parents[1] / "golden" / "run_config"

# What differs from a recording on purpose, with the reason.
DIFFERENCES = {
    "tf_2.15": {},
    "tf_1.15": {
        "no_graph": "TF 1.15 has no RunConfig.checkpoint_save_graph_def",
        "single_chief_sparse": "TensorFlow takes indices as text since 2.x",
    },
}


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """Whatever the tests put into the environment is taken out of it again."""
    monkeypatch.setenv("TF_CONFIG", "")


@pytest.fixture(scope="module")
def table():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CONFIG", "")
        return json.loads(json.dumps(run_configs.table(RunConfig)))


@pytest.mark.parametrize("release", DIFFERENCES)
@pytest.mark.parametrize("kind", ["environments", "arguments", "replacements"])
def test_properties_and_types_of_errors_are_those_of_the_original(table, release, kind):
    recorded = json.loads((GOLDEN / f"{release}.json").read_text())[kind]
    differing = {
        name: (outcome, table[kind].get(name))
        for name, outcome in recorded.items()
        if outcome != table[kind].get(name) and name.rpartition("/")[2] not in DIFFERENCES[release]
    }
    assert differing == {}
    assert sorted(recorded) == sorted(table[kind])


def test_defaults_are_those_of_the_original(table):
    recorded = json.loads((GOLDEN / "tf_2.15.json").read_text())
    assert table["defaults"] == recorded["defaults"]


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
