"""What is predicted of the examples is what tests see when they run them."""

import shutil
from pathlib import Path

import pytest

from estimator_heads.migration.checking import check
from estimator_heads.migration.edits import edits_of

RECORDED = Path(__file__).parents[1] / "runner" / "recorded"

# Run by tests/runner/test_examples.py and tests/compat/ without an option, to their end.
LEGACY = {
    "canned_head": True,
    "flags_and_layers": True,
    "keras_flowers": False,
    "learn_dnn": True,
    "learn_dnn_classifier": True,
    "learn_dnn_logits_input": True,
    "learn_dynamic_rnn": True,
    "learn_estimator": True,
    "learn_experiment": True,
    "learn_multi_head": True,
    "learn_sync_optimizer": True,
    "multi_head_dict_logits": True,
    "multi_head_split_logits": True,
    "session_only": True,
    "spawn_pool": True,
    "subclass_of_dnn_classifier": True,
    "tpu_estimator": True,
    "wide_and_deep_wine": True,
}


@pytest.fixture(scope="module")
def report(checkout):
    return check([checkout / "examples"])


def test_all_legacy_examples_run_with_what_the_runner_finds_out_itself(report):
    verdicts = {
        Path(verdict.unit.name).stem: verdict
        for verdict in report.verdicts
        if Path(verdict.unit.name).parent.name == "legacy"
    }
    assert {name: verdict.reached.is_tf1 for name, verdict in verdicts.items()} == LEGACY
    assert all(verdict.runs and not verdict.reached.needs_tf1 for verdict in verdicts.values())


def test_nothing_stops_any_example(report):
    assert report.runs
    assert [finding for finding in report.findings if finding.level.value != "note"] == []


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("keras_flowers", []),  # needs nothing of the runner any more
        ("subclass_of_dnn_classifier", ["-m", "estimator_heads", "run", "--tf1"]),
    ],
)
def test_an_edited_example_prints_the_same(checkout, run_python, tmp_path, name, start):
    program = tmp_path / f"{name}.py"
    shutil.copy(checkout / "examples" / "legacy" / program.name, program)
    (edit,) = edits_of([program], check([program]))
    assert edit.after.count(b"estimator_heads") > 3
    program.write_bytes(edit.after)
    result = run_python(*start, program)
    assert result.stdout == (RECORDED / f"{name}.txt").read_text()
