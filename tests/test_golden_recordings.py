"""The recordings of all subjects, and the recorder: see tests/golden/README.md."""

import pytest

from tests.golden import subject as subjects
from tests.golden.recording import BY_FIELD, BY_KIND, BY_LINE, read, write

FILES = [
    (name, release)
    for name in subjects.subject_names()
    for release in subjects.find_subject(name).releases
]


@pytest.mark.parametrize(("name", "release"), FILES, ids=map("-".join, FILES))
def test_what_is_recorded_is_written_as_it_was(name, release, checkout, monkeypatch, tmp_path):
    """So that a file that is recorded again differs in what an original answers otherwise only."""
    path = checkout / "tests" / "golden" / name / f"tf_{release}.json"
    recorded = path.read_text()
    (tmp_path / name).mkdir()
    (tmp_path / name / path.name).write_text(recorded)
    monkeypatch.setattr(subjects, "FOLDER", str(tmp_path))
    subject = subjects.find_subject(name)
    monkeypatch.setattr(subject, "original", lambda: None)
    subject.record(release, only="no case has this in its id")
    assert (tmp_path / name / path.name).read_text() == recorded


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        (BY_FIELD, {"a/b": {"eager": {"loss": 1.0}, "graph": {"loss": 2.0}}}),
        (
            BY_FIELD,
            {
                "a/b": {
                    "eager": {"loss": [1.0]},
                    "function": {"loss": [2.0]},
                    "graph": {"loss": [1.0]},
                }
            },
        ),
        (BY_LINE, {"b/a": {"x": 1}, "a/b": "ValueError"}),
        (BY_KIND, {"kind/name": {"x": 1}, "kind/other/name": 2, "whole": {"y": 3}, "text": "z"}),
    ],
)
def test_what_was_written_is_read(form, answers, tmp_path):
    write(tmp_path / "answers.json", answers, form)
    assert read(tmp_path / "answers.json", form, answers) == answers


def test_only_some_cases_are_asked_and_the_others_stay(monkeypatch, tmp_path):
    (tmp_path / "numbers").mkdir()
    monkeypatch.setattr(subjects, "FOLDER", str(tmp_path))

    def numbers(cases, added):
        def ask(case, api):
            return case + added

        return subjects.Subject("numbers", cases, ask, lambda: None, ("2.15",), BY_LINE)

    numbers({"one": 1, "two": 2, "old": 3}, added=0).record("2.15")
    subject = numbers({"one": 1, "two": 2, "new two": 4}, added=10)
    subject.record("2.15", only="two")
    assert subject.recorded("2.15") == {"one": 1, "two": 12, "new two": 14}


def test_the_recorder_does_not_need_the_package(run_python):
    """The cases run where the package cannot be installed, so they must not import it."""
    run_python(
        "-c",
        "import sys; sys.modules['estimator_heads'] = None\n"
        "from tests.golden.subject import find_subject, subject_names\n"
        "for name in subject_names(): find_subject(name)",
    )


def test_the_recorder_says_which_tensorflow_it_needs(run_python_or_fork, checkout):
    path = checkout / "tests" / "golden" / "record.py"
    result = run_python_or_fork(path, "--subject", "train_and_evaluate", check=False)
    assert result.returncode == 2
    assert "Expected TensorFlow 2.15. Received: 2." in result.stderr
