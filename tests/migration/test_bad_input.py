"""Whatever is in a file, it is reported."""

import contextlib
import json
import os
import tempfile
import time
from pathlib import Path

import pytest

from estimator_heads.migration.checking import check


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """Writes one file, and returns (rule, line, message) of what is found."""
    monkeypatch.chdir(tmp_path)

    def write_and_check(content, name="file.py"):
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        report = check(["."])
        assert report.runs == (not report.findings)
        return [(found.rule, found.place.line, found.message) for found in report.findings]

    return write_and_check


@pytest.mark.parametrize(
    "line",
    [
        'print "loss", loss',
        "print loss",
        "print >>sys.stderr, 1",
        "exec 'x = 1'",
        "raise ValueError, 'x'",
        "x = 1 <> 2",
        "x = `y`",
        "x = 0777",
        "x = 10L",
        "x = ur'y'",
        "try:\n    f()\nexcept ValueError, error:\n    pass",
        "def f(x, (y, z)):\n    pass",
    ],
)
def test_python_2_is_said_with_its_line(problems, line):
    ((rule, number, message),) = problems(f"import tensorflow as tf\n\n{line}\n")
    assert rule == "python2" and "Python 2" in message
    assert number == (5 if line.startswith("try") else 3)


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        ("import tensorflow as tf\nx = = 1\n", "syntax-error", 2),
        ("def f(:\n", "syntax-error", 1),
        ("(" * 5000, "syntax-error", None),
        (b"x = 1\n\x00\x01\x02", "not-text", 0),
        (bytes(range(255, 191, -1)) + b"\xff\x00", "not-text", 0),
        ("x = 'é'\n".encode("latin-1"), "not-text", 1),
        ("x = 1\n".encode("utf-16"), "not-text", 0),
        (b"# coding: no-such-encoding\nx = 1\n", "not-text", 0),
    ],
)
def test_what_is_no_source_is_said(problems, content, rule, line):
    ((found, number, _),) = problems(content)
    assert found == rule and line in (None, number)


@pytest.mark.parametrize(
    "content", ["", "\n\n", "# only a comment", b"\xef\xbb\xbfx = 1\n", "x = 1\r\ny = 2\r\n"]
)
def test_what_is_source_is_fine(problems, content):
    assert problems(content) == []


def test_other_encodings_are_read(problems):
    source = "# coding: latin-1\nimport tensorflow as tf\nx = 'é'; tf.contrib.crf.x\n"
    ((rule, number, _),) = problems(source.encode("latin-1"))
    assert (rule, number) == ("legacy-outside", 3)


def test_a_large_file_is_not_read(problems):
    start = time.monotonic()
    ((rule, _, message),) = problems(b"x = 1\n" * 8_500_000)
    assert rule == "too-large" and "51 MB" in message
    assert time.monotonic() - start < 5


def test_links_that_lead_nowhere_or_in_circles(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "self.py").symlink_to(folder / "self.py")
    (folder / "nowhere.py").symlink_to(folder / "missing.py")
    (folder / "real.py").write_text("import tensorflow as tf\ntf.estimator.Estimator\n")
    (folder / "link.py").symlink_to(folder / "real.py")
    report = check(["."])
    assert [(str(found.place), found.rule) for found in report.findings] == [
        ("package/link.py:2", "legacy-served"),
        ("package/nowhere.py", "unreadable"),
        ("package/self.py", "unreadable"),
    ]


def test_what_may_not_be_read_and_what_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "secret.py").write_text("x = 1")
    (tmp_path / "secret.py").chmod(0)
    found = {str(finding.place): finding.rule for finding in check(["."]).findings}
    is_root = os.geteuid() == 0  # who may read everything
    expected = {"pipe.py": "unreadable"}
    assert found == (expected if is_root else {**expected, "secret.py": "unreadable"})


@contextlib.contextmanager
def without_privileges():
    """Root may read everything: inside, the user is another."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize("path", [".", "closed"])
def test_folders_that_may_not_be_read_are_said(monkeypatch, path):
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to others
        monkeypatch.chdir(folder)
        os.chmod(folder, 0o755)
        os.mkdir("closed")
        Path("closed", "file.py").write_text("x = 1")
        os.chmod("closed", 0)
        with without_privileges():
            report = check([path])
        os.chmod("closed", 0o755)
        monkeypatch.undo()
    (finding,) = report.findings
    assert (finding.place.path, finding.rule) == ("closed", "unreadable")
    assert "Permission denied" in finding.message
    assert not report.runs


def test_environments_and_hidden_folders_are_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in (".git", "venv/lib", "site-packages", "__pycache__", "node_modules"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "file.py").write_text("print 1")
    (tmp_path / "venv" / "pyvenv.cfg").write_text("")
    assert check(["."]).files == 0
    assert check([".git/file.py"]).files == 1


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere does not exist"):
        check([tmp_path / "nowhere"])


def notebook(*cells):
    content = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        for kind, text in cells
    ]
    return json.dumps({"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_notebook_with_magics(problems, tmp_path):
    content = notebook(
        ("markdown", "# Title with tf.contrib.crf"),
        ("code", "%matplotlib inline\n!pip install \\\n  tensorflow\nimport tensorflow as tf\n?tf"),
        ("code", "%%bash\necho ${x"),
        ("code", "%%time\nfiles = !ls\nif files:\n    !rm x\nx = (7\n    % 2)\ntf?"),
        ("code", "this is no Python"),
        ("code", "%time tf.contrib.crf.crf_decode(1)\n"),
    )
    (tmp_path / "model.ipynb").write_text(content)
    assert [rule for rule, *_ in problems(content, "model.ipynb")] == [
        "syntax-error",
        "legacy-outside",
    ]
    report = check(["model.ipynb"])
    assert [str(found.place) for found in report.findings] == [
        "model.ipynb:cell 5:1",
        "model.ipynb:cell 6:1",
    ]
    (verdict,) = report.verdicts
    assert verdict.command == "%load_ext estimator_heads"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not JSON",
        "[]",
        "{}",
        '{"cells": 3}',
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_notebook(problems, content):
    ((rule, _, message),) = problems(content, "model.ipynb")
    assert rule == "not-text" and "no notebook" in message


@pytest.mark.parametrize(
    "content",
    [
        '{"cells": []}',
        '{"cells": [null, 3, {"cell_type": "code"}, {"cell_type": "code", "source": 5}]}',
        '{"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}, {}]}',
    ],
)
def test_odd_notebooks_are_read(problems, content):
    assert problems(content, "model.ipynb") == []
