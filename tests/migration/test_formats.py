"""The four formats, written from one report."""

import importlib
import io
import json

import pytest

from estimator_heads.migration.checking import check
from estimator_heads.migration.rules import RULES

SOURCE = """\
import tensorflow as tf

head = tf.estimator.RegressionHead()
tf.estimator.BoostedTreesClassifier()
tf.keras.layers.DenseFeatures([])
"""
NOTEBOOK = {
    "cells": [{"cell_type": "code", "source": "import tensorflow as tf\ntf.estimator.Head"}],
    "nbformat": 4,
}
FORMATS = ("text", "json", "sarif", "markdown")


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my train.py").write_text(SOURCE)
    (tmp_path / "old.py").write_text("print 'x'")
    (tmp_path / "book.ipynb").write_text(json.dumps(NOTEBOOK))
    return check(["."])


def written(report, name):
    file = io.StringIO()
    importlib.import_module(f"estimator_heads.migration.formats.as_{name}").write(report, file)
    return file.getvalue()


def test_text(report):
    text = written(report, "text")
    assert "my train.py:3: fine `tf.estimator.RegressionHead` is served by " in text
    assert "my train.py:4: stops `tf.estimator.BoostedTreesClassifier` is not served: " in text
    assert "my train.py:5: look `tf.keras.layers.DenseFeatures`" in text
    assert "old.py:1: stops is Python 2 source: `print 'x'` (python2)" in text
    assert "notebook book.ipynb runs unedited with: %load_ext estimator_heads" in text
    assert "script my train.py is stopped at its start by:\n  my train.py:4: " in text
    assert text.endswith("3 files: something stops 2 of 3 (see above)\n")
    assert "\x1b" not in text, "no colours in a file"


def test_the_numbers_of_lines_are_no_emojis(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "long.py").write_text("import tensorflow as tf\n" + "\n" * 98 + "tf.estimator.Head")
    assert "long.py:100: fine `tf.estimator.Head`" in written(check(["."]), "text")


def test_json_says_it_all(report):
    content = json.loads(written(report, "json"))
    assert [*content] == ["version", "files", "runs", "findings", "verdicts"]
    assert (content["version"], content["files"], content["runs"]) == (1, 3, False)
    assert content["findings"][0] == {
        "path": "book.ipynb",
        "cell": 1,
        "line": 2,
        "column": 1,
        "rule": "legacy-served",
        "level": "fine",
        "name": "tf.estimator.Head",
        "message": "is served by `estimator_heads.Head`",
        "at_import": True,
    }
    assert [verdict["name"] for verdict in content["verdicts"]] == [
        "old.py",
        "book.ipynb",
        "my train.py",
    ]
    stopped = content["verdicts"][2]
    assert stopped["command"] is None
    assert stopped["stops"] == [content["findings"][2]]


def test_json_is_the_same_each_time(report):
    assert written(report, "json") == written(check(["."]), "json")
    again = check(["old.py", ".", "book.ipynb"])
    assert written(report, "json") == written(again, "json")


def test_sarif_has_what_its_schema_requires(report):
    log = json.loads(written(report, "sarif"))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "estimator-heads"
    assert [rule["id"] for rule in driver["rules"]] == [*RULES]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert not physical["artifactLocation"]["uri"].startswith("/")
        for key, number in physical.get("region", {}).items():
            assert key in ("startLine", "startColumn", "endLine", "endColumn") and number >= 1


def test_sarif_places(report):
    (run,) = json.loads(written(report, "sarif"))["runs"]
    of = {result["message"]["text"].split("`")[1]: result for result in run["results"]}
    (location,) = of["tf.estimator.RegressionHead"]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20train.py"},
        "region": {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 35},
    }
    (location,) = of["tf.estimator.Head"]["locations"]
    assert location == {
        "physicalLocation": {"artifactLocation": {"uri": "book.ipynb"}},
        "logicalLocations": [{"fullyQualifiedName": "cell 1, line 2"}],
    }


def test_markdown_is_made_of_tables(report):
    text = written(report, "markdown")
    assert "| notebook | book.ipynb | runs unedited with `%load_ext estimator_heads` |" in text
    assert text.index("## What stops it") < text.index("## What to look at") < text.index("## Fine")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(row.endswith("|") for row in rows)


@pytest.mark.parametrize("name", FORMATS)
def test_a_code_base_without_findings(tmp_path, name):
    report = check([tmp_path])
    text = written(report, name)
    if name == "json":
        assert json.loads(text)["runs"] is True
    elif name == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    else:
        assert "0 files: nothing needs estimator-heads" in text
