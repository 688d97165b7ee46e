"""`estimator-heads check`: its output, exit status, and what it does without TensorFlow."""

import importlib.util
import json
import subprocess

import pytest

from estimator_heads import __main__ as command_line

GOOD = "import tensorflow as tf\ntf.estimator.Estimator(f)\n"
BAD = "import tensorflow as tf\ntf.estimator.BoostedTreesClassifier()\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs the command in a folder with a good and a bad file; returns status and outputs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_line, "_drop_path_entry", lambda: None)
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "bad.py").write_text(BAD)

    def run_command(*arguments):
        try:
            status = command_line.main(["check", *arguments])
        except SystemExit as error:
            status = error.code
        return status, *capsys.readouterr()

    return run_command


@pytest.mark.parametrize("name", ["text", "json", "sarif", "markdown"])
def test_the_status_says_whether_something_stops_it(run, name):
    assert run("--format", name, "good.py")[0] == 0
    status, output, _ = run("--format", name, "bad.py", "good.py")
    assert status == 1 and "BoostedTreesClassifier" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.py"], "nowhere.py does not exist"),
        ([], "required: PATH"),
        (["--format", "xml", "good.py"], "invalid choice: 'xml'"),
        (["--diff", "--write", "good.py"], "not allowed with"),
        (["--no-such-option", "good.py"], "unrecognized arguments"),
    ],
)
def test_bad_usage(run, arguments, said):
    status, output, errors = run(*arguments)
    assert status == 2 and said in errors and output == ""


def test_a_missing_extra_is_said(run, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name, *rest: None if name in ("rich", "libcst") else find_spec(name, *rest),
    )
    for arguments, name in ((["good.py"], "rich"), (["--diff", "good.py"], "libcst")):
        status, _, errors = run(*arguments)
        assert status == 2
        assert f"{name} is missing; pip install 'estimator-heads[check]'" in errors
    assert run("--format", "json", "good.py")[0] == 0


def test_diff_and_write(run, tmp_path):
    status, output, errors = run("--diff", "good.py")
    assert status == 0 and "+estimator_heads.Estimator(f)" in output
    assert (tmp_path / "good.py").read_text() == GOOD
    status, _, errors = run("--write", "good.py")
    assert status == 2 and "nothing was written" in errors
    assert (tmp_path / "good.py").read_text() == GOOD
    git = ["git", "-c", "user.name=name", "-c", "user.email=name@example.org"]
    for arguments in (["init", "-q"], ["add", "good.py"], ["commit", "-qm", "good"]):
        subprocess.run([*git, *arguments], check=True)
    status, _, errors = run("--write", "good.py")
    assert (status, errors) == (0, "good.py: edited\n")
    assert "estimator_heads.Estimator(f)" in (tmp_path / "good.py").read_text()
    assert run("good.py")[0] == 0


@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_diff_of_a_file_elsewhere_says_where_to_apply_it(run, tmp_path, monkeypatch, is_absolute):
    file = tmp_path / "script.py"
    file.write_text("import tensorflow as tf\nhead = tf.estimator.RegressionHead()\n")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    status, out, err = run("--diff", str(file) if is_absolute else "../script.py")
    assert status == 0 and "patch -p1 -d /" in err
    subprocess.run(["git", "apply"], input=out.encode(), check=True, cwd="/")
    assert "estimator_heads.RegressionHead()" in file.read_text()


def test_only_files_of_the_paths_are_edited(run, tmp_path):
    (tmp_path / "train.py").write_text(f"import good\n{GOOD}")
    _, output, _ = run("--diff", "train.py")
    assert "b/train.py" in output and "b/good.py" not in output


def test_neither_tensorflow_nor_the_programs_are_imported(run_python, tmp_path):
    (tmp_path / "train.py").write_text(f"raise SystemExit(5)\n{GOOD}{BAD}")
    program = (
        "import sys\nfrom estimator_heads.__main__ import main\n"
        "sys.path.insert(0, '')\nstatus = main(['check', '--format', 'json', 'train.py'])\n"
        "print(status, 'tensorflow' in sys.modules, 'rich' in sys.modules, file=sys.stderr)"
    )
    result = run_python("-c", program, cwd=tmp_path)
    assert result.stderr == "1 False False\n"
    assert json.loads(result.stdout)["runs"] is False


def test_as_a_module_with_several_processes(run_python, tmp_path):
    for number in range(160):
        (tmp_path / f"train_{number}.py").write_text(GOOD)
    (tmp_path / "ast.py").write_text("raise SystemExit(5)")
    result = run_python(
        "-m", "estimator_heads", "check", "--format", "json", ".", cwd=tmp_path, check=False
    )
    assert result.returncode == 0, result.stderr
    assert len(json.loads(result.stdout)["verdicts"]) == 160
